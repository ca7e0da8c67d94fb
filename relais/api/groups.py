"""Barriers that say the same, put together by someone, never by a machine."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Said
from relais.barriers import services
from relais.barriers.models import Barrier, BarrierGroup
from relais.kernel.pages import reads, writes

router = Router(tags=["barriers"])


class GroupOut(ModelSchema):
    """One headline for several barriers, how many they are and how many people they concern."""

    id: UUID
    reports: int
    people: int

    class Meta:
        model = BarrierGroup
        fields = ["id", "programme", "headline", "made_at"]


class GroupMoreAsk(Ask):
    """Barriers of one programme that say the same as those already there."""

    barriers: list[UUID] = Field(min_length=1, max_length=100)


class GroupAsk(AskAgain):
    """Barriers of one programme that say the same, and a headline that names nobody."""

    barriers: list[UUID] = Field(min_length=1, max_length=100)
    headline: str = Field(min_length=1, max_length=120)


def _groups(request: HttpRequest) -> Any:
    return BarrierGroup.objects.reachable_by(request.user, Verb.BARRIER_GROUP).with_counts()


def _barriers(request: HttpRequest, ids: list[UUID]) -> list[Barrier]:
    rows = Barrier.objects.reachable_by(request.user, Verb.BARRIER_GROUP).select_related("programme")
    return [named(rows, id, "barriers") for id in dict.fromkeys(ids)]


@router.get("groups", response=Many[GroupOut])
@reads
def group_list(request: HttpRequest, page: Query[Page]) -> Any:
    """List the groups one may add to, the largest first."""
    return page_of(_groups(request).order_by("-people", "headline", "pk"), page)


@router.post("groups", response={201: GroupOut})
@writes
def group_make(request: HttpRequest, ask: GroupAsk) -> Any:
    """Put barriers under one new headline."""
    barriers = _barriers(request, ask.barriers)
    made = services.group_barriers(barriers=barriers, headline=ask.headline, by=request.user, id=ask.id)
    return Status(201, found(_groups(request), made.pk))


@router.post("groups/{uuid:id}/barriers", response=GroupOut)
@writes
def group_more(request: HttpRequest, id: UUID, ask: GroupMoreAsk) -> Any:
    """Put more barriers under a headline that is there."""
    group = found(_groups(request), id)
    services.group_barriers(barriers=_barriers(request, ask.barriers), group=group, by=request.user)
    return found(_groups(request), id)


@router.post("barriers/{uuid:id}/ungroup", response=Said)
@writes
def barrier_ungroup(request: HttpRequest, id: UUID) -> Any:
    """Take a barrier out of its group."""
    rows = Barrier.objects.reachable_by(request.user, Verb.BARRIER_GROUP).select_related("group")
    services.ungroup_barrier(barrier=found(rows, id), by=request.user)
    return {}
