"""What happened in a case, newest first, put together from the rows `with_file()` fetched."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from relais.cases.models import Case

Item = dict[str, Any]


def timeline_of(case: Case, words: Mapping[UUID, str]) -> list[Item]:
    """List what happened; `words` are the opened words of visits, by visit."""
    items = [*_course(case), *_proofs(case), *_visits(case, words), *_plans(case), *_shared(case)]
    return sorted(items, key=lambda item: (item["on"], item["entered"]), reverse=True)


def _item(on: Any, entered: Any, what: str, **more: Any) -> Item:
    late = _("entered later") if entered and (timezone.localtime(entered).date() - on).days > 1 else ""
    note = " · ".join(part for part in (more.pop("note", ""), late) if part)
    return {"on": on, "entered": entered, "what": what, "note": note, **more}


def _course(case: Case) -> Iterator[Item]:
    yield _item(case.opened_on, case.opened_at, _("Case opened"), by=str(case.opened_by))
    for row in case.steps.all():
        what = _("Done: %(step)s") % {"step": row.step}
        yield _item(row.done_on, row.entered_at, what, by=str(row.entered_by))
    if case.closed_at and case.closed_on:
        what = _("Ended: %(outcome)s") % {"outcome": case.get_outcome_display()}
        yield _item(case.closed_on, case.closed_at, what, by=str(case.closed_by))


def _proofs(case: Case) -> Iterator[Item]:
    for row in case.evidence.all():
        what = _("%(paper)s: %(state)s") % {"paper": row.evidence_type, "state": row.get_state_display()}
        state = "blocked" if row.state == row.State.CANNOT_GET else "done"
        note = row.get_why_display() if row.why else ""
        yield _item(row.happened_on, row.entered_at, what, by=str(row.entered_by), state=state, note=note)


def _visits(case: Case, words: Mapping[UUID, str]) -> Iterator[Item]:
    for row in case.visits.all():
        note = words.get(row.pk, "")
        yield _item(row.happened_on, row.entered_at, _("Time together"), by=str(row.by), note=note)


def _plans(case: Case) -> Iterator[Item]:
    for row in (each for each in case.appointments.all() if each.state != each.State.PLANNED):
        what = _("Appointment: %(state)s") % {"state": row.get_state_display()}
        note = " · ".join(str(part) for part in (row.step, row.office) if part)
        state = "blocked" if row.state == row.State.MISSED else "done"
        on = timezone.localtime(row.at).date()
        yield _item(on, row.entered_at, what, by=str(row.entered_by), note=note, state=state)
    for each in (each for each in case.follow_ups.all() if each.state != each.State.PLANNED):
        what = _("Follow-up: %(state)s") % {"state": each.get_state_display()}
        on = each.happened_on or each.due_on
        yield _item(on, each.entered_at, what, by=str(each.entered_by))


def _shared(case: Case) -> Iterator[Item]:
    for row in case.dossiers.all():
        what = _("Dossier handed to %(authority)s") % {"authority": row.authority}
        yield _item(row.batch.handed_on, row.batch.handed_at, what, note=row.batch.number)
        if row.decided_on:
            returned = row.state == row.State.RETURNED
            what = _("Dossier %(state)s") % {"state": row.get_state_display()}
            note = row.get_reason_display() if row.reason else ""
            state = "blocked" if returned else "done"
            yield _item(row.decided_on, row.decided_at, what, by=str(row.authority), note=note, state=state)
    for each in case.referrals.all():
        what = _("Referred to %(organisation)s: %(state)s") % {
            "organisation": each.to,
            "state": each.get_state_display(),
        }
        yield _item(timezone.localtime(each.offered_at).date(), each.offered_at, what)
