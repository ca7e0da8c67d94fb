"""What the people concerned were asked, what was decided and why, and what was promised."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.procedures import VersionOut, versions_of
from relais.api.shapes import Ask, AskAgain, Day, Line, Only
from relais.api.tables import meetings
from relais.barriers.models import Barrier
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.programmes.models import Programme
from relais.roundtables import services
from relais.roundtables.models import AgendaItem, Commitment, Consultation, ConsultationAnswer, Decision

router = Router(tags=["agreements"])


class ConsultationOut(ModelSchema):
    """A question to the people concerned, and how many said what."""

    id: UUID
    answers: dict[str, int]

    class Meta:
        model = Consultation
        fields = [
            *("id", "programme", "organisation", "version", "question", "asked_of"),
            *("opens_on", "closes_on", "asked_at"),
        ]

    @staticmethod
    def resolve_answers(row: Consultation) -> dict[str, int]:
        """Count people by what they think."""
        counted = dict.fromkeys(ConsultationAnswer.Choice.values, 0)
        for each in row.answers.all():
            counted[each.choice] += each.people_count
        return counted


class ConsultationAnswerOut(ModelSchema):
    """What people said, as it was brought back; their words stay with the table's pages."""

    id: UUID

    class Meta:
        model = ConsultationAnswer
        fields = ["id", "consultation", "organisation", "choice", "people_count", "gathered_at"]


class DecisionOut(ModelSchema):
    """What the table decided and why, what it rests on, and what the replay foretold that day."""

    id: UUID
    prediction: dict[str, Any] | None
    barriers: list[UUID]

    class Meta:
        model = Decision
        fields = [
            *("id", "programme", "organisation", "meeting", "agenda_item", "title", "outcome", "reasons", "version"),
            *("consultation", "what_became_of_answers", "prediction", "barriers", "decided_on", "decided_at"),
        ]

    @staticmethod
    def resolve_barriers(row: Decision) -> list[UUID]:
        """Name the barriers it answers."""
        return [each.pk for each in row.barriers.all()]


class CommitmentOut(ModelSchema):
    """Who promised what by when."""

    id: UUID

    class Meta:
        model = Commitment
        fields = [
            *("id", "programme", "organisation", "meeting", "decision", "owner", "what", "due_on"),
            *("made_at", "done_on", "dropped_reason"),
        ]
        personal = {"owner"}
        verb = Verb.TABLE_READ


class AgreementOnly(Only):
    """Which of them."""

    programme: UUID | None = None


class DecisionOnly(AgreementOnly):
    """Which decisions."""

    meeting: UUID | None = None
    version: UUID | None = None
    outcome: Literal[*Decision.Outcome.values] | None = None


class CommitmentOnly(AgreementOnly):
    """Which commitments."""

    state: Literal["pending", "overdue"] | None = None


class ConsultationAsk(AskAgain):
    """Something to ask the people concerned before it is decided."""

    organisation: UUID | None = None
    version: UUID | None = None
    question: Annotated[Line, Field(min_length=1)]
    asked_of: str = Field(min_length=1, max_length=200)
    opens_on: Day
    closes_on: Day


class ConsultationAnswerAsk(AskAgain):
    """What people answered, and why."""

    organisation: UUID | None = None
    choice: Literal[*ConsultationAnswer.Choice.values]
    people_count: int = Field(1, ge=1, le=32_000)
    reasons: str = Field("", max_length=1000)


class DecisionAsk(AskAgain):
    """What was decided; nothing without a reason."""

    organisation: UUID | None = None
    agenda_item: UUID | None = None
    title: str = Field(min_length=1, max_length=200)
    outcome: Literal[*Decision.Outcome.values]
    reasons: str = Field(min_length=1, max_length=4000)
    version: UUID | None = None
    consultation: UUID | None = None
    what_became_of_answers: str = Field("", max_length=2000)
    barriers: Annotated[list[UUID], Field(max_length=500)] = []
    decided_on: Day | None = None


class AdoptAsk(Ask):
    """From which day the draft is in force; today, when not said."""

    from_day: Day | None = None


class CommitmentAsk(AskAgain):
    """A promise."""

    organisation: UUID
    what: Annotated[Line, Field(min_length=1)]
    due_on: Day
    owner: UUID | None = None
    meeting: UUID | None = None
    decision: UUID | None = None


class FulfilAsk(Ask):
    """On which day it was kept; today, when not said."""

    done_on: Day | None = None


class DropAsk(Ask):
    """Why a promise will not be kept."""

    reason: Annotated[Line, Field(min_length=1)]


def _consultations(request: HttpRequest, verb: Verb = Verb.TABLE_READ) -> Any:
    return Consultation.objects.reachable_by(request.user, verb).select_related("programme").prefetch_related("answers")


def _decisions(request: HttpRequest) -> Any:
    rows = Decision.objects.reachable_by(request.user, Verb.TABLE_READ)
    return rows.select_related("programme", "version__procedure__programme").prefetch_related("barriers")


def _promises(request: HttpRequest) -> Any:
    return Commitment.objects.reachable_by(request.user, Verb.COMMITMENT_FULFIL)


def _partner(id: UUID | None) -> Organisation | None:
    return named(Organisation.objects.all(), id, "organisation")


@router.get("consultations", response=Many[ConsultationOut])
@reads
def consultation_list(request: HttpRequest, only: Query[AgreementOnly], page: Query[Page]) -> Any:
    """List what the people concerned were asked."""
    rows = _consultations(request).filter(**only.dict(exclude_none=True))
    return page_of(rows.order_by("-asked_at", "pk"), page)


@router.post("programmes/{uuid:id}/consultations", response={201: ConsultationOut})
@writes
def consultation_ask(request: HttpRequest, id: UUID, ask: ConsultationAsk) -> Any:
    """Ask the people concerned something before it is decided."""
    programme = found(Programme.objects.reachable_by(request.user, Verb.CONSULTATION_ASK), id)
    about = {
        "organisation": _partner(ask.organisation),
        "version": named(versions_of(request), ask.version, "version"),
    }
    made = services.ask_consultation(programme=programme, by=request.user, **{**ask.dict(), **about})
    return Status(201, made)


@router.post("consultations/{uuid:id}/answers", response={201: ConsultationAnswerOut})
@writes
def consultation_answer(request: HttpRequest, id: UUID, ask: ConsultationAnswerAsk) -> Any:
    """Bring back what people answered and why; sent twice with one id, it counts once."""
    row = found(_consultations(request, Verb.CONSULTATION_ANSWER), id)
    values = {**ask.dict(), "organisation": _partner(ask.organisation)}
    return Status(201, services.answer_consultation(consultation=row, by=request.user, **values))


@router.get("decisions", response=Many[DecisionOut])
@reads
def decision_list(request: HttpRequest, only: Query[DecisionOnly], page: Query[Page]) -> Any:
    """List what was decided."""
    rows = _decisions(request).filter(**only.dict(exclude_none=True))
    return page_of(rows.order_by("-decided_on", "-decided_at", "pk"), page)


@router.get("decisions/{uuid:id}", response=DecisionOut)
@reads
def decision(request: HttpRequest, id: UUID) -> Any:
    """Show one decision with its reasons."""
    return found(_decisions(request), id)


@router.post("meetings/{uuid:id}/decisions", response={201: DecisionOut})
@writes
def decision_make(request: HttpRequest, id: UUID, ask: DecisionAsk) -> Any:
    """Write down what was decided and why; everyone who reported what it is about is answered."""
    meeting = found(meetings(request, Verb.TABLE_DECIDE), id)
    barriers = Barrier.objects.reachable_by(request.user, Verb.TABLE_DECIDE)
    about = {
        "organisation": _partner(ask.organisation),
        "agenda_item": named(AgendaItem.objects.filter(meeting=meeting), ask.agenda_item, "agenda_item"),
        "version": named(versions_of(request), ask.version, "version"),
        "consultation": named(_consultations(request), ask.consultation, "consultation"),
        "barriers": [named(barriers, each, "barriers") for each in dict.fromkeys(ask.barriers)],
    }
    return Status(201, services.decide(meeting=meeting, by=request.user, **{**ask.dict(), **about}))


@router.post("decisions/{uuid:id}/adopt", response=VersionOut)
@writes
def decision_adopt(request: HttpRequest, id: UUID, ask: AdoptAsk) -> Any:
    """Put the draft a decision adopted in force; open cases follow, and everyone concerned is told."""
    return services.adopt_draft(decision=found(_decisions(request), id), by=request.user, from_day=ask.from_day)


@router.get("commitments", response=Many[CommitmentOut])
@reads
def commitment_list(request: HttpRequest, only: Query[CommitmentOnly], page: Query[Page]) -> Any:
    """List what was promised, the first due first."""
    rows = Commitment.objects.reachable_by(request.user, Verb.TABLE_READ)
    rows = rows.filter(programme=only.programme) if only.programme else rows
    rows = rows.pending() if only.state == "pending" else rows
    rows = rows.overdue(clock.today()) if only.state == "overdue" else rows
    return page_of(rows.order_by("due_on", "pk"), page)


@router.post("programmes/{uuid:id}/commitments", response={201: CommitmentOut})
@writes
def commitment_make(request: HttpRequest, id: UUID, ask: CommitmentAsk) -> Any:
    """Write down who promised what by when."""
    about = {
        "organisation": _partner(ask.organisation),
        "owner": named(User.objects.filter(is_active=True), ask.owner, "owner"),
        "meeting": named(meetings(request), ask.meeting, "meeting"),
        "decision": named(_decisions(request), ask.decision, "decision"),
    }
    programme = found(Programme.objects.reachable_by(request.user, Verb.COMMITMENT_MAKE), id)
    return Status(201, services.make_commitment(programme=programme, by=request.user, **{**ask.dict(), **about}))


@router.post("commitments/{uuid:id}/fulfil", response=CommitmentOut)
@writes
def commitment_fulfil(request: HttpRequest, id: UUID, ask: FulfilAsk) -> Any:
    """Say that a promise was kept, and on which day."""
    return services.fulfil_commitment(commitment=found(_promises(request), id), by=request.user, **ask.dict())


@router.post("commitments/{uuid:id}/drop", response=CommitmentOut)
@writes
def commitment_drop(request: HttpRequest, id: UUID, ask: DropAsk) -> Any:
    """Say that a promise will not be kept, and why."""
    return services.drop_commitment(commitment=found(_promises(request), id), by=request.user, reason=ask.reason)
