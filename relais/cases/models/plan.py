"""What is planned for a person: appointments, referrals, follow-ups."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.cases.models.case import Case
from relais.cases.queries import AppointmentQuerySet, FollowUpQuerySet, NewsQuerySet, ReferralQuerySet
from relais.directory.models import Office
from relais.kernel.models import Row
from relais.organisations.models import Organisation
from relais.people.models import Consent
from relais.procedures.models import Step


class Missed(models.TextChoices):
    """Why someone was not where they wanted to be, or was not reached."""

    FEE = "fee", _("it cost too much")
    DISTANCE = "distance", _("the journey was too long")
    ILLNESS = "illness", _("illness, or someone to care for")
    WORK = "work", _("could not leave work")
    FEAR = "fear", _("fear")
    FORGOT = "forgot", _("it was forgotten")
    TURNED_AWAY = "turned_away", _("turned away at the door")
    NO_ANSWER = "no_answer", _("could not be reached")
    OTHER = "other", _("something else")


class Appointment(Row):
    """Somewhere to be at a time, alone or with someone."""

    class State(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", _("to come")
        KEPT = "kept", _("kept")
        MISSED = "missed", _("missed")
        CANCELLED = "cancelled", _("called off")

    case = models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="appointments")
    step = models.ForeignKey(Step, models.PROTECT, verbose_name=_("step"), null=True, blank=True, related_name="+")
    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("office"), null=True, blank=True, related_name="appointments"
    )
    at = models.DateTimeField(_("at"))
    wants_company = models.BooleanField(_("wants company"), default=False)
    accompanied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("accompanied by"),
        null=True,
        blank=True,
        related_name="accompaniments",
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    reason = models.CharField(_("reason"), max_length=40, choices=Missed, blank=True)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("entered by"), related_name="+"
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        ordering = ["at"]
        indexes = [models.Index(fields=["at"], condition=Q(state="planned"), name="appointment_planned")]

    class Privacy:
        open = {"id", "case", "step", "office", "at", "wants_company", "state", "reason", "entered_at"}
        personal = {"accompanied_by", "entered_by"}
        secret: set[str] = set()


class Referral(Row):
    """A person is offered another organisation's help; only with their consent, or with a recorded reason."""

    class State(models.TextChoices):
        """Where it stands."""

        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        DONE = "done", _("done")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Need(models.TextChoices):
        """What help is asked for."""

        LEGAL = "legal", _("legal aid")
        HEALTH = "health", _("health care")
        SHELTER = "shelter", _("a roof")
        FOOD = "food", _("food")
        MONEY = "money", _("money")
        SCHOOL = "school", _("school or training")
        WORK = "work", _("work")
        PROTECTION = "protection", _("protection from violence")
        FAMILY = "family", _("finding family")
        INTERPRETER = "interpreter", _("an interpreter")
        OTHER = "other", _("something else")

    class WhyNot(models.TextChoices):
        """Why an organisation cannot take someone on."""

        FULL = "full", _("no place left")
        NOT_OURS = "not_ours", _("not what we do")
        PLACE = "place", _("we do not work there")
        UNREACHABLE = "unreachable", _("the person could not be reached")
        OTHER = "other", _("something else")

    case = models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="referrals")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("referred by"), related_name="referrals_made"
    )
    to = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("referred to"), related_name="referrals_received"
    )
    need = models.CharField(_("need"), max_length=40, choices=Need)
    consent = models.ForeignKey(
        Consent, models.PROTECT, verbose_name=_("consent"), null=True, blank=True, related_name="referrals"
    )
    override_reason = models.CharField(_("reason to go without consent"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OFFERED)
    reason = models.CharField(_("reason of a refusal"), max_length=40, choices=WhyNot, blank=True)
    note_sealed = models.BinaryField(_("sealed note back"), null=True, blank=True)
    offered_at = models.DateTimeField(_("offered at"))
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("offered by"), related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("answered by"), null=True, blank=True, related_name="+"
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        ordering = ["-offered_at"]
        constraints = [
            models.CheckConstraint(
                name="referral_consented_or_overridden", condition=Q(consent__isnull=False) | ~Q(override_reason="")
            ),
            models.CheckConstraint(
                name="referral_answered_together",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    class Privacy:
        open = {"id", "case", "organisation", "to", "need", "state", "reason", "offered_at", "answered_at", "consent"}
        personal = {"offered_by", "answered_by", "override_reason"}
        secret = {"note_sealed"}


class FollowUp(Row):
    """A contact planned after or during a case; it can be entered late."""

    class State(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", _("to come")
        DONE = "done", _("done")
        MISSED = "missed", _("missed")

    case = models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="follow_ups")
    plan = models.CharField(_("plan"), max_length=40, blank=True)
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=40, choices=Missed, blank=True)
    entered_at = models.DateTimeField(_("entered at"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("entered by"), null=True, blank=True, related_name="+"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        ordering = ["due_on"]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="planned"), name="followup_planned")]
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_at=None, entered_by=None) | Q(entered_at__isnull=False, entered_by__isnull=False),
                name="followup_entered_together",
            ),
        ]

    class Privacy:
        open = {"id", "case", "plan", "due_on", "state", "happened_on", "reason", "entered_at"}
        personal = {"entered_by"}
        secret: set[str] = set()


class News(Row):
    """Something that happened to a case and that whoever carries it should know; codes only, never words."""

    class Kind(models.TextChoices):
        """What happened."""

        YOURS = "yours", _("you now carry this case")
        NOT_YOURS = "not_yours", _("someone else carries this case now")
        NEW_VERSION = "new_version", _("a new version of the procedure applies")
        ACCEPTED = "accepted", _("the authority accepted the dossier")
        RETURNED = "returned", _("the authority gave the dossier back")
        REFERRAL = "referral", _("a referral was answered")
        COMPANY = "company", _("you were asked to go along to an appointment")
        CORRECTED = "corrected", _("what we know of the person was put right, and the case stands elsewhere")

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("to"), related_name="news")
    case = models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="news")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    detail = models.JSONField(_("detail"), default=dict)
    at = models.DateTimeField(_("at"))
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("news of a case")
        verbose_name_plural = _("news of cases")
        ordering = ["-at"]
        indexes = [models.Index(fields=["to", "seen_at"], name="news_to_read")]

    class Privacy:
        open = {"id", "case", "kind", "detail", "at", "seen_at"}
        personal = {"to"}
        secret: set[str] = set()
