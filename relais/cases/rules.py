"""What is true of a case whatever the database: what is known of someone, months of follow-up, what is late."""

from collections.abc import Mapping
from datetime import date

from relais.procedures.terms import Value

SILENT_DAYS = 30
"""A case nothing happened in for so long is worth a call."""


def known_of(
    *,
    day: date,
    sex: str = "",
    birth_year: int | None = None,
    status: str = "",
    disability: str = "",
    household: int | None = None,
    language: str = "",
    territory_path: str = "",
) -> dict[str, Value]:
    """Give what conditions may ask about someone; what nobody knows is left out.

    The age is the one reached this year: nobody is asked for a birthday. The territory is the first one inside the country.

    >>> known_of(day=date(2026, 5, 1), sex="woman", birth_year=1980, territory_path="KG/KG-C/KG-C-2")
    {'sex': 'woman', 'age': 46, 'territory': 'kg-c'}
    >>> known_of(day=date(2026, 5, 1))
    {}
    """
    known: Mapping[str, Value | None] = {
        "sex": sex or None,
        "age": None if birth_year is None else max(0, day.year - birth_year),
        "status": status or None,
        "disability": disability or None,
        "household": household,
        "language": language or None,
        "territory": region_of(territory_path) or None,
    }
    return {name: value for name, value in known.items() if value is not None}


def in_digits(states: Mapping[int, int]) -> str:
    """Write what is known of each proof as one digit at the number of the proof; what is not known at the end is left out.

    >>> in_digits({0: 1, 3: 2}), in_digits({}), in_digits({1: 0})
    ('1002', '', '')
    """
    return "".join(str(states.get(number, 0)) for number in range(max(states, default=-1) + 1)).rstrip("0")


def region_of(path: str) -> str:
    """Give the first place inside the country on the way down to a place, as conditions name it.

    >>> region_of("KG/KG-C/KG-C-2"), region_of("KG"), region_of("")
    ('kg-c', 'kg', '')
    """
    codes = path.lower().split("/")
    return codes[1] if len(codes) > 1 else codes[0]


def each_month(*, first: date, months: int) -> list[date]:
    """List the same day of following months, or the last one a shorter month has.

    >>> each_month(first=date(2026, 1, 31), months=3)
    [datetime.date(2026, 1, 31), datetime.date(2026, 2, 28), datetime.date(2026, 3, 31)]
    """
    return [_same_day(first, later) for later in range(months)]


def _same_day(first: date, later: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + later, 12)
    for day in range(first.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, first.day)


def is_silent(changed_on: date, today: date, days: int = SILENT_DAYS) -> bool:
    """Say whether nothing was noted in a case for so long that someone should ask.

    >>> is_silent(date(2026, 1, 1), today=date(2026, 2, 15))
    True
    """
    return (today - changed_on).days > days


def may_still_reopen(closed_on: date, today: date, days: int = 365) -> bool:
    """Say whether a case that ended may go on, rather than a new one begin.

    >>> may_still_reopen(date(2025, 1, 1), today=date(2026, 6, 1))
    False
    """
    return (today - closed_on).days <= days


def batch_number(year: int, before: int) -> str:
    """Number the batches of an organisation, from 1 each year.

    >>> batch_number(2026, before=3)
    '2026-004'
    """
    return f"{year}-{before + 1:03d}"
