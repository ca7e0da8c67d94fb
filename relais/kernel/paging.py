"""Lists page by page, at the price of one page however long the list is."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

MOST_LISTED = (
    10_000  # Nobody leafs through two hundred pages: they choose fewer. Counting a million takes longer than a page.
)


class Pages(Paginator):  # type: ignore[type-arg]
    """The pages of a list; a list that never ends is counted and shown up to its ten thousandth row."""

    @cached_property
    def _found(self) -> int:
        rows: Any = self.object_list
        found: int = rows.order_by().values("pk")[: MOST_LISTED + 1].count()
        return found

    @cached_property
    def count(self) -> int:
        """Give how many rows can be leafed through."""
        return min(self._found, MOST_LISTED)

    @cached_property
    def is_cut(self) -> bool:
        """Say whether there are more."""
        return self._found > MOST_LISTED


def page_of(rows: QuerySet[Any], number: str | None, size: int) -> "Page[Any]":
    """Find which rows stand on a page, then fetch those: what a line shows is joined for fifty rows, not for all of them."""
    page = Pages(rows, size).get_page(number)
    start = (page.number - 1) * size
    page.object_list = first_of(rows, size, start)
    return page


def first_of(rows: QuerySet[Any], count: int, start: int = 0) -> QuerySet[Any]:
    """Fetch a few rows of a list in its order, found by their ids before anything is joined to them."""
    return rows.filter(pk__in=list(rows.values_list("pk", flat=True)[start : start + count]))
