"""A rhythm of meetings: started, changed and ended by people, with what is in the calendar following."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from relais.access.lock import OutOfReach
from relais.kernel.refusals import Refusal
from relais.roundtables import services
from relais.roundtables.models import Invitee, Meeting, Notice
from tests.roundtables.factories import MeetingFactory

MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=15"
FORTNIGHT = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"


def plan(**more):
    said = {
        "names": {"en": "Table of Kant"},
        "place": {"en": "Village hall, Kant"},
        "rrule": MONTHLY,
        "starts_on": date(2026, 11, 1),
        "starts_at_time": time(10),
    }
    return services.Plan(**said | more)


@pytest.fixture
def series(place):
    return services.make_series(
        programme=place.programme,
        plan=plan(users=[place.coordinator, place.official], labels=["Two villagers of Kant", " "]),
        by=place.coordinator,
    )


def days(series):
    return [f"{each.local_start:%d %b %H:%M}" for each in series.meetings.filter(state="planned").order_by("starts_at")]


def test_a_series_is_in_the_calendar_as_soon_as_it_is_made(series):
    assert days(series)[:3] == ["16 Nov 10:00", "15 Dec 10:00", "15 Jan 10:00"]
    assert series.time_zone == "Asia/Bishkek"


def test_who_is_always_invited_is_invited_to_each_of_its_tables(place, series):
    for meeting in series.meetings.all():
        assert set(meeting.invitees.values_list("user", "label")) == {
            (place.coordinator.pk, ""), (place.official.pk, ""), (None, "Two villagers of Kant"),
        }  # fmt: skip


def test_a_series_said_twice_with_one_id_is_one_series(place):
    said = {"programme": place.programme, "plan": plan(), "by": place.coordinator, "id": uuid4()}
    assert services.make_series(**said) == services.make_series(**said)
    assert place.programme.series.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"rrule": "FREQ=HOURLY"}, "cannot be read"), ({"rrule": "soon"}, "cannot be read"), ({"names": {}}, "called")],
)
def test_a_series_nobody_could_follow_is_refused(place, wrong, words):
    with pytest.raises(Refusal, match=words):
        services.make_series(programme=place.programme, plan=plan(**wrong), by=place.coordinator)


def test_only_members_of_the_partners_are_always_invited_by_their_account(place):
    with pytest.raises(Refusal, match="members of the partners"):
        services.make_series(programme=place.programme, plan=plan(users=[place.stranger]), by=place.coordinator)


def test_a_companion_starts_changes_and_ends_no_series(place, series):
    with pytest.raises(OutOfReach):
        services.make_series(programme=place.programme, plan=plan(), by=place.companion)
    with pytest.raises(OutOfReach):
        services.change_series(series=series, plan=plan(), by=place.companion)
    with pytest.raises(OutOfReach):
        services.end_series(series=series, reason="No.", by=place.companion)


def test_tables_in_the_calendar_follow_a_new_rhythm_with_their_agenda_and_guests(place, series):
    first = series.meetings.order_by("starts_at").first()
    services.add_agenda_item(meeting=first, title="The archive of Kant", by=place.coordinator)
    later = plan(rrule="FREQ=MONTHLY;BYMONTHDAY=20", starts_at_time=time(14), users=[place.official])
    services.change_series(series=series, plan=later, by=place.coordinator)
    first.refresh_from_db()
    assert f"{first.local_start:%d %b %H:%M}" == "20 Nov 14:00"
    assert (first.sequence, first.agenda.count(), first.invitees.count()) == (1, 1, 3)
    assert days(series)[:3] == ["20 Nov 14:00", "21 Dec 14:00", "20 Jan 14:00"]
    assert not series.meetings.filter(state="cancelled").exists()


def test_everyone_invited_is_told_of_a_change_once(place, series):
    services.change_series(series=series, plan=plan(starts_at_time=time(14)), by=place.coordinator)
    told = Notice.objects.get(kind="series_changed")
    assert (told.user, told.link) == (place.official, series.get_absolute_url())


def test_a_table_someone_moved_by_hand_stays_where_it_was_put(place, series):
    first = series.meetings.order_by("starts_at").first()
    moved = first.starts_at + timedelta(days=2)
    services.move_meeting(meeting=first, starts_at=moved, by=place.official)
    services.change_series(series=series, plan=plan(starts_at_time=time(14)), by=place.coordinator)
    first.refresh_from_db()
    assert first.starts_at == moved
    assert days(series)[:2] == ["18 Nov 10:00", "15 Dec 14:00"]


def test_tables_that_fall_away_need_a_reason_and_are_cancelled_with_it(place):
    weekly = services.make_series(programme=place.programme, plan=plan(rrule=FORTNIGHT), by=place.coordinator)
    before = weekly.meetings.count()
    with pytest.raises(Refusal, match="why the rhythm changes"):
        services.change_series(series=weekly, plan=plan(), by=place.coordinator)
    services.change_series(series=weekly, plan=plan(), by=place.coordinator, reason="Once a month is enough.")
    gone = weekly.meetings.filter(state="cancelled")
    assert set(gone.values_list("reason", flat=True)) == {"Once a month is enough."}
    assert days(weekly)[0] == "16 Nov 10:00"
    assert gone.count() + len(days(weekly)) == before


def test_a_change_of_nothing_moves_nothing(place, series):
    before = days(series)
    services.change_series(series=series, plan=plan(), by=place.coordinator)
    assert days(series) == before
    assert not Notice.objects.filter(kind="series_changed").exists()
    assert set(series.meetings.values_list("sequence", flat=True)) == {0}


def test_a_series_ends_on_a_day_with_its_reason(place, series):
    with pytest.raises(Refusal, match="why the series ends"):
        services.end_series(series=series, reason=" ", by=place.coordinator)
    services.end_series(series=series, reason="The law passed.", by=place.coordinator, ended_on=date(2027, 1, 1))
    assert days(series) == ["16 Nov 10:00", "15 Dec 10:00"]
    assert Notice.objects.get(kind="series_ended").user == place.official
    assert services.plan_meetings(series=series, by=None) == []
    for too_late in (services.end_series, services.change_series):
        more = {"plan": plan()} if too_late is services.change_series else {}
        with pytest.raises(Refusal, match="has ended"):
            too_late(series=series, reason="Again.", by=place.coordinator, **more)


def test_a_table_planned_before_anyone_joined_invites_them_once_they_are_there(place, series):
    Invitee.objects.all().delete()
    series.guests.all().delete()
    services.plan_meetings(series=series, by=None)
    alone = series.meetings.order_by("starts_at").first()
    assert set(alone.invitees.values_list("user", flat=True)) == {place.coordinator.pk, place.official.pk}


def test_a_table_of_no_series_has_no_standing_guests(place):
    alone = MeetingFactory(programme=place.programme, starts_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert alone.series is None
    assert Meeting.objects.get(pk=alone.pk).invitees.count() == 0
