"""A rhythm of meetings: made, changed, ended; what is in the calendar already follows, and who is invited is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.kernel.text import pick
from relais.organisations.models import Organisation
from relais.programmes.models import Programme
from relais.roundtables.calendar import Occurrence, Rhythm, check_rrule, occurrences
from relais.roundtables.models import Meeting, Notice, Series, SeriesGuest
from relais.roundtables.services.acting import acting_for, members_of_partners
from relais.roundtables.services.meetings import change_in_calendars
from relais.roundtables.services.notices import tell
from relais.roundtables.services.planning import AHEAD, PUSHED, plan_meetings, rhythm_of


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What someone says of a series: what it is called, where and how often it meets, and who is always invited."""

    names: dict[str, str]
    place: dict[str, str]
    rrule: str
    starts_on: date
    starts_at_time: time
    minutes: int = 120
    holiday_rule: str = Series.HolidayRule.AFTER
    public: bool = False
    users: list[User] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def columns(self) -> dict[str, object]:
        """Give what stands on the row of the series itself."""
        return {name: value for name, value in vars(self).items() if name not in {"users", "labels"}}


@transaction.atomic
def make_series(
    *, programme: Programme, plan: Plan, by: User, organisation: Organisation | None = None, id: UUID | None = None
) -> Series:
    """Start a series, and put its first half year in the calendar; said twice with one id, it is one series."""
    require(by, Verb.TABLE_MANAGE, programme)
    convenor = acting_for(by=by, verb=Verb.TABLE_MANAGE, programme=programme, named=organisation)
    id = id or uuid7()
    made: Series | None = sent_before(Series, id, programme=programme)
    if made is not None:
        return made
    _refuse_no_rhythm(plan)
    series = Series.objects.create(
        id=id,
        key=f"{slugify(pick(plan.names, 'en'))[:40] or 'series'}-{id.hex[-8:]}",
        programme=programme,
        organisation=convenor,
        time_zone=programme.time_zone,
        changed_at=clock.now(),
        **plan.columns(),
    )
    _set_guests(series, plan.users, plan.labels)
    journal.write("series.made", series, by=by, rrule=series.rrule)
    plan_meetings(series=series, by=by)
    return series


@transaction.atomic
def change_series(*, series: Series, plan: Plan, by: User, reason: str = "") -> Series:
    """Give a series another rhythm, hour, place or guests.

    Tables already in the calendar follow, unless someone moved them by hand; those whose day no longer comes up are
    cancelled with the reason, and everyone invited is told once.
    """
    require(by, Verb.TABLE_MANAGE, series)
    series = _running(series)
    _refuse_no_rhythm(plan)
    before = rhythm_of(series=series)
    for name, value in plan.columns().items():
        setattr(series, name, value)
    series.changed_at = clock.now()
    series.save()
    _set_guests(series, plan.users, plan.labels)
    coming = list(series.meetings.upcoming(clock.now()))
    moved = _follow(series, coming, before, rhythm_of(series=series), reason.strip())
    series.meetings.upcoming(clock.now()).update(public=series.public)
    journal.write("series.changed", series, by=by, rrule=series.rrule, moved=moved)
    plan_meetings(series=series, by=by)
    if moved:
        tell_of_series(series=series, meetings=coming, kind=Notice.Kind.SERIES_CHANGED, by=by, reason=reason.strip())
    return series


@transaction.atomic
def end_series(*, series: Series, reason: str, by: User, ended_on: date | None = None) -> Series:
    """End a series from a day on: no further table is planned, and those after it are cancelled with the reason."""
    require(by, Verb.TABLE_MANAGE, series)
    if not reason.strip():
        raise Refusal(_("Say why the series ends."), why=_("Everyone invited will read it."))
    series = _running(series)
    series.ended_on, series.ended_because = ended_on or clock.today(series.time_zone), reason.strip()
    series.changed_at = clock.now()
    series.save(update_fields=["ended_on", "ended_because", "changed_at"])
    dropped = [each for each in series.meetings.upcoming(clock.now()) if each.local_day >= series.ended_on]
    for meeting in dropped:
        change_in_calendars(meeting, state=Meeting.State.CANCELLED, reason=series.ended_because)
    journal.write("series.ended", series, by=by, ended_on=series.ended_on, cancelled=len(dropped))
    tell_of_series(series=series, meetings=dropped, kind=Notice.Kind.SERIES_ENDED, by=by, reason=series.ended_because)
    return series


def _running(series: Series) -> Series:
    held: Series = Series.objects.select_for_update().get(pk=series.pk)
    if held.ended_on is not None:
        raise Refusal(
            _("This series has ended."), why=held.ended_because, next=_("Start another one: this one keeps its past.")
        )
    return held


def _refuse_no_rhythm(plan: Plan) -> None:
    """Refuse a recurrence nobody can read, or one that never comes up."""
    try:
        check_rrule(plan.rrule)
    except ValueError as wrong:
        raise Refusal(
            _("This rhythm cannot be read."), why=str(wrong), next=_("Choose one of the others, or correct the rule.")
        ) from wrong
    if not pick(plan.names).strip():
        raise Refusal(_("Say what these meetings are called."))


def _set_guests(series: Series, users: Iterable[User], labels: Iterable[str]) -> None:
    wanted = {user.pk for user in users}
    if wanted - {user.pk for user in members_of_partners(programme=series.programme, ids=list(wanted))}:
        raise Refusal(
            _("Only members of the partners can be invited by their account."),
            next=_("Name others by who they are for the table, such as “two villagers of Kant”."),
        )
    named = [words for label in labels if (words := label.strip())]
    series.guests.all().delete()
    guests = [SeriesGuest(series=series, user_id=user) for user in wanted]
    SeriesGuest.objects.bulk_create(
        [*guests, *(SeriesGuest(series=series, label=each) for each in dict.fromkeys(named))]
    )


def _follow(series: Series, coming: list[Meeting], before: Rhythm, after: Rhythm, reason: str) -> int:
    """Move the tables that stand as the old rhythm put them, in order, to the new days; cancel those left over.

    A table keeps its agenda, its guests and its place in everyone's calendar that way.
    """
    start, end = clock.today(series.time_zone) - PUSHED, clock.today(series.time_zone) + AHEAD
    end = max([end, *(each.occurrence_on + timedelta(days=1) for each in coming if each.occurrence_on)])
    stood = {each.day: each.starts_at for each in occurrences(before, start, end)}
    ours = [each for each in coming if each.occurrence_on and each.starts_at == stood.get(each.occurrence_on)]
    taken = set(series.meetings.exclude(pk__in=[each.pk for each in ours]).values_list("occurrence_on", flat=True))
    # A little further than the tables there are: the last of them may move from the 15th to the 20th.
    possible = occurrences(after, start, end + PUSHED)
    free = [each for each in possible if each.day not in taken and each.starts_at > clock.now()]
    if len(ours) > len(free) and not reason:
        raise Refusal(
            _("Say why the rhythm changes."),
            why=_("Tables that are in the calendar fall away, and everyone invited will read why."),
        )
    # The days of a series are unique: they are given back first, so that one table can take the day of another.
    Meeting.objects.filter(pk__in=[each.pk for each in ours]).update(occurrence_on=None)
    moved = [_put(series, meeting, new) for meeting, new in zip(ours, free, strict=False)]
    for meeting in ours[len(free) :]:
        change_in_calendars(meeting, state=Meeting.State.CANCELLED, reason=reason)
    return sum(moved) + max(0, len(ours) - len(free))


def _put(series: Series, meeting: Meeting, new: Occurrence) -> bool:
    """Put one table where the series says, and say whether that changed anything in calendars."""
    stands = {"starts_at": new.starts_at, "place": series.place, "minutes": series.minutes, "names": series.names}
    if any(getattr(meeting, name) != value for name, value in stands.items()):
        change_in_calendars(meeting, occurrence_on=new.day, **stands)
        return True
    Meeting.objects.filter(pk=meeting.pk).update(occurrence_on=new.day)
    return False


def tell_of_series(
    *, series: Series, meetings: Iterable[Meeting], kind: Notice.Kind, by: User | None, reason: str = ""
) -> None:
    """Tell everyone invited to any of these tables, once."""
    following = series.meetings.upcoming(clock.now()).first()
    invited = User.objects.filter(invitations_to_tables__meeting__in=list(meetings)).distinct()
    if following is None:
        kind = Notice.Kind.SERIES_ENDED
    when = {"starts_at": following.starts_at.isoformat(), "time_zone": following.time_zone} if following else {}
    tell(
        users=invited,
        programme=series.programme,
        kind=kind,
        about=series.pk,
        link=series.get_absolute_url(),
        but=by,
        meeting=series.names,
        reason=reason,
        **when,
    )
