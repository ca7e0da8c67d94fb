"""Series of meetings, meetings, who is invited, and what is on the agenda."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relais.barriers.models import Barrier, BarrierGroup
from relais.kernel.models import Row
from relais.kernel.text import TranslatedField, pick
from relais.organisations.models import Organisation
from relais.places.models import Territory
from relais.procedures.models import ProcedureVersion, Requirement
from relais.programmes.models import Programme
from relais.roundtables.queries import InviteeQuerySet, MeetingQuerySet, SeriesQuerySet
from relais.roundtables.rhythms import in_words


def _of_the_pack() -> str:
    return gettext("The programme gave these meetings another rhythm; the new days are in the calendar.")


class Series(Row):
    """A rhythm of meetings, kept as wall time where they happen."""

    class HolidayRule(models.TextChoices):
        """What if the day is a holiday or a weekend."""

        KEEP = "keep", _("meet all the same")
        BEFORE = "before", _("meet on the working day before")
        AFTER = "after", _("meet on the next working day")
        SKIP = "skip", _("do not meet")

    key = models.SlugField(_("key"), max_length=60)
    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="series")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("convened by"), related_name="series")
    territory = models.ForeignKey(
        Territory, models.PROTECT, verbose_name=_("territory"), null=True, blank=True, related_name="series"
    )
    names = TranslatedField(_("names"))
    place = TranslatedField(_("place"))
    rrule = models.CharField(_("recurrence"), max_length=200)
    starts_on = models.DateField(_("first on or after"))
    starts_at_time = models.TimeField(_("at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=120)
    time_zone = models.CharField(_("time zone"), max_length=40)
    holiday_rule = models.CharField(_("on a holiday"), max_length=10, choices=HolidayRule, default=HolidayRule.AFTER)
    extra_holidays = models.JSONField(_("further days off"), default=list, blank=True)
    public = models.BooleanField(_("in the public calendar"), default=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_because = models.CharField(_("why it ended"), max_length=300, blank=True)
    changed_at = models.DateTimeField(_("changed here at"), null=True, blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="series_once"),
            models.CheckConstraint(
                name="series_ended_with_reason",
                condition=models.Q(ended_on=None, ended_because="")
                | (models.Q(ended_on__isnull=False) & ~models.Q(ended_because="")),
            ),
        ]

    class Privacy:
        open = {
            "id",
            "key",
            "programme",
            "organisation",
            "territory",
            "names",
            "place",
            "rrule",
            "starts_on",
            "starts_at_time",
            "minutes",
            "time_zone",
            "holiday_rule",
            "extra_holidays",
            "public",
            "ended_on",
            "ended_because",
            "changed_at",
        }
        personal: set[str] = set()
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names)

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("roundtables:series", args=[self.pk])

    @property
    def rhythm(self) -> str:
        """Say how often it meets, in the reader's language."""
        return in_words(self.rrule)


class SeriesGuest(Row):
    """Someone invited to each meeting of a series: a member of a partner, or others by who they are for the table."""

    series = models.ForeignKey(Series, models.CASCADE, verbose_name=_("series"), related_name="guests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("who"), null=True, blank=True, related_name="+"
    )
    label = models.CharField(_("who, for the table"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("always invited")
        ordering = ["user__display_name", "label"]
        constraints = [models.UniqueConstraint(fields=["series", "user"], name="series_guest_once")]

    class Privacy:
        open = {"id", "series"}
        personal = {"user", "label"}
        secret: set[str] = set()


class Meeting(Row):
    """One round table: stable UID and a sequence that grows with each change, as iCalendar asks."""

    class State(models.TextChoices):
        """Where it stands."""

        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    series = models.ForeignKey(
        Series, models.PROTECT, verbose_name=_("series"), null=True, blank=True, related_name="meetings"
    )
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name=_("programme"), related_name="meetings")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("convened by"), related_name="meetings"
    )
    occurrence_on = models.DateField(_("day in the series"), null=True, blank=True)
    names = TranslatedField(_("names"))
    place = TranslatedField(_("place"))
    starts_at = models.DateTimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=120)
    time_zone = models.CharField(_("time zone"), max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    NEW_RHYTHM = "new-rhythm"
    reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    public = models.BooleanField(_("in the public calendar"), default=False)
    uid = models.CharField(_("calendar identifier"), max_length=120, unique=True)
    sequence = models.PositiveIntegerField(_("sequence"), default=0)
    changed_at = models.DateTimeField(_("changed at"))
    minutes_text = models.TextField(_("minutes of the meeting"), max_length=20000, blank=True)
    revision = models.PositiveIntegerField(_("revision of the minutes"), default=0)
    held_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("round table")
        verbose_name_plural = _("round tables")
        ordering = ["-starts_at"]
        constraints = [models.UniqueConstraint(fields=["series", "occurrence_on"], name="meeting_once_an_occurrence")]

    class Privacy:
        open = {
            "id",
            "series",
            "programme",
            "organisation",
            "occurrence_on",
            "names",
            "place",
            "starts_at",
            "minutes",
            "time_zone",
            "state",
            "reason",
            "public",
            "uid",
            "sequence",
            "changed_at",
            "minutes_text",
            "revision",
            "held_at",
        }
        personal: set[str] = set()
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names)

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("roundtables:detail", args=[self.pk])

    @property
    def why_cancelled(self) -> str:
        """Give the reason as it was written, or in the reader's language where no one person gave it."""
        return _of_the_pack() if self.reason == self.NEW_RHYTHM else self.reason

    @property
    def ends_at(self) -> datetime:
        """Give when it ends."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def local_start(self) -> datetime:
        """Give when it starts on the wall clock of its place."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def local_day(self) -> date:
        """Give the day on the wall calendar of its place: templates would move an instant to another zone."""
        return self.local_start.date()

    @property
    def local_hour(self) -> str:
        """Give the hour on the wall clock of its place."""
        return f"{self.local_start:%H:%M}"


class Invitee(Row):
    """Someone invited to a round table: a member, or villagers and others named by who they are for the table."""

    class Answer(models.TextChoices):
        """What they said."""

        WAITING = "waiting", _("no answer yet")
        COMING = "coming", _("coming")
        NOT_COMING = "not_coming", _("not coming")
        CAME = "came", _("came")

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name=_("round table"), related_name="invitees")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("who"),
        null=True,
        blank=True,
        related_name="invitations_to_tables",
    )
    label = models.CharField(_("who, for the table"), max_length=120, blank=True)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = InviteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a round table")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="invitee_once")]

    class Privacy:
        open = {"id", "meeting", "answer", "answered_at"}
        personal = {"user", "label"}
        secret: set[str] = set()


class AgendaItem(Row):
    """Something to talk about, with the reason it is there."""

    class Reason(models.TextChoices):
        """Why it is proposed."""

        MOST_STOPPED = "most_stopped", _("stops most people")
        RISING = "rising", _("rises fastest")
        OVERDUE = "overdue", _("a commitment is late")
        DRAFT = "draft", _("a draft is ready to be decided")
        CONSULTED = "consulted", _("answers to a consultation are in")
        RETURNS = "returns", _("dossiers came back")
        OFF_COURSE = "off_course", _("an indicator is off course")
        ADDED = "added", _("added by a participant")

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name=_("round table"), related_name="agenda")
    position = models.PositiveSmallIntegerField(_("position"))
    reason = models.CharField(_("reason"), max_length=15, choices=Reason)
    title = models.CharField(_("title"), max_length=200, blank=True)
    figure = models.PositiveIntegerField(_("figure"), null=True, blank=True)
    compared_to = models.PositiveIntegerField(_("compared to"), null=True, blank=True)
    barrier_group = models.ForeignKey(
        BarrierGroup, models.SET_NULL, verbose_name=_("group of barriers"), null=True, blank=True, related_name="+"
    )
    barrier = models.ForeignKey(
        Barrier, models.SET_NULL, verbose_name=_("barrier"), null=True, blank=True, related_name="+"
    )
    version = models.ForeignKey(
        ProcedureVersion, models.SET_NULL, verbose_name=_("draft"), null=True, blank=True, related_name="+"
    )
    requirement = models.ForeignKey(
        Requirement, models.SET_NULL, verbose_name=_("requirement"), null=True, blank=True, related_name="+"
    )
    consultation = models.ForeignKey(
        "roundtables.Consultation",
        models.SET_NULL,
        verbose_name=_("consultation"),
        null=True,
        blank=True,
        related_name="+",
    )
    commitment = models.ForeignKey(
        "roundtables.Commitment", models.SET_NULL, verbose_name=_("commitment"), null=True, blank=True, related_name="+"
    )
    detail = models.JSONField(_("further figures, counts only"), default=dict, blank=True)
    notes = models.TextField(_("notes"), max_length=5000, blank=True)
    kept = models.BooleanField(_("kept on the agenda"), default=True)

    class Meta:
        verbose_name = _("agenda item")
        ordering = ["meeting", "position"]

    class Privacy:
        open = {
            "id",
            "meeting",
            "position",
            "reason",
            "title",
            "figure",
            "compared_to",
            "barrier_group",
            "barrier",
            "version",
            "requirement",
            "consultation",
            "commitment",
            "detail",
            "notes",
            "kept",
        }
        personal: set[str] = set()
        secret: set[str] = set()


class CalendarFeed(Row):
    """Someone's private calendar address; a new one makes the old one worthless."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("whose"), related_name="calendar_feed"
    )
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("calendar feed")

    class Privacy:
        open = {"id", "made_at"}
        personal = {"user"}
        secret = {"token_hash"}
