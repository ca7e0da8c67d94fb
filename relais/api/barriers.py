"""What stopped or worried someone: told as `barriers.telling` lets each reader know it."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema, Status

from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Day, Language, Only, Revision, Sound, revision_of
from relais.barriers import services
from relais.barriers.models import Barrier
from relais.barriers.telling import Told, tell
from relais.cases.models import Case
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.places.models import Territory
from relais.procedures.models import EvidenceType, Procedure, Requirement, Step
from relais.programmes.models import Programme

router = Router(tags=["barriers"])
ANSWERED = [state for state in Barrier.State.values if state != Barrier.State.HEARD]


class InsideOut(Schema):
    """What never leaves the organisation that heard it."""

    case_id: UUID | None
    author: str
    recorded_by: str
    observed_on: date
    recorded_at: datetime
    approved_at: datetime | None
    approved_how: str
    has_voice: bool
    was_reworded: bool
    author_told_at: datetime | None


class BarrierOut(Schema):
    """One barrier as its reader may see it; `inside` is empty for partners, and `revision` is its ETag."""

    id: UUID
    sort: str
    kind: str
    state: str
    headline: str
    account: str
    effect: str
    would_help: str
    language: str
    people_count: int
    month: date
    programme: str
    organisation: str
    procedure: str
    step: str
    requirement: str
    evidence_type: str
    territory: str
    shared_at: datetime | None
    answer: str
    answered_at: datetime | None
    revision: int
    inside: InsideOut | None


class AsTold(Schema):
    """The words that were changed before they were shared; what was not changed is empty here."""

    headline: str = ""
    account: str = ""
    effect: str = ""
    would_help: str = ""


class BarrierOnly(Only):
    """Which barriers."""

    programme: UUID | None = None
    organisation: UUID | None = None
    procedure: UUID | None = None
    sort: Literal[*Barrier.Sort.values] | None = None
    kind: Literal[*Barrier.Kind.values] | None = None
    state: Literal[*Barrier.State.values] | None = None
    waiting: Literal["approval", "sharing", "answer"] | None = None


class BarrierAsk(AskAgain):
    """What was heard: from a case, or on its own with programme and organisation."""

    kind: Literal[*Barrier.Kind.values]
    sort: Literal[*Barrier.Sort.values] = "barrier"
    headline: str = Field(min_length=1, max_length=120)
    account: str = Field("", max_length=1000)
    effect: str = Field("", max_length=1000)
    would_help: str = Field("", max_length=1000)
    people_count: int = Field(1, ge=1, le=100_000)
    language: Language | Literal[""] = ""
    observed_on: Day | None = None
    case: UUID | None = None
    programme: UUID | None = None
    organisation: UUID | None = None
    procedure: UUID | None = None
    step: UUID | None = None
    requirement: UUID | None = None
    evidence_type: UUID | None = None
    territory: UUID | None = None
    author: UUID | None = None
    voice: Sound | None = None


class ShareAsk(Ask):
    """The words as they may leave; what is not given leaves as it was written."""

    headline: str | None = Field(None, min_length=1, max_length=120)
    account: str | None = Field(None, max_length=1000)
    effect: str | None = Field(None, max_length=1000)
    would_help: str | None = Field(None, max_length=1000)


class BarrierAnswerAsk(Ask):
    """What became of it, and why."""

    state: Literal[*ANSWERED]
    answer: str = Field(min_length=1, max_length=1000)


def _rows(request: HttpRequest, verb: Verb = Verb.BARRIER_READ) -> Any:
    return Barrier.objects.reachable_by(request.user, verb)


def _told(request: HttpRequest, id: UUID) -> Told:
    return tell(found(Barrier.objects.with_everything(), id), request.user)


def _named(request: HttpRequest, ask: BarrierAsk) -> dict[str, Any]:
    """Give the rows a body names, each only from what its sender reaches."""
    procedures = Procedure.objects.reachable_by(request.user, Verb.PROCEDURE_READ)
    rows = {
        "case": Case.objects.reachable_by(request.user, Verb.BARRIER_RECORD).select_related("person__territory"),
        "programme": Programme.objects.reachable_by(request.user, Verb.BARRIER_RECORD),
        "organisation": Organisation.objects.reachable_by(request.user, Verb.BARRIER_RECORD),
        "procedure": procedures,
        "step": Step.objects.filter(version__procedure__in=procedures.values("pk")),
        "requirement": Requirement.objects.filter(step__version__procedure__in=procedures.values("pk")),
        "evidence_type": EvidenceType.objects.filter(procedure__in=procedures.values("pk")),
        "territory": Territory.objects.all(),
        "author": User.objects.filter(is_active=True),
    }
    return {field: named(some, getattr(ask, field), field) for field, some in rows.items()}


@router.get("barriers", response=Many[BarrierOut])
@reads
def barrier_list(request: HttpRequest, only: Query[BarrierOnly], page: Query[Page]) -> Any:
    """List what was heard, as far as the reader may know it."""
    rows = _rows(request).filter(**only.dict(exclude_none=True, exclude={"waiting"}))
    waiting = {"approval": {"approved_at": None}, "answer": {"answered_at": None}}
    sharing = {"approved_at__isnull": False, "shared_at": None}
    rows = rows.filter(**{**waiting, "sharing": sharing}.get(only.waiting or "", {}))
    ordered = rows.with_everything().order_by("-recorded_at", "pk")
    return page_of(ordered, page, lambda some: [tell(each, request.user) for each in some])


@router.get("barriers/{uuid:id}", response=BarrierOut)
@reads
def barrier(request: HttpRequest, response: HttpResponse, id: UUID) -> Any:
    """Show one barrier, as far as the reader may know it, with its revision as ETag."""
    row = found(_rows(request).with_everything(), id)
    response["ETag"] = f'"{row.revision}"'
    return tell(row, request.user)


@router.post("barriers/{uuid:id}/as-told", response=AsTold)
@writes
def barrier_as_told(request: HttpRequest, id: UUID) -> Any:
    """Give the words that were changed before sharing, as they were first told; the journal says who asked."""
    return services.read_as_told(barrier=found(_rows(request), id), by=request.user)


@router.post("barriers", response={201: BarrierOut})
@writes
def barrier_record(request: HttpRequest, ask: BarrierAsk) -> Any:
    """Record what stopped or worried someone; what is written for someone else waits for their approval."""
    made = services.record_barrier(by=request.user, **{**ask.dict(), **_named(request, ask)})
    return Status(201, _told(request, made.pk))


@router.post("barriers/{uuid:id}/approve", response=BarrierOut)
@writes
def barrier_approve(request: HttpRequest, id: UUID) -> Any:
    """Stand behind what was written in one's name."""
    services.approve_barrier(barrier=found(_rows(request, Verb.BARRIER_APPROVE), id), by=request.user)
    return _told(request, id)


@router.post("barriers/{uuid:id}/share", response=BarrierOut)
@writes
def barrier_share(request: HttpRequest, id: UUID, ask: ShareAsk, if_match: Revision = None) -> Any:
    """Put a barrier on the table in words that name nobody; refused while one could tell who someone is."""
    row = found(_rows(request, Verb.BARRIER_SHARE), id)
    texts = {id: ask.dict(exclude_none=True)}
    services.share_barriers(barriers=[row], by=request.user, texts=texts, revision=revision_of(request))
    return _told(request, id)


@router.post("barriers/{uuid:id}/answer", response=BarrierOut)
@writes
def barrier_answer(request: HttpRequest, id: UUID, ask: BarrierAnswerAsk, if_match: Revision = None) -> Any:
    """Say what became of a barrier and why; its author is to be told."""
    row = found(_rows(request, Verb.TABLE_DECIDE), id)
    services.answer_barrier(barrier=row, by=request.user, revision=revision_of(request), **ask.dict())
    return _told(request, id)
