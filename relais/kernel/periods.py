"""Months, quarters and years as half-open ranges of days."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` up to, not including, `end`."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        """Give the last day inside the period."""
        return self.end - timedelta(days=1)


def month_of(day: date) -> Period:
    """Give the calendar month a day falls in.

    >>> month_of(date(2026, 12, 15)).end
    datetime.date(2027, 1, 1)
    """
    start = day.replace(day=1)
    return Period(start, _first_of_next_month(start))


def months(start: date, end: date) -> list[Period]:
    """List the calendar months that touch the days from start up to end.

    >>> len(months(date(2025, 11, 3), date(2026, 2, 1)))
    3
    """
    found, current = [], month_of(start)
    while current.start < end:
        found.append(current)
        current = month_of(current.end)
    return found


def _first_of_next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
