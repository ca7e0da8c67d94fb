"""What is planned for a person: appointments, with company or without, and follow-ups."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.api.cases import case_of
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Day, Moment, Only
from relais.cases import services
from relais.cases.models import Appointment, Case, FollowUp
from relais.directory.models import Office
from relais.kernel.pages import reads, writes
from relais.procedures.models import Step

router = Router(tags=["plans"])


class AppointmentOut(ModelSchema):
    """Somewhere to be at a time."""

    id: UUID

    class Meta:
        model = Appointment
        fields = [
            *("id", "case", "step", "office", "at", "wants_company", "accompanied_by"),
            *("state", "reason", "entered_at"),
        ]
        personal = {"accompanied_by"}
        verb = Verb.CASE_READ


class FollowUpOut(ModelSchema):
    """A contact planned, and what became of it."""

    id: UUID

    class Meta:
        model = FollowUp
        fields = ["id", "case", "plan", "due_on", "state", "happened_on", "reason", "entered_at"]


class PlanOnly(Only):
    """Which plans."""

    case: UUID | None = None
    state: str | None = Field(None, pattern=r"^[a-z]+$", max_length=10)


class AppointmentAsk(AskAgain):
    """When and where to be."""

    at: Moment
    step: UUID | None = None
    office: UUID | None = None
    wants_company: bool = False


class AppointmentToldAsk(Ask):
    """What became of an appointment."""

    state: Literal["kept", "missed", "cancelled"]
    reason: str = Field("", max_length=40)


class FollowUpsAsk(Ask):
    """A contact each month; the ids are those of the sender, one a month."""

    first: Day
    months: int = Field(ge=1, le=36)
    plan: str = Field("", max_length=40)
    ids: Annotated[list[UUID], Field(max_length=36)] = []


class FollowUpAsk(Ask):
    """On which day it took place, or why it did not."""

    happened_on: Day | None = None
    reason: str = Field("", max_length=40)


def _cases(request: HttpRequest, verb: Verb = Verb.CASE_READ) -> Any:
    return Case.objects.reachable_by(request.user, verb).values("pk")


@router.get("appointments", response=Many[AppointmentOut])
@reads
def appointment_list(request: HttpRequest, only: Query[PlanOnly], page: Query[Page]) -> Any:
    """List the appointments of the cases within reach."""
    rows = Appointment.objects.filter(case__in=_cases(request), **only.dict(exclude_none=True))
    return page_of(rows.order_by("at", "pk"), page)


@router.post("cases/{uuid:id}/appointments", response={201: AppointmentOut})
@writes
def appointment_plan(request: HttpRequest, id: UUID, ask: AppointmentAsk) -> Any:
    """Plan to be somewhere at a time; a day gone by is entered late."""
    case = case_of(request, id, Verb.CASE_WORK)
    offices = Office.objects.reachable_by(request.user, Verb.OFFICE_READ).filter(programme=case.programme_id)
    places = {
        "step": named(Step.objects.filter(version=case.version_id), ask.step, "step"),
        "office": named(offices, ask.office, "office"),
    }
    return Status(201, services.plan_appointment(case=case, by=request.user, **{**ask.dict(), **places}))


@router.post("appointments/{uuid:id}/go-along", response=AppointmentOut)
@writes
def appointment_go_along(request: HttpRequest, id: UUID) -> Any:
    """Promise to go with someone who wants company."""
    rows = Appointment.objects.filter(case__in=_cases(request, Verb.CASE_WORK)).select_related("case")
    return services.go_along(appointment=found(rows, id), by=request.user)


@router.post("appointments/{uuid:id}/close", response=AppointmentOut)
@writes
def appointment_close(request: HttpRequest, id: UUID, ask: AppointmentToldAsk) -> Any:
    """Say what became of an appointment: kept, missed and why, or cancelled."""
    rows = Appointment.objects.filter(case__in=_cases(request, Verb.CASE_WORK)).select_related("case")
    return services.close_appointment(appointment=found(rows, id), by=request.user, **ask.dict())


@router.get("follow-ups", response=Many[FollowUpOut])
@reads
def follow_up_list(request: HttpRequest, only: Query[PlanOnly], page: Query[Page]) -> Any:
    """List the follow-ups of the cases within reach, the first due first."""
    rows = FollowUp.objects.filter(case__in=_cases(request), **only.dict(exclude_none=True))
    return page_of(rows.order_by("due_on", "pk"), page)


@router.post("cases/{uuid:id}/follow-ups", response={201: list[FollowUpOut]})
@writes
def follow_up_plan(request: HttpRequest, id: UUID, ask: FollowUpsAsk) -> Any:
    """Plan a contact each month; days already planned are not planned twice."""
    case = case_of(request, id, Verb.CASE_WORK)
    return Status(201, services.plan_follow_ups(case=case, by=request.user, **ask.dict()))


@router.post("follow-ups/{uuid:id}/record", response=FollowUpOut)
@writes
def follow_up_record(request: HttpRequest, id: UUID, ask: FollowUpAsk) -> Any:
    """Say that a follow-up took place and when, or that it was missed and why."""
    rows = FollowUp.objects.filter(case__in=_cases(request, Verb.CASE_WORK)).select_related("case")
    return services.record_follow_up(follow_up=found(rows, id), by=request.user, **ask.dict())
