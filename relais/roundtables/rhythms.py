"""How often a series meets, in plain words and as RFC 5545 writes it; the calendar reads the latter, people the former."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from relais.roundtables.calendar import days_of

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
LATEST_DAY = 28
"""The last day of the month that every month has."""
LONGEST_WAIT = 63
"""Days within which any month has its fifteenth, its fourth Tuesday and its last day."""
WHICH = {
    1: gettext_lazy("first"),
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
    LAST: gettext_lazy("last"),
}


class How(StrEnum):
    """The ways most tables meet, and any other."""

    MONTH_DAY = "month_day"
    MONTH_WEEKDAY = "month_weekday"
    WEEKS = "weeks"
    CUSTOM = "custom"


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A recurrence as people say it: on a day of the month, on a weekday of it, every so many weeks, or by a rule."""

    how: How
    every: int = 1
    weekday: int = 0
    which: int = 1
    month_day: int = 1
    rrule: str = ""


def written(spoken: Spoken) -> str:
    """Write a recurrence as RFC 5545 does.

    >>> written(Spoken(how=How.MONTH_DAY, month_day=15))
    'FREQ=MONTHLY;BYMONTHDAY=15'
    >>> written(Spoken(how=How.WEEKS, every=2, weekday=1))
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'
    >>> written(Spoken(how=How.MONTH_WEEKDAY, which=-1, weekday=4))
    'FREQ=MONTHLY;BYDAY=-1FR'
    """
    every = f";INTERVAL={spoken.every}" if spoken.every > 1 else ""
    match spoken.how:
        case How.MONTH_DAY:
            return f"FREQ=MONTHLY{every};BYMONTHDAY={spoken.month_day}"
        case How.MONTH_WEEKDAY:
            return f"FREQ=MONTHLY{every};BYDAY={spoken.which}{DAYS[spoken.weekday]}"
        case How.WEEKS:
            return f"FREQ=WEEKLY{every};BYDAY={DAYS[spoken.weekday]}"
    return spoken.rrule


def read(rrule: str) -> Spoken:
    """Read a recurrence back; what has no plain words is a rule.

    >>> read("FREQ=MONTHLY;BYMONTHDAY=15") == Spoken(how=How.MONTH_DAY, month_day=15)
    True
    >>> read("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU") == Spoken(how=How.WEEKS, every=2, weekday=1)
    True
    >>> read("FREQ=YEARLY;BYMONTH=5").how
    <How.CUSTOM: 'custom'>
    """
    parts = dict(part.partition("=")[::2] for part in rrule.upper().split(";"))
    every, day, month_day = parts.get("INTERVAL", "1"), parts.get("BYDAY", ""), parts.get("BYMONTHDAY", "")
    which, weekday = day[:-2], day[-2:]
    found = Spoken(how=How.CUSTOM, rrule=rrule)
    if every.isdecimal() and month_day.lstrip("-").isdecimal():
        found = Spoken(how=How.MONTH_DAY, every=int(every), month_day=int(month_day))
    elif every.isdecimal() and weekday in DAYS and which.lstrip("+-").isdecimal() and int(which) in WHICH:
        found = Spoken(how=How.MONTH_WEEKDAY, every=int(every), weekday=DAYS.index(weekday), which=int(which))
    elif every.isdecimal() and weekday in DAYS and not which:
        found = Spoken(how=How.WEEKS, every=int(every), weekday=DAYS.index(weekday))
    # Only what says exactly the same is said in plain words: a COUNT or a month left out would be a lie.
    return found if _parts(written(found)) == parts else Spoken(how=How.CUSTOM, rrule=rrule)


def _parts(rrule: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in rrule.upper().split(";"))


def in_words(rrule: str) -> str:
    """Say a recurrence in the reader's language."""
    spoken = read(rrule)
    said = {"every": spoken.every, "weekday": WEEKDAYS[spoken.weekday], "which": WHICH.get(spoken.which, "")}
    once = spoken.every == 1
    match spoken.how:
        case How.MONTH_DAY if spoken.month_day == LAST:
            return _("each month on its last day") if once else _("every %(every)s months on the last day") % said
        case How.MONTH_DAY:
            said["day"] = day_of_month(spoken.month_day)
            if once:
                return _("each month on the %(day)s") % said
            return _("every %(every)s months on the %(day)s") % said
        case How.MONTH_WEEKDAY:
            if once:
                return _("each month on the %(which)s %(weekday)s") % said
            return _("every %(every)s months on the %(which)s %(weekday)s") % said
        case How.WEEKS:
            return _("each week on %(weekday)s") % said if once else _("every %(every)s weeks on %(weekday)s") % said
    return _("by the rule %(rrule)s") % {"rrule": spoken.rrule}


def day_of_month(day: int) -> str:
    """Say which day of a month, as the reader's language counts days: the 15th, le 1er."""
    language = (get_language() or "en").split("-")[0]
    if language == "fr":
        return "1er" if day == 1 else str(day)
    if language != "en":
        return str(day)
    teens = range(11, 14)
    return f"{day}{'th' if day in teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def starting(spoken: Spoken, day: date) -> date:
    """Give the first day on or after one that fits: every other week counts from there, not from the week before it.

    >>> starting(Spoken(how=How.WEEKS, every=2, weekday=1), date(2026, 11, 15)).isoformat()  # a Sunday
    '2026-11-17'
    """
    if spoken.how is How.CUSTOM:
        return day
    return days_of(written(replace(spoken, every=1)), day, day, day + timedelta(days=LONGEST_WAIT))[0]
