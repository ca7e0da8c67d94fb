"""A case, what the person holds, how far they are, and what was noted on the way."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.cases.queries import CaseQuerySet
from relais.kernel.models import Row
from relais.organisations.models import Organisation
from relais.people.models import Person
from relais.procedures.models import EvidenceType, Procedure, ProcedureVersion, Step
from relais.programmes.models import Programme


class Case(Row):
    """One person in one version of a procedure, accompanied by someone."""

    class Outcome(models.TextChoices):
        """How it ended."""

        GRANTED = "granted", _("got what they came for")
        REFUSED = "refused", _("refused by the authority")
        NOT_ELIGIBLE = "not_eligible", _("not entitled under the rule")
        GAVE_UP = "gave_up", _("gave up")
        MOVED = "moved", _("moved away")
        LOST = "lost", _("no longer reachable")
        DIED = "died", _("died")
        MISTAKE = "mistake", _("opened by mistake")

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="cases")
    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name=_("programme"), related_name="cases", db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="cases", db_index=False
    )
    procedure = models.ForeignKey(Procedure, models.PROTECT, verbose_name=_("procedure"), related_name="cases")
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, verbose_name=_("version"), related_name="cases", db_index=False
    )
    companion = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("companion"), related_name="cases"
    )
    opened_on = models.DateField(_("opened on"))
    opened_at = models.DateTimeField(_("entered at"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("opened by"),
        related_name="+",
        db_index=False,
    )
    revision = models.PositiveIntegerField(_("revision"), default=0)
    changed_at = models.DateTimeField(_("changed at"))
    standing = models.CharField(_("standing"), max_length=10, default="open")
    # One digit a kind of evidence, at its number: what `CaseEvidence` says, where a million cases are read at once.
    known = models.TextField(_("what is known of each proof"), blank=True)
    # Likewise what `Person` says of them that a replay asks (`who.py`), and whether they were forgotten since.
    who = models.CharField(_("who the person is, for counting"), max_length=200)
    forgotten = models.BooleanField(_("the person was forgotten"), default=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    closed_on = models.DateField(_("ended on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome, blank=True)
    outcome_reason = models.CharField(_("reason"), max_length=40, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-opened_at"]
        # Every index is written again for each case a new version moves, so there are no more than lists and counts need.
        # What is open has indexes of its own: one over `closed_at` makes a database believe that few cases have none.
        indexes = [
            models.Index(fields=["companion"], condition=Q(closed_at=None), name="case_open_of_companion"),
            models.Index(fields=["organisation", "-opened_on", "-id"], condition=Q(closed_at=None), name="case_open"),
            models.Index(
                fields=["organisation", "standing", "-opened_on", "-id"],
                condition=Q(closed_at=None),
                name="case_open_by_standing",
            ),
            models.Index(fields=["version"], condition=Q(closed_at=None), name="case_open_of_version"),
            models.Index(fields=["organisation", "-opened_on", "-id"], name="case_of_organisation"),
            models.Index(fields=["organisation", "outcome", "closed_on"], name="case_ended"),
            models.Index(
                fields=["programme", "outcome", "opened_on", "closed_on", "version"], name="case_of_programme"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_closed_together",
                condition=Q(closed_at=None, closed_by=None, closed_on=None, outcome="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False, closed_on__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(name="case_says_who", condition=~Q(who="")),
            models.UniqueConstraint(
                fields=["person", "procedure"], condition=Q(closed_at=None), name="case_one_open_a_procedure"
            ),
        ]

    class Privacy:
        open = {
            "id",
            "programme",
            "organisation",
            "procedure",
            "version",
            "opened_on",
            "opened_at",
            "revision",
            "changed_at",
            "standing",
            "known",
            "forgotten",
            "closed_at",
            "closed_on",
            "outcome",
            "outcome_reason",
        }
        personal = {"person", "who", "companion", "opened_by", "closed_by"}
        secret: set[str] = set()


class CaseEvidence(Row):
    """What is known of one proof in one case: held, or cannot be had, and why."""

    class State(models.IntegerChoices):
        """The caseload format's own numbers."""

        UNKNOWN = 0, _("not yet known")
        HELD = 1, _("has it")
        CANNOT_GET = 2, _("cannot get it")

    class Why(models.TextChoices):
        """What stands in the way of a proof; the words are those of the kinds of barriers."""

        DOCUMENT = "document", _("it was lost, burnt or never made out")
        FEE = "fee", _("it costs too much")
        DISTANCE = "distance", _("the journey is too long")
        FEAR = "fear", _("the person is afraid to ask")
        REFUSAL = "refusal", _("the office refuses to give it")
        WITHHELD = "withheld", _("the employer or the family keeps it")
        CONTACT = "contact", _("a phone or e-mail is asked")
        LANGUAGE = "language", _("the language, or reading and writing")
        HOURS = "hours", _("the opening hours")
        DIGITAL = "digital", _("a computer is needed")
        ACCESS = "access", _("a disability")
        DELAY = "delay", _("it takes too long")
        OTHER = "other", _("something else")

    case = models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="evidence")
    evidence_type = models.ForeignKey(EvidenceType, models.PROTECT, verbose_name=_("evidence type"), related_name="+")
    state = models.PositiveSmallIntegerField(_("state"), choices=State)
    why = models.CharField(_("why not"), max_length=40, choices=Why, blank=True)
    happened_on = models.DateField(_("happened on"))
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("entered by"), related_name="+"
    )

    class Meta:
        verbose_name = _("evidence in a case")
        constraints = [models.UniqueConstraint(fields=["case", "evidence_type"], name="caseevidence_once")]

    class Privacy:
        open = {"id", "case", "evidence_type", "state", "why", "happened_on", "entered_at"}
        personal = {"entered_by"}
        secret: set[str] = set()


class CaseStep(Row):
    """A step of the procedure this person has done."""

    case = models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="steps")
    step = models.ForeignKey(Step, models.PROTECT, verbose_name=_("step"), related_name="+")
    done_on = models.DateField(_("done on"))
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("entered by"), related_name="+"
    )

    class Meta:
        verbose_name = _("step done")
        constraints = [models.UniqueConstraint(fields=["case", "step"], name="casestep_once")]

    class Privacy:
        open = {"id", "case", "step", "done_on", "entered_at"}
        personal = {"entered_by"}
        secret: set[str] = set()


class Visit(Row):
    """A time someone was with the person, and what they noted, sealed under the person's key."""

    case = models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="visits")
    happened_on = models.DateField(_("happened on"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    sealed = models.BinaryField(_("sealed note"), null=True, blank=True)
    voice_sealed = models.BinaryField(_("sealed voice note"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("entered by"), related_name="+"
    )

    class Meta:
        verbose_name = _("visit")
        ordering = ["-happened_on", "-entered_at"]

    class Privacy:
        open = {"id", "case", "happened_on", "minutes", "entered_at"}
        personal = {"by", "entered_by"}
        secret = {"sealed", "voice_sealed"}
