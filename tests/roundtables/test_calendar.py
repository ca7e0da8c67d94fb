"""When a table meets, whatever the clocks and the holidays, and what calendar programs are told."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relais.roundtables.calendar import (
    Event,
    Rhythm,
    check_rrule,
    days_of,
    is_day_off,
    met_on,
    occurrences,
    written,
)

ZONES = ["Asia/Bishkek", "Europe/Paris", "Africa/Dakar", "America/Lima", "Asia/Beirut", "Australia/Lord_Howe"]
RULES = [
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=WEEKLY;BYDAY=TU,TH",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=DAILY;INTERVAL=10",
    "FREQ=MONTHLY;BYMONTHDAY=31",
]
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
rhythms = st.builds(
    Rhythm,
    rrule=st.sampled_from(RULES),
    starts_on=days,
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    time_zone=st.sampled_from(ZONES),
    country=st.sampled_from(["KG", "FR", "LB", "XK", ""]),
    holiday_rule=st.sampled_from(["keep", "before", "after", "skip"]),
    extra_holidays=st.frozensets(days, max_size=3),
)


@given(rhythms, days)
@settings(max_examples=60, deadline=None)
def test_a_table_meets_at_its_hour_on_the_wall_whatever_the_clocks_do(rhythm, start):
    zone = ZoneInfo(rhythm.time_zone)
    for each in occurrences(rhythm, start, start + timedelta(days=120)):
        assert each.starts_at.replace(tzinfo=None).time() == rhythm.at
        assert each.starts_at.tzinfo == zone
        assert start <= each.day < start + timedelta(days=120)
        assert each.day >= rhythm.starts_on


@given(rhythms, days)
@settings(max_examples=60, deadline=None)
def test_a_table_meets_on_a_day_off_only_where_the_rule_says_so(rhythm, start):
    found = occurrences(rhythm, start, start + timedelta(days=120))
    if rhythm.holiday_rule != "keep":
        assert not [each for each in found if is_day_off(each.starts_at.date(), rhythm.country, rhythm.extra_holidays)]
    met = [each.starts_at.date() for each in found]
    assert len(set(met)) == len(met)


@given(rhythms, days, st.integers(1, 119))
@settings(max_examples=60, deadline=None)
def test_planning_in_two_goes_names_the_same_days_as_in_one(rhythm, start, cut):
    middle, end = start + timedelta(days=cut), start + timedelta(days=120)
    whole = days_of(rhythm.rrule, rhythm.starts_on, start, end)
    parts = days_of(rhythm.rrule, rhythm.starts_on, start, middle) + days_of(
        rhythm.rrule, rhythm.starts_on, middle, end
    )
    assert parts == whole


def test_the_day_a_series_starts_is_no_meeting_unless_the_rule_names_it():
    assert days_of("FREQ=MONTHLY;BYMONTHDAY=15", date(2026, 1, 2), date(2026, 1, 1), date(2026, 2, 1)) == [
        date(2026, 1, 15)
    ]


def test_clocks_that_go_forward_do_not_move_a_table():
    rhythm = Rhythm(rrule="FREQ=WEEKLY;BYDAY=MO", starts_on=date(2026, 3, 1), at=time(10), time_zone="Europe/Paris")
    found = [each.starts_at.astimezone(UTC).hour for each in occurrences(rhythm, date(2026, 3, 23), date(2026, 4, 4))]
    assert found == [9, 8]


@pytest.mark.parametrize("rrule", ["", "nonsense", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=9,15", "FREQ=MONTHLY;BYDAY=XX"])
def test_a_recurrence_nobody_can_read_or_keep_is_refused(rrule):
    with pytest.raises(ValueError, match=r"RFC 5545|the hour is kept apart"):
        check_rrule(rrule)


def test_a_country_that_is_always_on_holiday_has_no_tables():
    assert met_on(date(2026, 1, 1), "after", lambda _: True) is None


def event(**more):
    values = {
        "uid": "1@relais", "sequence": 3, "name": "Table", "minutes": 90, "time_zone": "Europe/Paris",
        "starts_at": datetime(2026, 7, 15, 8, tzinfo=UTC), "changed_at": datetime(2026, 7, 1, tzinfo=UTC), **more,
    }  # fmt: skip
    return Event(**values)


def read(*events):
    calendar = icalendar.Calendar.from_ical(written(events, "Relais"))
    return calendar, calendar.walk("VEVENT")


def test_a_calendar_program_reads_back_what_was_written():
    about = {
        "place": "Kant",
        "about": "Snow",
        "address": "https://x/",
        "organiser": "Sairon",
        "organiser_email": "a@b.kg",
    }
    calendar, (found,) = read(event(**about))
    assert (found["UID"], found["SEQUENCE"], found["STATUS"]) == ("1@relais", 3, "CONFIRMED")
    assert found["DTSTART"].dt == datetime(2026, 7, 15, 10, tzinfo=ZoneInfo("Europe/Paris"))
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(minutes=90)
    assert found["ORGANIZER"] == "mailto:a@b.kg"
    assert found["ORGANIZER"].params["CN"] == "Sairon"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert found.walk("VALARM")[0]["TRIGGER"].dt == timedelta(days=-1)


def test_a_cancelled_table_says_so_and_rings_no_alarm():
    _calendar, (found,) = read(event(cancelled=True))
    assert found["STATUS"] == "CANCELLED"
    assert found.walk("VALARM") == []


def test_the_same_tables_give_the_same_bytes():
    assert written([event()], "Relais") == written([event()], "Relais")
