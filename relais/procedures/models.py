"""Public services, procedures and their versions, in the words of CPSV-AP and CCCEV."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.kernel.models import Row
from relais.kernel.text import TranslatedField, pick
from relais.organisations.models import Organisation
from relais.procedures.queries import ProcedureQuerySet, VersionQuerySet
from relais.programmes.models import Programme


class PublicService(Row):
    """What an authority does for people, such as granting citizenship."""

    key = models.SlugField(_("key"), max_length=60)
    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="services")
    authority = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("authority"), related_name="services")
    names = TranslatedField(_("names"))
    about = TranslatedField(_("about"))

    class Meta:
        verbose_name = _("public service")
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="publicservice_once")]

    class Privacy:
        open = {"id", "key", "programme", "authority", "names", "about"}
        personal: set[str] = set()
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names)


class Procedure(Row):
    """One way to a public service; what it asks is in its versions."""

    key = models.SlugField(_("key"), max_length=60)
    service = models.ForeignKey(
        PublicService, models.CASCADE, verbose_name=_("public service"), related_name="procedures"
    )
    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="procedures")
    names = TranslatedField(_("names"))
    about = TranslatedField(_("about"))
    attributes = models.JSONField(_("attributes conditions may ask about"), default=dict)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure")
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="procedure_once")]

    class Privacy:
        open = {"id", "key", "service", "programme", "names", "about", "attributes"}
        personal: set[str] = set()
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names)


class EvidenceType(Row):
    """A kind of proof, such as a birth certificate, and what it costs a person to get one."""

    key = models.SlugField(_("key"), max_length=60)
    procedure = models.ForeignKey(Procedure, models.CASCADE, verbose_name=_("procedure"), related_name="evidence_types")
    # Where this proof stands in what each case keeps of all its proofs (`Case.known`); given once, never again.
    number = models.PositiveSmallIntegerField(_("number"))
    names = TranslatedField(_("names"))
    about = TranslatedField(_("where to get it"))
    pictogram = models.CharField(_("pictogram"), max_length=40, blank=True)
    visits = models.PositiveSmallIntegerField(_("visits"), default=0)
    fee = models.DecimalField(_("fee"), max_digits=10, decimal_places=2, default=0)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    held_by_state = models.BooleanField(_("the state already has it"), default=False)

    class Meta:
        verbose_name = _("evidence type")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "key"], name="evidencetype_once"),
            models.UniqueConstraint(fields=["procedure", "number"], name="evidencetype_number_once"),
        ]

    class Privacy:
        open = {
            "id",
            "key",
            "procedure",
            "number",
            "names",
            "about",
            "pictogram",
            "visits",
            "fee",
            "minutes",
            "days",
            "held_by_state",
        }
        personal: set[str] = set()
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names)


class ProcedureVersion(Row):
    """What a procedure asks, as it was, is, or might be; only a draft can be changed."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("draft")
        IN_FORCE = "in_force", _("in force")
        RETIRED = "retired", _("retired")

    class OpenCases(models.TextChoices):
        """What becomes of those on their way when a version is retired without another in its place."""

        FINISH = "finish", _("go on under it until they are decided")
        STOP = "stop", _("are not decided any more")

    procedure = models.ForeignKey(Procedure, models.CASCADE, verbose_name=_("procedure"), related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    names = TranslatedField(_("names"))
    note = TranslatedField(_("note"))
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    based_on = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("based on"), null=True, blank=True, related_name="followed_by"
    )
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    retired_because = models.CharField(_("why it was retired"), max_length=300, blank=True)
    open_cases = models.CharField(_("open cases"), max_length=10, choices=OpenCases, blank=True)
    drafted_at = models.DateTimeField(_("drafted at"))
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("drafted by"),
        null=True,
        blank=True,
        related_name="+",
    )
    shared_at = models.DateTimeField(_("shared with the partners at"), null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure version")
        ordering = ["procedure", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedureversion_once"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(state="in_force"), name="procedureversion_one_in_force"
            ),
        ]

    class Privacy:
        open = {
            "id",
            "procedure",
            "number",
            "state",
            "names",
            "note",
            "currency",
            "based_on",
            "in_force_from",
            "retired_on",
            "retired_because",
            "open_cases",
            "drafted_at",
            "shared_at",
        }
        personal = {"drafted_by"}
        secret: set[str] = set()

    def __str__(self) -> str:
        return f"{self.procedure} {self.number}"


class Step(Row):
    """Something to do somewhere."""

    class Channel(models.TextChoices):
        """How it is done."""

        OFFICE = "office", _("at an office")
        ONLINE = "online", _("online")
        PHONE = "phone", _("by phone")
        POST = "post", _("by post")
        HOME = "home", _("at home")

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, verbose_name=_("version"), related_name="steps")
    key = models.SlugField(_("key"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    names = TranslatedField(_("names"))
    about = TranslatedField(_("what happens"))
    channel = models.CharField(_("how"), max_length=10, choices=Channel, default=Channel.OFFICE)
    place = TranslatedField(_("where"))
    visits = models.PositiveSmallIntegerField(_("visits"), default=1)
    fee = models.DecimalField(_("fee"), max_digits=10, decimal_places=2, default=0)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    waiting_days = models.PositiveSmallIntegerField(_("days of waiting"), default=0)

    class Meta:
        verbose_name = _("step")
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="step_once")]

    class Privacy:
        open = {
            "id",
            "version",
            "key",
            "position",
            "names",
            "about",
            "channel",
            "place",
            "visits",
            "fee",
            "minutes",
            "waiting_days",
        }
        personal: set[str] = set()
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names)


class Requirement(Row):
    """What a step asks for, of whom; met by any one list of evidence."""

    step = models.ForeignKey(Step, models.CASCADE, verbose_name=_("step"), related_name="requirements")
    key = models.SlugField(_("key"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    names = TranslatedField(_("names"))
    why = TranslatedField(_("why it is asked"))
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    must_keep = models.BooleanField(_("required by law"), default=False)
    condition = models.JSONField(_("asked only if"), default=list, blank=True)

    class Meta:
        verbose_name = _("requirement")
        ordering = ["step", "position"]
        constraints = [models.UniqueConstraint(fields=["step", "key"], name="requirement_once")]

    class Privacy:
        open = {"id", "step", "key", "position", "names", "why", "legal_basis", "must_keep", "condition"}
        personal: set[str] = set()
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names)


class EvidenceTypeList(Row):
    """Proofs that together meet a requirement."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, verbose_name=_("requirement"), related_name="lists")
    position = models.PositiveSmallIntegerField(_("position"))
    evidence_types = models.ManyToManyField(EvidenceType, verbose_name=_("evidence"), related_name="lists")

    class Meta:
        verbose_name = _("list of evidence")
        ordering = ["requirement", "position"]

    class Privacy:
        open = {"id", "requirement", "position", "evidence_types"}
        personal: set[str] = set()
        secret: set[str] = set()
