"""A pack that gives a series another rhythm: what nobody touched follows, what someone prepared stays and is spoken of."""

from datetime import time, timedelta

import icalendar
import pytest
from django.urls import reverse
from django.utils import translation

from relais.journal.models import Entry
from relais.roundtables import services
from relais.roundtables.models import Meeting, Notice
from relais.roundtables.sentences import notice_words
from tests.roundtables.factories import SeriesFactory
from tests.roundtables.test_series import days

TWENTIETH = "FREQ=MONTHLY;BYMONTHDAY=20"


@pytest.fixture
def series(place):
    made = SeriesFactory(programme=place.programme, organisation=place.sairon)
    made.guests.create(user=place.official)
    services.plan_meetings(series=made, by=None)
    return made


def upgrade(series, **other):
    """Install the same series again, written otherwise."""
    names = services.Written.__annotations__
    return services.upgrade_series(series=series, **{name: getattr(series, name) for name in names} | other)


def test_the_same_rhythm_again_changes_nothing(series):
    before = days(series)
    upgrade(series, names={"en": "The table"})
    assert days(series) == before
    assert not Notice.objects.exists()
    series.refresh_from_db()
    assert series.names == {"en": "The table"}


def test_tables_nobody_touched_are_cancelled_in_every_calendar_and_planned_anew(place, series, client):
    old = [*series.meetings.order_by("starts_at")]
    upgrade(series, rrule=TWENTIETH)
    assert days(series)[:3] == ["20 Nov 10:00", "21 Dec 10:00", "20 Jan 10:00"]
    gone = Meeting.objects.filter(pk__in=[each.pk for each in old])
    assert {(each.state, each.sequence) for each in gone} == {("cancelled", 1)}
    feed = client.get(reverse("roundtables:feed", args=[services.renew_feed(by=place.official)]))
    shown = {str(each["uid"]): each for each in icalendar.Calendar.from_ical(feed.content).walk("VEVENT")}
    assert (shown[old[0].uid]["status"], shown[old[0].uid]["sequence"]) == ("CANCELLED", 1)
    assert Entry.objects.get(verb="series.upgraded").detail["cancelled"] == len(old)


def test_who_is_invited_is_invited_anew_and_told_once(place, series):
    upgrade(series, rrule=TWENTIETH)
    first = series.meetings.filter(state="planned").order_by("starts_at").first()
    assert [each.user for each in first.invitees.all()] == [place.official]
    assert Notice.objects.get(kind="series_changed").user == place.official


def test_another_hour_on_the_same_days_is_another_rhythm(series):
    upgrade(series, starts_at_time=time(9))
    assert {each.split()[-1] for each in days(series)} == {"09:00"}


def _moved(place, meeting):
    services.move_meeting(meeting=meeting, starts_at=meeting.starts_at + timedelta(days=1), by=place.coordinator)


def _prepared(place, meeting):
    services.add_agenda_item(meeting=meeting, title="The fee", by=place.official)


def _answered(place, meeting):
    services.answer_invitation(meeting=meeting, coming=True, by=place.official)


def _invited_to(place, meeting):
    services.invite(meeting=meeting, by=place.coordinator, labels=["Two villagers of Kant"])


@pytest.mark.parametrize("touch", [_moved, _prepared, _answered, _invited_to])
def test_a_table_someone_touched_stays_and_the_coordinator_is_told(place, series, touch):
    first = series.meetings.order_by("starts_at").first()
    touch(place, first)
    first.refresh_from_db()
    stood = first.starts_at
    upgrade(series, rrule=TWENTIETH)
    first.refresh_from_db()
    assert (first.state, first.starts_at) == ("planned", stood)
    told = Notice.objects.get(kind="off_rhythm", user=place.coordinator)
    assert told.link == first.get_absolute_url()
    assert "stays on" in notice_words(told)
    assert "20 Nov 10:00" in days(series)


def test_the_same_pack_again_leaves_a_table_that_stayed_in_peace(place, series):
    first = series.meetings.order_by("starts_at").first()
    _answered(place, first)
    for _time in range(2):
        series = upgrade(series, rrule=TWENTIETH)
    assert Notice.objects.filter(kind="off_rhythm", user=place.coordinator).count() == 1
    assert series.meetings.filter(state="cancelled", sequence__gt=1).count() == 0


def test_a_table_that_falls_on_a_new_day_too_stays_whole(series):
    before = {each.pk: each.starts_at for each in series.meetings.all()}
    upgrade(series, rrule="FREQ=MONTHLY;BYMONTHDAY=1,15")
    kept = Meeting.objects.filter(pk__in=before, state="planned")
    assert {each.pk: each.starts_at for each in kept} == before


def test_a_series_whose_tables_are_all_over_only_plans(series):
    series.meetings.all().delete()
    upgrade(series, rrule=TWENTIETH)
    assert days(series)[0] == "20 Nov 10:00"


def test_why_it_was_cancelled_is_said_in_the_language_of_the_reader(place, series, sign_in):
    gone = series.meetings.order_by("starts_at").first()
    upgrade(series, rrule=TWENTIETH)
    page = sign_in(place.coordinator).get(
        reverse("roundtables:detail", args=[gone.pk]), headers={"accept-language": "fr"}
    )
    assert "Le programme a donné un autre rythme" in page.content.decode()
    gone.refresh_from_db()
    with translation.override("en"):
        assert "another rhythm" in gone.why_cancelled
