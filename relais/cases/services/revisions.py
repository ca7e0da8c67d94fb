"""Two people at one case: each change counts one up, and whoever did not see the last one on their subject is told.

Changes to different things of one case do not disturb each other; changes to the same thing do.
"""

from typing import Any

from django.utils.translation import gettext as _

from relais.access.lock import Actor
from relais.cases.models import Case
from relais.journal import services as journal
from relais.journal.models import Entry
from relais.kernel import clock
from relais.kernel.refusals import Conflict, Refusal
from relais.kernel.text import pick
from relais.procedures.models import EvidenceType, Step

LINES_TOLD = 3


def lock_case(*, case: Case, revision: int | None = None, touching: str = "") -> Case:
    """Hold a case until the end of the transaction; refuse if its subject changed since the revision someone saw.

    Without a revision nothing is compared: a phone that was offline tells what happened, it edits nothing it saw.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    case.refresh_from_db()
    if revision is not None and case.revision != revision:
        _refuse_if_changed(case, revision, touching)
    return case


def refuse_closed(*, case: Case) -> None:
    """Refuse work on a case that came to an end."""
    if case.closed_at is not None:
        raise Refusal(
            _("This case is closed."),
            why=_("It ended with: %(outcome)s.") % {"outcome": case.get_outcome_display()},
            next=_("Open it again if it goes on."),
        )


def note_change(*, case: Case, by: Actor, verb: str, touches: str = "", **detail: Any) -> None:
    """Count a change of a case and write it in the journal, with what it touched."""
    case.revision += 1
    case.changed_at = clock.now()
    case.save()
    journal.write(
        verb, case, by=by, person_id=case.person_id, revision=case.revision, touches=touches, case=case.pk, **detail
    )


def _refuse_if_changed(case: Case, revision: int, touching: str) -> None:
    entries = Entry.objects.filter(row_id=case.pk, detail__revision__gt=revision).order_by("-at", "-number")
    lines = [entry for entry in entries if not touching or entry.detail.get("touches") in ("", touching)]
    if touching and entries and not lines:
        return
    raise Conflict(
        _("Someone else changed this while you were writing."),
        why=" ".join(_told(case, entry) for entry in lines[:LINES_TOLD]),
        next=_("What you entered is still here. Look at what changed, then save again if it still holds."),
    )


def _told(case: Case, entry: Entry) -> str:
    subject, _colon, key = str(entry.detail.get("touches", "")).partition(":")
    row: EvidenceType | Step | None = None
    if subject == "evidence":
        row = EvidenceType.objects.filter(procedure=case.procedure_id, key=key).first()
    if subject == "step":
        row = Step.objects.filter(version=case.version_id, key=key).first()
    words = {"who": entry.actor_label, "what": pick(row.names) if row else subject or _("the case")}
    return _("%(who)s changed: %(what)s.") % words
