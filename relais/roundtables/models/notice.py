"""A line for someone about what a table changed for them."""

from uuid import UUID, uuid5

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.kernel.models import Row
from relais.programmes.models import Programme
from relais.roundtables.queries import NoticeQuerySet


class Notice(Row):
    """Something one person who signs in is told: what happened, to what, and where to read on.

    The sentence is made in the reader's language from `kind` and `detail`, which hold counts, codes and labels, never a
    person's name. `about_id` is the row it is about, so that nobody is told the same thing twice.
    """

    class Kind(models.TextChoices):
        """What it tells."""

        IN_FORCE = "in_force", _("a version came into force")
        RETIRED = "retired", _("a version was retired")
        COMMENTED = "commented", _("your draft was commented on")
        ANSWERED = "answered", _("your comment was answered")
        BARRIER_ANSWERED = "barrier_answered", _("what you reported was answered")
        INVITED = "invited", _("you are invited to a round table")
        MOVED = "moved", _("a round table moved")
        CANCELLED = "cancelled", _("a round table is cancelled")
        SERIES_CHANGED = "series_changed", _("a series of meetings changed")
        OFF_RHYTHM = "off_rhythm", _("a round table is off the rhythm of its series")
        SERIES_ENDED = "series_ended", _("a series of meetings ended")
        MEETING_SOON = "meeting_soon", _("a round table is tomorrow")
        COMMITMENT_DUE = "commitment_due", _("a commitment is due")
        COMMITMENT_LATE = "commitment_late", _("a commitment is late")
        RESULT_OWED = "result_owed", _("people who answered wait for a result")
        MINUTES_OWED = "minutes_owed", _("a round table has no minutes yet")
        ADOPTION_OWED = "adoption_owed", _("an adopted draft is not in force yet")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("for whom"), related_name="notices"
    )
    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="+")
    kind = models.CharField(_("what it tells"), max_length=20, choices=Kind)
    about_id = models.UUIDField(_("what it is about"))
    link = models.CharField(_("where to read on"), max_length=200)
    detail = models.JSONField(_("counts, codes and labels"), default=dict, blank=True)
    told_at = models.DateTimeField(_("told at"))
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        ordering = ["-told_at"]
        indexes = [models.Index(fields=["user", "seen_at", "-told_at"], name="notice_of_user")]

    class Privacy:
        open = {"id", "programme", "kind", "about_id", "link", "told_at", "seen_at"}
        personal = {"user", "detail"}
        secret: set[str] = set()

    @property
    def thing(self) -> UUID:
        """Identify what it tells of: a reminder that is repeated each week stays one thing, any other news is one each."""
        return uuid5(self.about_id, self.kind) if self.kind in REMINDERS else self.pk


REMINDERS = frozenset(
    {
        Notice.Kind.MEETING_SOON,
        Notice.Kind.COMMITMENT_DUE,
        Notice.Kind.COMMITMENT_LATE,
        Notice.Kind.RESULT_OWED,
        Notice.Kind.MINUTES_OWED,
        Notice.Kind.ADOPTION_OWED,
    }
)
