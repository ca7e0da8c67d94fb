"""What is planned for a person and what became of it: appointments and follow-ups."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import organisations_where, require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases.models import Appointment, Case, FollowUp, News
from relais.cases.rules import each_month
from relais.cases.services.news import tell
from relais.cases.services.opening import refuse_future
from relais.cases.services.revisions import lock_case, note_change, refuse_closed
from relais.directory.models import Office
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.procedures.models import Step

MOST_MONTHS = 36


@transaction.atomic
def plan_appointment(
    *,
    case: Case,
    at: datetime,
    by: User,
    step: Step | None = None,
    office: Office | None = None,
    wants_company: bool = False,
    accompanied_by: User | None = None,
    id: UUID | None = None,
) -> Appointment:
    """Plan to be somewhere at a time, with someone or without; a day gone by is entered late."""
    require(by, Verb.CASE_WORK, case)
    planned: Appointment | None = sent_before(Appointment, id, case=case)
    if planned:
        return planned
    case = lock_case(case=case)
    refuse_closed(case=case)
    if accompanied_by is not None:
        _refuse_company(accompanied_by, case)
    appointment = Appointment(id=id or uuid7(), case=case, at=at, step=step, office=office)
    appointment.wants_company = wants_company or accompanied_by is not None
    appointment.accompanied_by = accompanied_by
    appointment.entered_at, appointment.entered_by = clock.now(), by
    appointment.save(force_insert=True)
    note_change(case=case, by=by, verb="case.appointment_planned", touches=_subject(appointment), at=at)
    if accompanied_by is not None:
        tell(to=accompanied_by, case=case, kind=News.Kind.COMPANY, by=by)
    return appointment


@transaction.atomic
def go_along(*, appointment: Appointment, by: User, companion: User | None = None) -> Appointment:
    """Promise to go with someone who wants company."""
    require(by, Verb.CASE_WORK, appointment.case)
    case = lock_case(case=appointment.case)
    appointment.refresh_from_db()
    _refuse_told(appointment)
    companion = companion or by
    _refuse_company(companion, case)
    appointment.wants_company, appointment.accompanied_by = True, companion
    appointment.save(update_fields=["wants_company", "accompanied_by"])
    note_change(case=case, by=by, verb="case.company_found", touches=_subject(appointment), who=companion.pk)
    tell(to=companion, case=case, kind=News.Kind.COMPANY, by=by)
    return appointment


@transaction.atomic
def close_appointment(*, appointment: Appointment, state: str, by: User, reason: str = "") -> Appointment:
    """Say what became of an appointment: kept, missed and why, or cancelled."""
    require(by, Verb.CASE_WORK, appointment.case)
    case = lock_case(case=appointment.case)
    appointment.refresh_from_db()
    if (appointment.state, appointment.reason) == (state, reason):
        return appointment
    _refuse_told(appointment)
    if state == Appointment.State.MISSED and not reason:
        raise Refusal(_("Say why the appointment was missed."), next=_("Choose the reason that comes closest."))
    appointment.state, appointment.reason = state, reason
    appointment.save(update_fields=["state", "reason"])
    detail = {"state": state, "reason": reason}
    note_change(case=case, by=by, verb="case.appointment_told", touches=_subject(appointment), **detail)
    return appointment


@transaction.atomic
def plan_follow_ups(
    *, case: Case, first: date, months: int, by: User, plan: str = "", ids: Iterable[UUID] = ()
) -> list[FollowUp]:
    """Plan a contact each month for some months; days already planned are not planned twice."""
    require(by, Verb.CASE_WORK, case)
    if not 1 <= months <= MOST_MONTHS:
        raise Refusal(_("Plan between one month and three years."))
    case = lock_case(case=case)
    planned = set(FollowUp.objects.filter(case=case).values_list("due_on", flat=True))
    days = [day for day in each_month(first=first, months=months) if day not in planned]
    given = iter([each for each in dict.fromkeys(ids) if sent_before(FollowUp, each, case=case) is None])
    rows = [FollowUp(id=next(given, None) or uuid7(), case=case, plan=plan, due_on=day) for day in days]
    FollowUp.objects.bulk_create(rows)
    if rows:
        detail = {"first": first, "months": months, "plan": plan}
        note_change(case=case, by=by, verb="case.follow_ups_planned", touches="follow-ups", **detail)
    return rows


@transaction.atomic
def record_follow_up(*, follow_up: FollowUp, by: User, happened_on: date | None = None, reason: str = "") -> FollowUp:
    """Say that a follow-up took place and when, or that it was missed and why; nothing is ever too late to enter."""
    require(by, Verb.CASE_WORK, follow_up.case)
    case = lock_case(case=follow_up.case)
    follow_up.refresh_from_db()
    state = FollowUp.State.DONE if happened_on else FollowUp.State.MISSED
    if (follow_up.state, follow_up.happened_on, follow_up.reason) == (state, happened_on, reason):
        return follow_up
    if happened_on:
        refuse_future(day=happened_on)
    elif not reason:
        raise Refusal(_("Say on which day it took place, or why it was missed."))
    follow_up.state, follow_up.happened_on, follow_up.reason = state, happened_on, "" if happened_on else reason
    follow_up.entered_at, follow_up.entered_by = clock.now(), by
    follow_up.save()
    detail = {"state": state, "due_on": follow_up.due_on, "on": happened_on, "reason": follow_up.reason}
    note_change(case=case, by=by, verb="case.followed_up", touches=f"follow-up:{follow_up.pk}", **detail)
    return follow_up


def _subject(appointment: Appointment) -> str:
    return f"appointment:{appointment.pk}"


def _refuse_told(appointment: Appointment) -> None:
    if appointment.state != Appointment.State.PLANNED:
        raise Refusal(
            _("It was already said what became of this appointment: %(state)s.")
            % {"state": appointment.get_state_display()},
            next=_("Plan another one if the person goes again."),
        )


def _refuse_company(companion: User, case: Case) -> None:
    if case.organisation_id not in organisations_where(companion, Verb.CASE_WORK):
        raise Refusal(_("%(who)s is not a volunteer of this organisation.") % {"who": companion})
