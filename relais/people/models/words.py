"""What is written to and by people."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.kernel.models import Row
from relais.organisations.models import LentLine, Organisation
from relais.people.models.person import Person
from relais.people.queries import ComplaintQuerySet, MessageQuerySet


class Message(Row):
    """Words to or from a person: on their own page, or through a lent line to their companion."""

    class Way(models.TextChoices):
        """Which way it went."""

        IN = "in", _("for the person, arrived on a lent line")
        OUT = "out", _("to the person")
        FROM = "from", _("from the person")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="messages"
    )
    person = models.ForeignKey(
        Person, models.CASCADE, verbose_name=_("person"), null=True, blank=True, related_name="messages"
    )
    way = models.CharField(_("way"), max_length=5, choices=Way)
    lent_line = models.ForeignKey(
        LentLine, models.PROTECT, verbose_name=_("lent line"), null=True, blank=True, related_name="messages"
    )
    lands_with = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("lands with"),
        null=True,
        blank=True,
        related_name="messages",
    )
    sealed = models.BinaryField(_("sealed words"))
    at = models.DateTimeField(_("at"))
    entered_at = models.DateTimeField(_("entered at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)
    passed_on_at = models.DateTimeField(_("passed on to the person at"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        ordering = ["-at"]

    class Privacy:
        open = {"id", "organisation", "way", "at", "entered_at", "seen_at", "passed_on_at"}
        personal = {"person", "lent_line", "lands_with", "by"}
        secret = {"sealed"}


class Complaint(Row):
    """What someone says went wrong in how they were treated, and the answer they got."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("to"), related_name="complaints")
    person = models.ForeignKey(Person, models.CASCADE, verbose_name=_("person"), related_name="complaints")
    sealed = models.BinaryField(_("sealed words"))
    made_at = models.DateTimeField(_("made at"))
    answer_due_on = models.DateField(_("answer due on"))
    answer_sealed = models.BinaryField(_("sealed answer"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("answered by"), null=True, blank=True, related_name="+"
    )

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="complaint_answered_together",
            )
        ]

    class Privacy:
        open = {"id", "organisation", "made_at", "answer_due_on", "answered_at"}
        personal = {"person", "answered_by"}
        secret = {"sealed", "answer_sealed"}
