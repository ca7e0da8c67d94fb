"""When a test is passed, and until when it counts."""

from collections.abc import Mapping
from datetime import date, timedelta


def percent_right(right: Mapping[int, int], given: Mapping[int, int]) -> int:
    """Give the share of questions answered rightly, in whole percent, rounded down.

    >>> percent_right({1: 0, 2: 2, 3: 1}, {1: 0, 2: 2, 3: 0})
    66
    """
    return 100 * sum(given.get(question) == choice for question, choice in right.items()) // max(1, len(right))


def is_passed(score: int, pass_mark: int) -> bool:
    """Say whether a test is passed.

    >>> is_passed(75, pass_mark=75)
    True
    """
    return score >= pass_mark


def valid_until(taken_on: date, days_valid: int | None) -> date | None:
    """Give the first day a training no longer counts, or nothing if it always will.

    >>> valid_until(date(2026, 1, 1), 365)
    datetime.date(2027, 1, 1)
    """
    return taken_on + timedelta(days=days_valid) if days_valid else None
