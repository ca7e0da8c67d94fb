"""Calling, moving and cancelling a table, who comes, and its minutes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.journal.models import Entry
from relais.kernel.refusals import Conflict, Refusal
from relais.roundtables import services
from relais.roundtables.models import Invitee, Meeting, Notice
from tests.organisations.factories import MembershipFactory, member
from tests.roundtables.factories import InviteeFactory, MeetingFactory, SeriesFactory

NEXT_WEEK = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture
def series(place):
    return SeriesFactory(programme=place.programme, organisation=place.sairon)


@pytest.fixture
def coming(place):
    """A table still to come, to which the official is invited."""
    meeting = MeetingFactory(programme=place.programme, organisation=place.sairon)
    InviteeFactory(meeting=meeting, user=place.official)
    return meeting


def call(place, **more):
    values = {"names": {"en": "Extraordinary"}, "place": {"en": "Kant"}, "starts_at": NEXT_WEEK, **more}
    return services.call_meeting(programme=place.programme, by=place.coordinator, **values)


def test_a_series_plans_half_a_year_ahead_on_the_fifteenth_or_the_next_working_day(place, series):
    made = services.plan_meetings(series=series, by=place.coordinator)
    assert [each.occurrence_on.day for each in made] == [15] * len(made)
    assert [each.local_start.strftime("%d %b %H:%M") for each in made[:4]] == [
        "16 Nov 10:00", "15 Dec 10:00", "15 Jan 10:00", "15 Feb 10:00",
    ]  # fmt: skip
    assert all(each.uid == f"{each.pk}@relais" for each in made)


def test_planning_again_changes_nothing(place, series):
    first = services.plan_meetings(series=series, by=place.coordinator)
    services.move_meeting(meeting=first[0], starts_at=first[0].starts_at + timedelta(days=1), by=place.coordinator)
    services.cancel_meeting(meeting=first[1], reason="The hall burnt down.", by=place.official)
    assert services.plan_meetings(series=series, by=None) == []
    assert Meeting.objects.get(pk=first[1].pk).state == Meeting.State.CANCELLED


def test_a_series_that_ended_plans_nothing_after_its_end(place, series):
    series.ended_on, series.ended_because = date(2027, 1, 1), "The office moved."
    series.save()
    assert [each.occurrence_on for each in services.plan_meetings(series=series, by=None)] == [
        date(2026, 11, 15), date(2026, 12, 15),
    ]  # fmt: skip


def test_the_first_table_invites_who_prepares_it_and_later_ones_who_was_there(place, series):
    MembershipFactory(
        user=place.official, organisation=place.office, role=Role.COORDINATOR
    )  # twice in charge, once invited
    *_rest, first = services.plan_meetings(series=series, by=None, until=date(2027, 1, 1))
    assert set(first.invitees.values_list("user", flat=True)) == {place.coordinator.pk, place.official.pk}
    InviteeFactory(meeting=first, user=None, label="Villagers of Kant")
    second, *_rest = services.plan_meetings(series=series, by=None, until=date(2027, 2, 1))
    assert set(second.invitees.values_list("label", flat=True)) == {"", "Villagers of Kant"}


def test_a_stranger_can_neither_plan_nor_call_a_table(place, series):
    with pytest.raises(OutOfReach):
        services.plan_meetings(series=series, by=place.stranger)
    with pytest.raises(OutOfReach):
        services.call_meeting(programme=place.programme, names={}, place={}, starts_at=NEXT_WEEK, by=place.stranger)


def test_a_table_called_twice_with_one_id_is_one_table(place):
    from uuid import uuid4

    id = uuid4()
    assert call(place, id=id) == call(place, id=id)
    assert Meeting.objects.count() == 1


def test_one_calls_a_table_for_ones_own_organisation_only(place):
    with pytest.raises(Refusal, match="cannot do this for that organisation"):
        call(place, organisation=place.office)


def test_moving_a_table_makes_its_sequence_grow_and_tells_who_is_invited(place, coming):
    moved = services.move_meeting(meeting=coming, starts_at=NEXT_WEEK, by=place.coordinator, minutes=90)
    assert (moved.sequence, moved.minutes, moved.uid) == (1, 90, coming.uid)
    assert Notice.objects.get(kind="moved").user == place.official
    same = services.move_meeting(meeting=moved, starts_at=NEXT_WEEK, by=place.coordinator)
    assert same.sequence == 1


def test_cancelling_needs_a_reason_and_cannot_be_undone(place, coming):
    with pytest.raises(Refusal, match="why"):
        services.cancel_meeting(meeting=coming, reason=" ", by=place.coordinator)
    cancelled = services.cancel_meeting(meeting=coming, reason="Snow on the pass.", by=place.coordinator)
    assert (cancelled.state, cancelled.sequence) == ("cancelled", 1)
    assert Notice.objects.get(kind="cancelled").detail["reason"] == "Snow on the pass."
    with pytest.raises(Refusal, match="cannot be changed"):
        services.move_meeting(meeting=cancelled, starts_at=NEXT_WEEK, by=place.coordinator)


def test_only_members_of_partners_are_invited_by_account_and_nobody_twice(place, coming):
    villagers = ["Two villagers", " Two villagers ", ""]
    new = services.invite(meeting=coming, by=place.coordinator, users=[place.companion], labels=villagers)
    assert [each.label for each in new] == ["", "Two villagers"]
    assert services.invite(meeting=coming, by=place.coordinator, users=[place.companion], labels=villagers) == []
    assert Notice.objects.get(kind="invited").user == place.companion
    with pytest.raises(Refusal, match="Only members"):
        services.invite(meeting=coming, by=place.coordinator, users=[place.stranger])


def test_one_answers_ones_own_invitation(place, coming):
    services.answer_invitation(meeting=coming, coming=True, by=place.official)
    assert Invitee.objects.get(user=place.official).answer == "coming"
    services.answer_invitation(meeting=coming, coming=False, by=place.official)
    assert Invitee.objects.get(user=place.official).answer == "not_coming"
    with pytest.raises(Refusal, match="not invited"):
        services.answer_invitation(meeting=coming, coming=True, by=place.companion)
    with pytest.raises(OutOfReach):
        services.answer_invitation(meeting=coming, coming=True, by=place.stranger)


def test_a_cancelled_table_asks_for_no_answer(place, coming):
    services.cancel_meeting(meeting=coming, reason="Snow.", by=place.coordinator)
    coming.refresh_from_db()
    with pytest.raises(Refusal, match="over or cancelled"):
        services.answer_invitation(meeting=coming, coming=True, by=place.official)


def test_minutes_close_the_table_and_say_who_came(place, meeting):
    official = meeting.invitees.get(user=place.official)
    held = services.write_minutes(meeting=meeting, text="We spoke of witnesses.", by=place.coordinator, came=[official])
    assert (held.state, held.minutes_text) == ("held", "We spoke of witnesses.")
    official.refresh_from_db()
    assert official.answer == "came"
    services.write_minutes(meeting=held, text="We spoke of witnesses, at length.", by=place.official, came=[])
    official.refresh_from_db()
    assert official.answer == "coming"


def test_two_writers_of_minutes_do_not_overwrite_each_other(place, meeting):
    services.write_minutes(meeting=meeting, text="First.", by=place.coordinator, revision=0)
    with pytest.raises(Conflict, match="Someone else") as told:
        services.write_minutes(meeting=meeting, text="Second.", by=place.official, revision=0)
    meeting.refresh_from_db()
    assert meeting.minutes_text == "First."
    assert [text for _label, text in told.value.newer] == ["First."]
    assert place.coordinator.username in told.value.why
    both = services.write_minutes(meeting=meeting, text="First. Second.", by=place.official, revision=1)
    assert (both.minutes_text, both.revision) == ("First. Second.", 2)


def test_minutes_say_something_about_a_table_that_took_place(place, meeting, coming):
    with pytest.raises(Refusal, match="no minutes yet"):
        services.write_minutes(meeting=coming, text="Nothing yet.", by=place.coordinator)
    with pytest.raises(Refusal, match="at least one sentence"):
        services.write_minutes(meeting=meeting, text="  ", by=place.coordinator)
    with pytest.raises(OutOfReach):
        services.write_minutes(meeting=meeting, text="Mine.", by=place.companion)


def test_what_happens_to_a_table_is_in_the_journal(place, coming):
    services.move_meeting(meeting=coming, starts_at=NEXT_WEEK, by=place.coordinator)
    services.cancel_meeting(meeting=coming, reason="Snow.", by=place.coordinator)
    assert list(Entry.objects.filter(row_id=coming.pk).values_list("verb", flat=True)) == [
        "meeting.moved", "meeting.cancelled",
    ]  # fmt: skip


def test_someone_whose_account_is_closed_is_not_invited(place, coming):
    left = member(Role.COMPANION, place.sairon, is_active=False)
    with pytest.raises(Refusal, match="Only members"):
        services.invite(meeting=coming, by=place.coordinator, users=[left])
