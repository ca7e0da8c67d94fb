"""Putting the meetings of a series in the calendar, half a year ahead."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from relais.access.lock import require
from relais.access.roles import ROLES, Role
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.organisations.models import Membership
from relais.programmes.models import Programme
from relais.roundtables.calendar import Occurrence, Rhythm, occurrences
from relais.roundtables.models import Invitee, Meeting, Series

AHEAD = timedelta(days=183)
"""How far ahead meetings of a series are planned."""
PUSHED = timedelta(days=30)
"""How far holidays may push a meeting: its day in the series may be over while it is still to come."""


def rhythm_of(*, series: Series) -> Rhythm:
    """Give a series as the calendar reads it."""
    return Rhythm(
        rrule=series.rrule,
        starts_on=series.starts_on,
        at=series.starts_at_time,
        time_zone=series.time_zone,
        country=series.programme.country.code,
        holiday_rule=series.holiday_rule,
        extra_holidays=frozenset(date.fromisoformat(day) for day in series.extra_holidays),
    )


@transaction.atomic
def plan_meetings(*, series: Series, by: User | None, until: date | None = None) -> list[Meeting]:
    """Put the next meetings of a series in the calendar; those already there, past or moved, stay as they are.

    `by` is None for the worker of the machine itself.
    """
    if by is not None:
        require(by, Verb.TABLE_MANAGE, series)
    Series.objects.select_for_update().get(pk=series.pk)
    today = clock.today(series.time_zone)
    end = min(until or today + AHEAD, series.ended_on or date.max)
    known = set(series.meetings.values_list("occurrence_on", flat=True))
    due = [each for each in occurrences(rhythm_of(series=series), today - PUSHED, end) if each.day not in known]
    made = [_plan(series, each) for each in due if each.starts_at > clock.now()]
    for waiting in series.meetings.upcoming(clock.now()).filter(invitees=None):
        _invite_as_always(waiting)  # planned before anyone had joined
    if made:
        journal.write("series.planned", series, by=by, days=[meeting.occurrence_on for meeting in made])
    return made


def _plan(series: Series, occurrence: Occurrence) -> Meeting:
    id = uuid7()
    meeting = Meeting.objects.create(
        id=id,
        series=series,
        programme=series.programme,
        organisation=series.organisation,
        occurrence_on=occurrence.day,
        names=series.names,
        place=series.place,
        starts_at=occurrence.starts_at,
        minutes=series.minutes,
        time_zone=series.time_zone,
        public=series.public,
        uid=f"{id}@relais",
        changed_at=clock.now(),
    )
    _invite_as_always(meeting)
    return meeting


def _invite_as_always(meeting: Meeting) -> None:
    """Invite who is always invited; without such a list who was invited last, and to the first who prepares tables."""
    series = meeting.series
    if series is None:
        return
    people = list(series.guests.values_list("user", "label"))
    if not people:
        others = Invitee.objects.filter(meeting__series=series).exclude(meeting=meeting)
        latest = others.order_by("-meeting__starts_at").values_list("meeting", flat=True).first()
        people = list(Invitee.objects.filter(meeting=latest).values_list("user", "label"))
    people = people or [(user, "") for user in _who_prepares(series.programme)]
    Invitee.objects.bulk_create(Invitee(meeting=meeting, user_id=user, label=label) for user, label in people)


def _who_prepares(programme: Programme) -> list[UUID]:
    """Give who prepares tables for the partners: the first to be invited to a new series."""
    roles = [role for role in Role if Verb.TABLE_MANAGE in ROLES[role]]
    held = Membership.objects.current(clock.today()).filter(
        organisation__partnerships__programme=programme, role__in=roles
    )
    return list(held.order_by("user").values_list("user", flat=True).distinct())
