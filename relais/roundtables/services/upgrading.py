"""A pack gives a series another rhythm: tables nobody has touched are planned anew, the others stay, and are spoken of."""

from datetime import date, time, timedelta
from typing import TypedDict, Unpack

from django.db import transaction

from relais.journal import services as journal
from relais.journal.models import Entry
from relais.kernel import clock
from relais.organisations.models import Organisation
from relais.places.models import Territory
from relais.roundtables.calendar import Rhythm, occurrences
from relais.roundtables.models import Invitee, Meeting, Notice, Series
from relais.roundtables.services.meetings import change_in_calendars
from relais.roundtables.services.notices import tell
from relais.roundtables.services.planning import PUSHED, plan_meetings, rhythm_of
from relais.roundtables.services.reminders import who_runs
from relais.roundtables.services.series import tell_of_series


class Written(TypedDict):
    """What a pack says of a series."""

    organisation: Organisation
    territory: Territory | None
    names: dict[str, str]
    place: dict[str, str]
    rrule: str
    starts_on: date
    starts_at_time: time
    minutes: int
    time_zone: str
    holiday_rule: str


@transaction.atomic
def upgrade_series(*, series: Series, **written: Unpack[Written]) -> Series:
    """Give a series what its pack now says of it; a new rhythm takes the tables nobody touched with it.

    Those are cancelled in everyone's calendar and planned on the new days. A table someone moved, prepared or answered stays
    where it is, and whoever runs the series is told, because only they know what was agreed about it.
    """
    series = Series.objects.select_for_update().get(pk=series.pk)
    before = rhythm_of(series=series)
    for name, value in written.items():
        setattr(series, name, value)
    series.save(update_fields=list(written))
    after = rhythm_of(series=series)
    if before == after:
        plan_meetings(series=series, by=None)
        return series
    astray = _astray(series, after)
    kept = [meeting for meeting in astray if _is_touched(meeting, before)]
    dropped = [meeting for meeting in astray if meeting not in kept]
    for meeting in dropped:
        # Its day in the series is given back: the new rhythm may use the same day at another hour.
        change_in_calendars(meeting, state=Meeting.State.CANCELLED, reason=Meeting.NEW_RHYTHM, occurrence_on=None)
    journal.write(
        "series.upgraded", series, by=None, rrule=series.rrule, cancelled=len(dropped), kept=[each.pk for each in kept]
    )
    plan_meetings(series=series, by=None)
    if dropped:
        tell_of_series(series=series, meetings=dropped, kind=Notice.Kind.SERIES_CHANGED, by=None)
    for meeting in kept:
        _tell_who_runs(series, meeting)
    return series


def _astray(series: Series, after: Rhythm) -> list[Meeting]:
    """Give the tables to come that the new rhythm would not have put where they are."""
    coming = list(series.meetings.upcoming(clock.now()))
    if not coming:
        return []
    start = clock.today(series.time_zone) - PUSHED
    stands = {each.starts_at for each in occurrences(after, start, coming[-1].local_day + PUSHED)}
    return [meeting for meeting in coming if meeting.starts_at not in stands]


def _is_touched(meeting: Meeting, before: Rhythm) -> bool:
    """Say whether someone moved a table, put something on its agenda, invited to it or answered."""
    if meeting.sequence or meeting.occurrence_on is None:
        return True
    put = occurrences(before, meeting.occurrence_on, meeting.occurrence_on + timedelta(days=1))
    return (
        meeting.starts_at not in {each.starts_at for each in put}
        or meeting.agenda.exists()
        or meeting.invitees.exclude(answer=Invitee.Answer.WAITING).exists()
        or Entry.objects.filter(row_id=meeting.pk).exists()
    )


def _tell_who_runs(series: Series, meeting: Meeting) -> None:
    tell(
        users=who_runs(series.organisation, clock.today(series.time_zone)),
        programme=series.programme,
        kind=Notice.Kind.OFF_RHYTHM,
        about=meeting.pk,
        link=meeting.get_absolute_url(),
        meeting=meeting.names,
        starts_at=meeting.starts_at.isoformat(),
        time_zone=meeting.time_zone,
    )
