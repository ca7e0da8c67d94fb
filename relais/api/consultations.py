"""What the people concerned are asked before it is decided, and what they answer."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import AskAgain, Day, Line, Only
from relais.api.versions import versions_of
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.programmes.models import Programme
from relais.roundtables import services
from relais.roundtables.models import Consultation, ConsultationAnswer

router = Router(tags=["consultations"])


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


class ConsultationOnly(Only):
    """Which consultations."""

    programme: UUID | None = None


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


def consultations(request: HttpRequest, verb: Verb = Verb.TABLE_READ) -> Any:
    """Give the questions a verb reaches, with what was answered."""
    return Consultation.objects.reachable_by(request.user, verb).select_related("programme").prefetch_related("answers")


def partner(id: UUID | None) -> Organisation | None:
    """Give the partner a body names as its organisation; the services ask whether one may speak for it."""
    return named(Organisation.objects.all(), id, "organisation")


@router.get("consultations", response=Many[ConsultationOut])
@reads
def consultation_list(request: HttpRequest, only: Query[ConsultationOnly], page: Query[Page]) -> Any:
    """List what the people concerned were asked."""
    rows = consultations(request).filter(**only.dict(exclude_none=True))
    return page_of(rows.order_by("-asked_at", "pk"), page)


@router.post("programmes/{uuid:id}/consultations", response={201: ConsultationOut})
@writes
def consultation_ask(request: HttpRequest, id: UUID, ask: ConsultationAsk) -> Any:
    """Ask the people concerned something before it is decided."""
    programme = found(Programme.objects.reachable_by(request.user, Verb.CONSULTATION_ASK), id)
    about = {
        "organisation": partner(ask.organisation),
        "version": named(versions_of(request), ask.version, "version"),
    }
    made = services.ask_consultation(programme=programme, by=request.user, **{**ask.dict(), **about})
    return Status(201, made)


@router.post("consultations/{uuid:id}/answers", response={201: ConsultationAnswerOut})
@writes
def consultation_answer(request: HttpRequest, id: UUID, ask: ConsultationAnswerAsk) -> Any:
    """Bring back what people answered and why; sent twice with one id, it counts once."""
    row = found(consultations(request, Verb.CONSULTATION_ANSWER), id)
    values = {**ask.dict(), "organisation": partner(ask.organisation)}
    return Status(201, services.answer_consultation(consultation=row, by=request.user, **values))
