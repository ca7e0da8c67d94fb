"""Consultations, decisions with their reasons, commitments, and comments on drafts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relais.barriers.models import Barrier
from relais.kernel.models import Row
from relais.organisations.models import Organisation
from relais.procedures.models import ProcedureVersion
from relais.programmes.models import Programme
from relais.roundtables.models.meeting import AgendaItem, Meeting
from relais.roundtables.queries import AnswerQuerySet, CommitmentQuerySet, ConsultationQuerySet, DecisionQuerySet


class Consultation(Row):
    """A question to the people concerned, before a decision; the decision says what became of the answers."""

    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="consultations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("asked by"), related_name="consultations"
    )
    version = models.ForeignKey(
        ProcedureVersion,
        models.CASCADE,
        verbose_name=_("draft"),
        null=True,
        blank=True,
        related_name="consultations",
    )
    question = models.CharField(_("question"), max_length=300)
    asked_of = models.CharField(_("who is asked"), max_length=200)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("asked by"), related_name="+")
    asked_at = models.DateTimeField(_("asked at"))

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        ordering = ["-asked_at"]

    class Privacy:
        open = {
            "id",
            "programme",
            "organisation",
            "version",
            "question",
            "asked_of",
            "opens_on",
            "closes_on",
            "asked_at",
        }
        personal = {"asked_by"}
        secret: set[str] = set()

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("roundtables:consultation", args=[self.pk])


class ConsultationAnswer(Row):
    """What people concerned said, gathered by a volunteer: for how many people, and their reasons."""

    class Choice(models.TextChoices):
        """What they think."""

        FOR = "for", _("it would help")
        WORRIED = "worried", _("it worries us")
        AGAINST = "against", _("it would not help")

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, verbose_name=_("consultation"), related_name="answers"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("gathered for"), related_name="+")
    choice = models.CharField(_("what they think"), max_length=10, choices=Choice)
    people_count = models.PositiveSmallIntegerField(_("how many people"), default=1)
    reasons = models.TextField(_("in their words"), max_length=1000, blank=True)
    gathered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("gathered by"), related_name="+"
    )
    gathered_at = models.DateTimeField(_("entered at"))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a consultation")
        ordering = ["gathered_at"]

    class Privacy:
        open = {"id", "consultation", "organisation", "choice", "people_count", "gathered_at"}
        personal = {"reasons", "gathered_by"}
        secret: set[str] = set()


class Decision(Row):
    """What the table decided and why; nothing is decided without a reason."""

    class Outcome(models.TextChoices):
        """What was decided."""

        ADOPTED = "adopted", _("adopted")
        DECLINED = "declined", _("declined")
        POSTPONED = "postponed", _("postponed")

    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="decisions")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("decided by"), related_name="decisions"
    )
    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name=_("round table"), related_name="decisions")
    agenda_item = models.ForeignKey(
        AgendaItem, models.SET_NULL, verbose_name=_("agenda item"), null=True, blank=True, related_name="decisions"
    )
    title = models.CharField(_("title"), max_length=200)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    reasons = models.TextField(_("reasons"), max_length=4000)
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, verbose_name=_("draft"), null=True, blank=True, related_name="decisions"
    )
    consultation = models.ForeignKey(
        Consultation, models.SET_NULL, verbose_name=_("consultation"), null=True, blank=True, related_name="decisions"
    )
    what_became_of_answers = models.TextField(_("what became of the answers"), max_length=2000, blank=True)
    prediction = models.JSONField(_("replay at the time, counts only"), null=True, blank=True)
    barriers = models.ManyToManyField(Barrier, verbose_name=_("barriers"), related_name="decisions", blank=True)
    decided_on = models.DateField(_("decided on"))
    decided_at = models.DateTimeField(_("entered at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("entered by"), related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        ordering = ["-decided_on", "-decided_at"]
        constraints = [models.CheckConstraint(name="decision_has_reasons", condition=~Q(reasons=""))]

    class Privacy:
        open = {
            "id",
            "programme",
            "organisation",
            "meeting",
            "agenda_item",
            "title",
            "outcome",
            "reasons",
            "version",
            "consultation",
            "what_became_of_answers",
            "prediction",
            "barriers",
            "decided_on",
            "decided_at",
        }
        personal = {"decided_by"}
        secret: set[str] = set()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("roundtables:decision", args=[self.pk])


class Commitment(Row):
    """Someone promised something by a day."""

    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="commitments")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("promised by"), related_name="commitments"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, verbose_name=_("round table"), null=True, blank=True, related_name="commitments"
    )
    decision = models.ForeignKey(
        Decision, models.SET_NULL, verbose_name=_("decision"), null=True, blank=True, related_name="commitments"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        related_name="commitments",
    )
    what = models.CharField(_("what"), max_length=300)
    due_on = models.DateField(_("due on"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("entered by"), related_name="+"
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("done by"), null=True, blank=True, related_name="+"
    )
    dropped_reason = models.CharField(_("why it was dropped"), max_length=300, blank=True)
    reminded_at = models.DateTimeField(_("last reminder at"), null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(
                name="commitment_done_together",
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
            )
        ]

    class Privacy:
        open = {
            "id",
            "programme",
            "organisation",
            "meeting",
            "decision",
            "what",
            "due_on",
            "made_at",
            "done_on",
            "dropped_reason",
            "reminded_at",
        }
        personal = {"owner", "made_by", "done_by"}
        secret: set[str] = set()

    def __str__(self) -> str:
        return self.what

    @property
    def is_pending(self) -> bool:
        """Say whether it is neither done nor dropped."""
        return self.done_on is None and not self.dropped_reason


class DraftComment(Row):
    """What a partner says about a draft before it is decided: about the whole, about one change, or as an answer.

    A change is named as `procedures.compare.Change.key` does. An answer stands under what it answers, one deep.
    """

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, verbose_name=_("draft"), related_name="comments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="+")
    text = models.TextField(_("comment"), max_length=2000)
    change = models.TextField(_("about which change"), blank=True)
    answers = models.ForeignKey(
        "self", models.CASCADE, verbose_name=_("answers"), null=True, blank=True, related_name="answered_by"
    )
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("written by"), related_name="+"
    )

    class Meta:
        verbose_name = _("comment on a draft")
        ordering = ["written_at"]

    class Privacy:
        open = {"id", "version", "organisation", "text", "change", "answers", "written_at"}
        personal = {"written_by"}
        secret: set[str] = set()
