"""What a needs assessment ranks: each with its place, its scores and their reasons."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.api.needs import Key, assessments
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Day, Line, Small
from relais.barriers import services
from relais.barriers.models import Candidate, NeedsAssessment, Score
from relais.barriers.ranking import rank
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.places.models import Territory

router = Router(tags=["needs assessments"])


class ScoreOut(ModelSchema):
    """How urgent by one criterion, and why."""

    id: UUID

    class Meta:
        model = Score
        fields = ["id", "criterion", "value", "because", "scored_on"]


class CandidateOut(ModelSchema):
    """One thing to rank: its place, its result between least and most of 100, and each score with its reason."""

    id: UUID
    place: int | None
    least: float | None
    most: float | None
    scores: list[ScoreOut]

    class Meta:
        model = Candidate
        fields = ["id", "assessment", "organisation", "label", "territory", "people_count", "proposed_at", "done_on"]


class CandidateAsk(AskAgain):
    """Something to rank, under a label that names nobody."""

    organisation: UUID
    label: str = Field(min_length=1, max_length=120)
    territory: UUID
    people_count: Small = 0


class ScoreAsk(Ask):
    """A score from 0 to 4, and what was seen."""

    value: int = Field(ge=0, le=4)
    because: Line


class ScoresAsk(Ask):
    """The scores of one candidate, by criterion."""

    scores: Annotated[dict[Key, ScoreAsk], Field(min_length=1, max_length=50)]
    scored_on: Day | None = None


class DoneAsk(Ask):
    """When it was done."""

    done_on: Day


def _placed(assessment: NeedsAssessment, candidates: list[Candidate]) -> list[Candidate]:
    """Give each candidate its place in the whole list, and what it adds up to."""
    weights = {criterion.key: criterion.weight for criterion in assessment.criteria.all()}
    scores: dict[UUID, dict[str, int]] = {}
    for id, key, value in Score.objects.filter(candidate__assessment=assessment).values_list(
        "candidate", "criterion__key", "value"
    ):
        scores.setdefault(id, {})[key] = value
    placed = {each.id: each for each in rank(scores, weights)} if any(weights.values()) else {}
    for candidate in candidates:
        where = placed.get(candidate.pk)
        candidate.place = where.position if where else None
        candidate.least, candidate.most = (float(where.low), float(where.high)) if where else (None, None)
    return candidates


def _one(request: HttpRequest, id: UUID) -> Candidate:
    row = found(Candidate.objects.prefetch_related("scores").select_related("assessment__programme"), id)
    return _placed(row.assessment, [row])[0]


@router.get("needs/{uuid:id}/candidates", response=Many[CandidateOut])
@reads
def candidate_list(request: HttpRequest, id: UUID, page: Query[Page]) -> Any:
    """List what is ranked, each with its place, its scores and their reasons."""
    row = found(assessments(request).prefetch_related("criteria"), id)
    rows = row.candidates.prefetch_related("scores").order_by("label", "pk")
    return page_of(rows, page, lambda some: _placed(row, some))


@router.post("needs/{uuid:id}/candidates", response={201: CandidateOut})
@writes
def candidate_propose(request: HttpRequest, id: UUID, ask: CandidateAsk) -> Any:
    """Put something on the list to rank."""
    organisations = Organisation.objects.reachable_by(request.user, Verb.BARRIER_RECORD)
    named_rows = {
        "organisation": named(organisations, ask.organisation, "organisation"),
        "territory": named(Territory.objects.all(), ask.territory, "territory"),
    }
    row = found(assessments(request, Verb.NEEDS_ASSESS), id)
    made = services.propose_candidate(assessment=row, by=request.user, **{**ask.dict(), **named_rows})
    return Status(201, _one(request, made.pk))


@router.put("candidates/{uuid:id}/scores", response=CandidateOut)
@writes
def candidate_score(request: HttpRequest, id: UUID, ask: ScoresAsk) -> Any:
    """Say how urgent something is by some criteria, each with what was seen."""
    row = found(Candidate.objects.reachable_by(request.user, Verb.NEEDS_ASSESS), id)
    criteria = row.assessment.criteria
    scores = {found(criteria, key=key): (each.value, each.because) for key, each in ask.scores.items()}
    services.score_candidate(candidate=row, scores=scores, by=request.user, scored_on=ask.scored_on)
    return _one(request, id)


@router.post("candidates/{uuid:id}/done", response=CandidateOut)
@writes
def candidate_done(request: HttpRequest, id: UUID, ask: DoneAsk) -> Any:
    """Note that it was done."""
    row = found(Candidate.objects.reachable_by(request.user, Verb.NEEDS_ASSESS), id)
    services.finish_candidate(candidate=row, done_on=ask.done_on, by=request.user)
    return _one(request, id)
