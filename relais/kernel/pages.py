"""How a page says whether it reads or writes.

A page marked `@reads` cannot change the database: any statement but a question raises. A page marked `@writes`
runs in one transaction: everything it did is kept, or nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

View = Callable[..., HttpResponse]
QUESTIONS = (
    "SELECT",
    "EXPLAIN",
    "PRAGMA",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "WITH",
    "SHOW",
    "SET",
    "BEGIN",
    "COMMIT",
)


class WroteOnAReadingPage(RuntimeError):
    """A page that promised only to read tried to change the database."""


def _only_questions(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    # Sessions and rate limits are the framework's own bookkeeping, not the page's.
    verb = sql.lstrip(" (\n").split(" ", 1)[0].upper()
    if verb not in QUESTIONS and '"django_session"' not in sql:
        raise WroteOnAReadingPage(sql.split(" SET ", 1)[0][:120])
    return execute(sql, params, many, context)


def reads(view: View) -> View:
    """Mark a page that only reads; a write raises."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with connection.execute_wrapper(_only_questions):
            return view(request, *args, **kwargs)

    page.writes = False  # type: ignore[attr-defined]
    return page


def writes(view: View) -> View:
    """Mark a page that may change the database, all of it or nothing."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            return view(request, *args, **kwargs)

    page.writes = True  # type: ignore[attr-defined]
    return page


def named_in_address(request: HttpRequest, name: str, rows: Any) -> Any:
    """Give the row an address names after its question mark, or nothing; what is no id, or not among these rows, is not there."""
    if not (asked := request.GET.get(name)):
        return None
    try:
        return get_object_or_404(rows, pk=UUID(asked))
    except ValueError as nonsense:
        raise Http404 from nonsense
