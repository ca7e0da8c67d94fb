"""Barriers, concerns and ideas, and the groups people make of those that say the same."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.barriers.queries import BarrierGroupQuerySet, BarrierQuerySet
from relais.barriers.wording import answer_words, coded_words
from relais.cases.models import Case, Dossier
from relais.kernel.models import Row
from relais.organisations.models import Organisation
from relais.places.models import Territory
from relais.procedures.models import EvidenceType, Procedure, Requirement, Step
from relais.programmes.models import Programme


class BarrierGroup(Row):
    """Barriers that say the same, put together by someone, never by a machine."""

    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="barrier_groups")
    headline = models.CharField(_("headline"), max_length=120)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("made by"), related_name="+")

    objects = BarrierGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group of barriers")
        ordering = ["-made_at"]

    class Privacy:
        open = {"id", "programme", "headline", "made_at"}
        personal = {"made_by"}
        secret: set[str] = set()

    def __str__(self) -> str:
        return self.headline


class Barrier(Row):
    """What stopped or worried someone, or an idea of how it could be better."""

    class Sort(models.TextChoices):
        """Whether it stopped, worries, or could be better."""

        BARRIER = "barrier", _("it stops people")
        CONCERN = "concern", _("it worries people")
        IDEA = "idea", _("an idea")

    class Kind(models.TextChoices):
        """What stands in the way."""

        DOCUMENT = "document", _("a paper")
        CONTACT = "contact", _("a phone or e-mail is asked")
        FEE = "fee", _("the cost")
        DISTANCE = "distance", _("the journey")
        LANGUAGE = "language", _("the language")
        READING = "reading", _("reading and writing")
        FEAR = "fear", _("fear")
        REFUSAL = "refusal", _("refusal or discrimination")
        WITHHELD = "withheld", _("employer or family keeps the papers")
        HOURS = "hours", _("opening hours")
        DIGITAL = "digital", _("a computer is needed")
        ACCESS = "access", _("access with a disability")
        INFORMATION = "information", _("not knowing what to do")
        DELAY = "delay", _("waiting")
        STOCK = "stock", _("something ran out")
        RETURNED = "returned", _("the dossier came back")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        """What became of it."""

        HEARD = "heard", _("heard, not answered yet")
        ON_TABLE = "on_table", _("at a round table")
        TAKEN_UP = "taken_up", _("taken up")
        DECLINED = "declined", _("declined, with the reason")
        SOLVED = "solved", _("solved")
        CLOSED = "closed", _("closed, not solved")

    class Approval(models.TextChoices):
        """How its author approved it."""

        TAP = "tap", _("by a tap")
        VOICE = "voice", _("by voice")
        CODED = "coded", _("told by a coded decision")

    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name=_("programme"), related_name="barriers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("heard by"), related_name="barriers")
    sort = models.CharField(_("sort"), max_length=10, choices=Sort, default=Sort.BARRIER)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    case = models.ForeignKey(
        Case, models.SET_NULL, verbose_name=_("case"), null=True, blank=True, related_name="barriers"
    )
    dossier = models.OneToOneField(
        Dossier, models.SET_NULL, verbose_name=_("returned dossier"), null=True, blank=True, related_name="barrier"
    )
    procedure = models.ForeignKey(
        Procedure, models.SET_NULL, verbose_name=_("procedure"), null=True, blank=True, related_name="barriers"
    )
    step = models.ForeignKey(
        Step, models.SET_NULL, verbose_name=_("step"), null=True, blank=True, related_name="barriers"
    )
    requirement = models.ForeignKey(
        Requirement, models.SET_NULL, verbose_name=_("requirement"), null=True, blank=True, related_name="barriers"
    )
    evidence_type = models.ForeignKey(
        EvidenceType, models.SET_NULL, verbose_name=_("evidence"), null=True, blank=True, related_name="barriers"
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, verbose_name=_("where"), null=True, blank=True, related_name="barriers"
    )
    headline = models.CharField(_("headline"), max_length=120)
    coded = models.JSONField(_("coded reason in place of a headline"), null=True, blank=True)
    account = models.TextField(_("what happened"), max_length=1000, blank=True)
    effect = models.TextField(_("what it did to the person"), max_length=1000, blank=True)
    would_help = models.TextField(_("what would help"), max_length=1000, blank=True)
    as_told_sealed = models.BinaryField(_("sealed words as first told"), null=True, blank=True)
    people_count = models.PositiveIntegerField(_("how many people"), default=1)
    voice_sealed = models.BinaryField(_("sealed voice note"), null=True, blank=True)
    language = models.CharField(_("told in"), max_length=12, blank=True)
    observed_on = models.DateField(_("happened on"))
    recorded_at = models.DateTimeField(_("entered at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("entered by"), related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("heard by"), related_name="barriers"
    )
    approved_at = models.DateTimeField(_("approved by its author at"), null=True, blank=True)
    approved_how = models.CharField(_("approved"), max_length=5, choices=Approval, blank=True)
    approval_sealed = models.BinaryField(_("sealed voice of the approval"), null=True, blank=True)
    shared_at = models.DateTimeField(_("shared with the table at"), null=True, blank=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("shared by"), null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(
        BarrierGroup, models.SET_NULL, verbose_name=_("group"), null=True, blank=True, related_name="barriers"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HEARD)
    answer = models.TextField(_("what became of it"), max_length=1000, blank=True)
    in_force_from = models.DateField(_("the rule that answers it is in force from"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    author_told_at = models.DateTimeField(_("its author was told at"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)

    objects = BarrierQuerySet.as_manager()

    class Meta:
        verbose_name = _("barrier")
        ordering = ["-recorded_at"]
        indexes = [
            models.Index(fields=["programme", "state", "-recorded_at"], name="barrier_of_programme"),
            models.Index(fields=["organisation", "-recorded_at"], name="barrier_of_organisation"),
            models.Index(fields=["author", "answered_at"], name="barrier_of_author"),
            # Who reads by several rights at once reads in this order, a page at a time; what waits is few of many.
            models.Index(fields=["-recorded_at"], name="barrier_newest"),
            models.Index(
                fields=["organisation", "recorded_at"],
                condition=Q(approved_at__isnull=False, shared_at=None),
                name="barrier_to_share",
            ),
            models.Index(fields=["author"], condition=Q(approved_at=None), name="barrier_to_approve"),
        ]
        constraints = [
            models.CheckConstraint(
                name="barrier_approved_together",
                condition=Q(approved_at=None, approved_how="") | (Q(approved_at__isnull=False) & ~Q(approved_how="")),
            ),
            models.CheckConstraint(
                name="barrier_shared_once_approved", condition=Q(shared_at=None) | Q(approved_at__isnull=False)
            ),
            models.CheckConstraint(
                name="barrier_answered_with_reason",
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(name="barrier_of_someone", condition=Q(people_count__gte=1)),
            models.CheckConstraint(
                name="barrier_shared_together",
                condition=Q(shared_at=None, shared_by=None) | Q(shared_at__isnull=False, shared_by__isnull=False),
            ),
        ]

    class Privacy:
        open = {
            "id",
            "programme",
            "organisation",
            "sort",
            "kind",
            "procedure",
            "step",
            "requirement",
            "evidence_type",
            "territory",
            "headline",
            "coded",
            "people_count",
            "language",
            "observed_on",
            "recorded_at",
            "approved_at",
            "approved_how",
            "shared_at",
            "group",
            "state",
            "answer",
            "in_force_from",
            "answered_at",
            "author_told_at",
            "revision",
        }
        personal = {
            "case",
            "dossier",
            "account",
            "effect",
            "would_help",
            "recorded_by",
            "author",
            "shared_by",
        }
        secret = {"voice_sealed", "approval_sealed", "as_told_sealed"}

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """Give the headline; a coded reason is said in the reader's language."""
        return coded_words(self.coded) if self.coded else self.headline

    @property
    def answer_words(self) -> str:
        """Give what became of it, with the day from which the rule is another, in the reader's language."""
        return answer_words(self.answer, self.in_force_from)
