"""Long lists a page at a time, and rows fetched within reach or not at all."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from ninja import Field, Schema

from relais.api.problems import Unknown

T = TypeVar("T")


class Page(Schema):
    """Which part of a list."""

    limit: int = Field(50, ge=1, le=100)
    offset: int = Field(0, ge=0, le=10_000_000)


class Many(Schema, Generic[T]):
    """Part of a list, how long the whole is, and where the next part begins."""

    count: int
    next_offset: int | None
    items: list[T]


def page_of(rows: QuerySet[Any], page: Page, tell: Callable[[list[Any]], list[Any]] = list) -> dict[str, Any]:
    """Give one page of a list; `tell` makes of the rows what may leave."""
    count = rows.count()
    end = page.offset + page.limit
    ordered = rows if rows.ordered else rows.order_by("pk")
    return {
        "count": count,
        "next_offset": end if end < count else None,
        "items": tell(list(ordered[page.offset : end])),
    }


def found(rows: QuerySet[Any], id: UUID | None = None, **names: Any) -> Any:
    """Give the row an address names; what is not among these rows does not exist for the caller."""
    row = rows.filter(**names or {"pk": id}).first()
    if row is None:
        raise Http404
    return row


def named(rows: QuerySet[Any], id: UUID | None, field: str) -> Any:
    """Give the row a body names in a field, or nothing when it names none; refuse one out of reach."""
    if id is None:
        return None
    row = rows.filter(pk=id).first()
    if row is None:
        raise Unknown(field)
    return row
