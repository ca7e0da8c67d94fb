"""Two people at one case: each change counts one up, and whoever did not see the last one on their subject is told."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from relais.access.lock import Actor
from relais.cases.models import Case
from relais.journal import services as journal
from relais.journal.revisions import refuse_if_changed
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.kernel.text import pick
from relais.procedures.models import EvidenceType, Step


def lock_case(*, case: Case, revision: int | None = None, touching: str = "") -> Case:
    """Hold a case until the end of the transaction; refuse if its subject changed since the revision someone saw.

    Without a revision nothing is compared: a phone that was offline tells what happened, it edits nothing it saw.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    case.refresh_from_db()
    refuse_if_changed(case, revision=revision, touching=touching, called=partial(_called, case))
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


def _called(case: Case, touched: str) -> str:
    subject, _colon, key = touched.partition(":")
    row: EvidenceType | Step | None = None
    if subject == "evidence":
        row = EvidenceType.objects.filter(procedure=case.procedure_id, key=key).first()
    if subject == "step":
        row = Step.objects.filter(version=case.version_id, key=key).first()
    return pick(row.names) if row else subject or _("the case")
