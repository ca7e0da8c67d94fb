"""What the table decided and why, and an adopted draft put in force."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.api.consultations import consultations, partner
from relais.api.meetings import meetings
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Day, Only
from relais.api.versions import VersionOut, versions_of
from relais.barriers.models import Barrier
from relais.kernel.pages import reads, writes
from relais.procedures.models import ProcedureVersion
from relais.roundtables import services
from relais.roundtables.models import AgendaItem, Decision

router = Router(tags=["decisions"])


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


class DecisionOnly(Only):
    """Which decisions."""

    programme: UUID | None = None
    meeting: UUID | None = None
    version: UUID | None = None
    outcome: Literal[*Decision.Outcome.values] | None = None


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


class RetireAsk(Ask):
    """From which day nobody can start it, why, and what becomes of those on their way."""

    on: Day | None = None
    reason: str = Field(min_length=1, max_length=300)
    open_cases: Literal[*ProcedureVersion.OpenCases.values]


def decisions(request: HttpRequest) -> Any:
    """Give the decisions one may read."""
    rows = Decision.objects.reachable_by(request.user, Verb.TABLE_READ)
    return rows.select_related("programme", "version__procedure__programme").prefetch_related("barriers")


@router.get("decisions", response=Many[DecisionOut])
@reads
def decision_list(request: HttpRequest, only: Query[DecisionOnly], page: Query[Page]) -> Any:
    """List what was decided."""
    rows = decisions(request).filter(**only.dict(exclude_none=True))
    return page_of(rows.order_by("-decided_on", "-decided_at", "pk"), page)


@router.get("decisions/{uuid:id}", response=DecisionOut)
@reads
def decision(request: HttpRequest, id: UUID) -> Any:
    """Show one decision with its reasons."""
    return found(decisions(request), id)


@router.post("meetings/{uuid:id}/decisions", response={201: DecisionOut})
@writes
def decision_make(request: HttpRequest, id: UUID, ask: DecisionAsk) -> Any:
    """Write down what was decided and why; everyone who reported what it is about is answered."""
    meeting = found(meetings(request, Verb.TABLE_DECIDE), id)
    barriers = Barrier.objects.reachable_by(request.user, Verb.TABLE_DECIDE)
    about = {
        "organisation": partner(ask.organisation),
        "agenda_item": named(AgendaItem.objects.filter(meeting=meeting), ask.agenda_item, "agenda_item"),
        "version": named(versions_of(request), ask.version, "version"),
        "consultation": named(consultations(request), ask.consultation, "consultation"),
        "barriers": [named(barriers, each, "barriers") for each in dict.fromkeys(ask.barriers)],
    }
    return Status(201, services.decide(meeting=meeting, by=request.user, **{**ask.dict(), **about}))


@router.post("decisions/{uuid:id}/adopt", response=VersionOut)
@writes
def decision_adopt(request: HttpRequest, id: UUID, ask: AdoptAsk) -> Any:
    """Put the draft a decision adopted in force; open cases follow, and everyone concerned is told."""
    return services.adopt_draft(decision=found(decisions(request), id), by=request.user, from_day=ask.from_day)


@router.post("versions/{uuid:id}/retire", response=VersionOut)
@writes
def version_retire(request: HttpRequest, id: UUID, ask: RetireAsk) -> Any:
    """Take a version out of force without another in its place; who accompanies people through it is told."""
    row = found(ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_RETIRE), id)
    return services.retire_procedure(version=row, by=request.user, **ask.dict())
