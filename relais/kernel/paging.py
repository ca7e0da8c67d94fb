"""Lists page by page, at the price of one page."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


def page_of(rows: QuerySet[Any], number: str | None, size: int) -> "Page[Any]":
    """Find which rows stand on a page, then fetch those: what a line shows is joined for fifty rows, not for all of them."""
    page = Paginator(rows, size).get_page(number)
    start = (page.number - 1) * size
    page.object_list = rows.filter(pk__in=list(rows.values_list("pk", flat=True)[start : start + size]))
    return page
