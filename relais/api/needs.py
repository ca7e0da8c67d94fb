"""Needs assessments: criteria and weights that both sides agreed."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, page_of
from relais.api.shapes import Ask, Only, Small, Words
from relais.barriers import services
from relais.barriers.models import Criterion, NeedsAssessment
from relais.kernel.pages import reads, writes

router = Router(tags=["needs assessments"])


Key = Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]+$", max_length=60)]


class CriterionOut(ModelSchema):
    """Something that makes a need more urgent, and its weight."""

    id: UUID
    names: Words
    levels: list[Words]

    class Meta:
        model = Criterion
        fields = ["id", "key", "position", "names", "levels", "weight"]


class NeedsOut(ModelSchema):
    """A list to rank, and whether both sides agreed on the weights."""

    id: UUID
    names: Words
    question: Words
    unit: Words

    class Meta:
        model = NeedsAssessment
        fields = [
            *("id", "key", "programme", "names", "question", "unit"),
            *("agreed_by_volunteers_at", "agreed_by_authority_at"),
        ]


class NeedsWholeOut(NeedsOut):
    """A list to rank, with its criteria."""

    criteria: list[CriterionOut]


class NeedsOnly(Only):
    """Which assessments."""

    programme: UUID | None = None


class WeightsAsk(Ask):
    """How much each criterion counts."""

    weights: Annotated[dict[Key, Small], Field(min_length=1, max_length=50)]


def assessments(request: HttpRequest, verb: Verb = Verb.NEEDS_READ) -> Any:
    """Give the assessments a verb reaches."""
    return NeedsAssessment.objects.reachable_by(request.user, verb)


@router.get("needs", response=Many[NeedsOut])
@reads
def needs_list(request: HttpRequest, only: Query[NeedsOnly], page: Query[Page]) -> Any:
    """List the needs assessments of one's programmes."""
    return page_of(assessments(request).filter(**only.dict(exclude_none=True)).order_by("key", "pk"), page)


@router.get("needs/{uuid:id}", response=NeedsWholeOut)
@reads
def needs(request: HttpRequest, id: UUID) -> Any:
    """Show one assessment with its criteria."""
    return found(assessments(request).prefetch_related("criteria"), id)


@router.put("needs/{uuid:id}/weights", response=NeedsWholeOut)
@writes
def weights_set(request: HttpRequest, id: UUID, ask: WeightsAsk) -> Any:
    """Change how much each criterion counts; what was agreed before no longer holds."""
    return services.set_weights(
        assessment=found(assessments(request, Verb.NEEDS_AGREE), id), weights=ask.weights, by=request.user
    )


@router.post("needs/{uuid:id}/agree", response=NeedsWholeOut)
@writes
def weights_agree(request: HttpRequest, id: UUID) -> Any:
    """Agree to the weights as they stand, for one's side."""
    return services.agree_weights(assessment=found(assessments(request, Verb.NEEDS_AGREE), id), by=request.user)
