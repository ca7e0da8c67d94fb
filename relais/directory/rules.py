"""When what the directory says of a place is old, on plain values."""

from datetime import date

STALE_AFTER_DAYS = 180


def is_stale(confirmed_on: date | None, today: date) -> bool:
    """Say whether nobody confirmed a place for half a year, or ever.

    >>> is_stale(date(2026, 1, 1), today=date(2026, 11, 22)), is_stale(None, today=date(2026, 11, 22))
    (True, True)
    """
    return confirmed_on is None or (today - confirmed_on).days > STALE_AFTER_DAYS
