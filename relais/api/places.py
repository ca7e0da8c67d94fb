"""Territories: countries, regions, districts, communes, villages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router

from relais.api.paging import Many, Page, found, page_of
from relais.api.shapes import Only, Words
from relais.kernel.pages import reads
from relais.places.models import Territory

router = Router(tags=["territories"])


class TerritoryOut(ModelSchema):
    """A place that contains places."""

    id: UUID
    names: Words
    note: Words

    class Meta:
        model = Territory
        fields = ["id", "code", "names", "level", "kind", "parent", "path", "note"]


class TerritoryOnly(Only):
    """Which territories."""

    within: str | None = Field(None, max_length=300, description="The path of a territory, such as KG/KG-C.")
    level: int | None = Field(None, ge=0, le=20)


@router.get("territories", response=Many[TerritoryOut])
@reads
def territory_list(request: HttpRequest, only: Query[TerritoryOnly], page: Query[Page]) -> Any:
    """List territories; maps are open to whoever signs in."""
    rows = Territory.objects.all()
    if only.within:
        rows = rows.within(only.within)
    if only.level is not None:
        rows = rows.filter(level=only.level)
    return page_of(rows, page)


@router.get("territories/{uuid:id}", response=TerritoryOut)
@reads
def territory(request: HttpRequest, id: UUID) -> Any:
    """Show one territory."""
    return found(Territory.objects.all(), id)
