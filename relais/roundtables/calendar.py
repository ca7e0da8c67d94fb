"""When a table meets, on the wall clock of its place, and how a calendar program is told.

A rhythm is kept as it is spoken: "each 15th at ten, in Bishkek". Days are found first (RFC 5545 recurrence), moved off holidays by
the programme's rule, and only then given their hour where they happen, so that a change of clocks never moves a meeting.
No database and no clock: days in, instants and bytes out.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
import icalendar
from dateutil.rrule import rrulestr

MAKER = "-//Relais//round tables//EN"
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
SATURDAY = 5
LONGEST_HOLIDAY = 30
"""Days after which a run of days off is taken for a mistake in the calendar rather than a holiday."""


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """How often, from when, at what hour where, and what if it is a holiday (`keep`, `before`, `after` or `skip`)."""

    rrule: str
    starts_on: date
    at: time
    time_zone: str
    country: str = ""
    holiday_rule: str = "after"
    extra_holidays: frozenset[date] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Occurrence:
    """One meeting of a rhythm: its day in the series, which never changes, and when it really starts."""

    day: date
    starts_at: datetime


def check_rrule(rrule: str) -> None:
    """Refuse a recurrence that cannot be read, or that would meet several times a day.

    >>> check_rrule("FREQ=MONTHLY;BYMONTHDAY=15")
    >>> check_rrule("FREQ=HOURLY")
    Traceback (most recent call last):
    ValueError: FREQ=HOURLY: FREQ must be one of DAILY, MONTHLY, WEEKLY, YEARLY, and the hour is kept apart
    """
    parts = dict(part.partition("=")[::2] for part in rrule.upper().split(";"))
    try:
        rrulestr(rrule)
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise ValueError(f"{rrule}: not a recurrence as RFC 5545 writes it") from wrong
    if parts.get("FREQ") not in FREQUENCIES or parts.keys() & {"BYHOUR", "BYMINUTE", "BYSECOND"}:
        raise ValueError(f"{rrule}: FREQ must be one of {', '.join(sorted(FREQUENCIES))}, and the hour is kept apart")


def days_of(rrule: str, starts_on: date, start: date, end: date) -> list[date]:
    """List the days of a recurrence from start up to, not including, end.

    >>> days_of("FREQ=MONTHLY;BYMONTHDAY=15", date(2026, 1, 1), date(2026, 2, 1), date(2026, 4, 15))
    [datetime.date(2026, 2, 15), datetime.date(2026, 3, 15)]
    """
    check_rrule(rrule)
    rule = rrulestr(rrule, dtstart=datetime.combine(starts_on, time.min))
    last = datetime.combine(end, time.min) - timedelta(microseconds=1)
    return [each.date() for each in rule.between(datetime.combine(start, time.min), last, inc=True)]


@cache
def _country(code: str) -> holidays.HolidayBase:
    return holidays.country_holidays(code) if code in holidays.list_supported_countries() else holidays.HolidayBase()


def is_day_off(day: date, country: str, extra: Collection[date] = ()) -> bool:
    """Say whether a day is a weekend or a holiday there; a country nobody keeps holidays of rests on Saturday and Sunday.

    >>> is_day_off(date(2026, 8, 31), "KG")  # independence day, a Monday
    True
    >>> is_day_off(date(2026, 9, 1), "KG")
    False
    """
    return day in extra or not _country(country).is_working_day(day)


def met_on(day: date, rule: str, is_off: Callable[[date], bool]) -> date | None:
    """Give the day a table meets that falls on `day`, or None if it does not meet.

    >>> sunday, rest = date(2026, 3, 15), lambda day: day.weekday() >= SATURDAY
    >>> [met_on(sunday, rule, rest).isoformat() for rule in ("keep", "before", "after")]
    ['2026-03-15', '2026-03-13', '2026-03-16']
    >>> met_on(sunday, "skip", rest)
    """
    if rule == "keep" or not is_off(day):
        return day
    if rule == "skip":
        return None
    step = timedelta(days=-1 if rule == "before" else 1)
    for _ in range(LONGEST_HOLIDAY):
        day += step
        if not is_off(day):
            return day
    return None


def occurrences(rhythm: Rhythm, start: date, end: date) -> list[Occurrence]:
    """List the meetings whose day in the series falls from start up to, not including, end.

    Two that a run of holidays pushes onto one day are one meeting, that of the earlier day in the series.

    >>> rhythm = Rhythm(rrule="FREQ=MONTHLY;BYMONTHDAY=15", starts_on=date(2026, 1, 1), at=time(10), time_zone="Asia/Bishkek")
    >>> [each.starts_at.isoformat() for each in occurrences(rhythm, date(2026, 3, 1), date(2026, 4, 1))]
    ['2026-03-16T10:00:00+06:00']
    """
    found: dict[date, Occurrence] = {}
    for day in days_of(rhythm.rrule, rhythm.starts_on, start, end):
        meets = met_on(day, rhythm.holiday_rule, lambda day: is_day_off(day, rhythm.country, rhythm.extra_holidays))
        if meets is not None and meets not in found:
            found[meets] = Occurrence(day, datetime.combine(meets, rhythm.at, ZoneInfo(rhythm.time_zone)))
    return list(found.values())


@dataclass(frozen=True, kw_only=True)
class Event:
    """One meeting as calendar programs want it."""

    uid: str
    sequence: int
    name: str
    starts_at: datetime
    minutes: int
    time_zone: str
    changed_at: datetime
    place: str = ""
    about: str = ""
    address: str = ""
    organiser: str = ""
    organiser_email: str = ""
    cancelled: bool = False


def written(events: Iterable[Event], name: str) -> bytes:
    """Write an iCalendar (RFC 5545, RFC 7986) with the time zones it speaks of; the same events give the same bytes."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_event(event))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(event: Event) -> icalendar.Event:
    """Write one meeting: same UID for ever, a SEQUENCE that grows, CANCELLED rather than gone."""
    starts_at = event.starts_at.astimezone(ZoneInfo(event.time_zone))
    wrote = icalendar.Event()
    wrote.add("uid", event.uid)
    wrote.add("sequence", event.sequence)
    wrote.add("dtstamp", event.changed_at)
    wrote.add("last-modified", event.changed_at)
    wrote.add("dtstart", starts_at)
    wrote.add("dtend", (event.starts_at + timedelta(minutes=event.minutes)).astimezone(ZoneInfo(event.time_zone)))
    wrote.add("summary", event.name)
    wrote.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    for key, value in {"location": event.place, "description": event.about, "url": event.address}.items():
        if value:
            wrote.add(key, value)
    if event.organiser:
        # Many organisations have no e-mail; a cal-address is any URI, and the name is what people read.
        organiser = icalendar.vCalAddress(f"mailto:{event.organiser_email}" if event.organiser_email else "urn:relais")
        organiser.params["CN"] = event.organiser
        wrote.add("organizer", organiser)
    if not event.cancelled:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event.name)
        alarm.add("trigger", timedelta(days=-1))
        wrote.add_component(alarm)
    return wrote
