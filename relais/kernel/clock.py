"""The only place that asks what time it is, so that a test or a demonstration can say so instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Give this instant, in UTC."""
    return _told.get() or timezone.now()


def today(time_zone: str = "UTC") -> date:
    """Give today's date where the programme is."""
    return now().astimezone(ZoneInfo(time_zone)).date()


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Pretend, in this block only, that it is another instant: a demonstration's past, a test's future."""
    token = _told.set(instant)
    try:
        yield
    finally:
        _told.reset(token)
