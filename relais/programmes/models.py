"""Programmes, their partners, and the three linked elements of co-creation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.kernel.ids import uuid7
from relais.kernel.models import Row
from relais.kernel.text import TranslatedField, pick
from relais.organisations.models import Organisation
from relais.places.models import Territory
from relais.programmes.queries import ContributionQuerySet, ProgrammeQuerySet


class Stage(models.TextChoices):
    """The four stages of co-creation; they are the product's navigation."""

    HEAR = "hear", _("Hear")
    AGREE = "agree", _("Agree")
    ACCOMPANY = "accompany", _("Accompany")
    LEARN = "learn", _("Learn")


class Programme(Row):
    """A partnership between volunteers and public authorities, installed from a pack."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    names = TranslatedField(_("names"))
    summary = TranslatedField(_("summary"))
    country = models.ForeignKey(Territory, models.PROTECT, verbose_name=_("country"), related_name="programmes")
    time_zone = models.CharField(_("time zone"), max_length=40, default="UTC")
    languages = models.JSONField(_("languages"), default=list)
    threshold = models.PositiveSmallIntegerField(_("smallest count shown"), default=10)
    pack = models.CharField(_("pack"), max_length=60, blank=True)
    pack_version = models.CharField(_("version of the pack"), max_length=20, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["slug"]

    class Privacy:
        open = {
            "id",
            "slug",
            "names",
            "summary",
            "country",
            "time_zone",
            "languages",
            "threshold",
            "pack",
            "pack_version",
            "started_on",
        }
        personal: set[str] = set()
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names) or self.slug


class Partner(Row):
    """An organisation takes part in a programme."""

    class Part(models.TextChoices):
        """What it does there."""

        VOLUNTEERS = "volunteers", _("brings volunteers")
        AUTHORITY = "authority", _("decides on the procedure")
        SUPPORT = "support", _("supports")

    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="partners")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="partnerships"
    )
    part = models.CharField(_("part"), max_length=20, choices=Part)
    since = models.DateField(_("since"), null=True, blank=True)

    class Meta:
        verbose_name = _("partner")
        constraints = [models.UniqueConstraint(fields=["programme", "organisation", "part"], name="partner_once")]

    class Privacy:
        open = {"id", "programme", "organisation", "part", "since"}
        personal: set[str] = set()
        secret: set[str] = set()


class Contribution(Row):
    """What volunteers or the state bring: time, expertise, resources or relationships."""

    class Side(models.TextChoices):
        """Who brings it."""

        VOLUNTEERS = "volunteers", _("volunteers")
        STATE = "state", _("the state")
        OTHERS = "others", _("others")

    class Kind(models.TextChoices):
        """What is brought."""

        TIME = "time", _("time")
        EXPERTISE = "expertise", _("expertise")
        RESOURCES = "resources", _("resources")
        RELATIONSHIPS = "relationships", _("relationships")

    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="contributions")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="contributions"
    )
    side = models.CharField(_("side"), max_length=12, choices=Side)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    what = TranslatedField(_("what"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    on = models.DateField(_("on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("recorded by"),
        null=True,
        related_name="+",
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        ordering = ["-on"]

    class Privacy:
        open = {"id", "programme", "organisation", "side", "kind", "stage", "what", "amount", "unit", "on"}
        personal = {"recorded_by"}
        secret: set[str] = set()


class Interaction(Row):
    """Who takes part at a stage, and how far."""

    class Depth(models.TextChoices):
        """How far people take part, after the International Association for Public Participation."""

        INFORMED = "informed", _("are informed")
        CONSULTED = "consulted", _("are consulted")
        INVOLVED = "involved", _("are involved")
        COLLABORATE = "collaborate", _("decide together")
        LEAD = "lead", _("lead")

    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="interactions")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    who = TranslatedField(_("who takes part"))
    depth = models.CharField(_("how far"), max_length=12, choices=Depth)
    how = TranslatedField(_("how"))

    class Meta:
        verbose_name = _("interaction")
        ordering = ["programme", "stage"]

    class Privacy:
        open = {"id", "programme", "stage", "who", "depth", "how"}
        personal: set[str] = set()
        secret: set[str] = set()


class Outcome(Row):
    """What the partnership changed, in words; the figure beside it is counted by reports."""

    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="outcomes")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    what = TranslatedField(_("what changed"))
    indicator = models.CharField(_("indicator"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("outcome")
        ordering = ["programme", "position"]

    class Privacy:
        open = {"id", "programme", "position", "what", "indicator"}
        personal: set[str] = set()
        secret: set[str] = set()


class Snapshot(Row):
    """What figures are worked out from, as it was last let out, so that two days cannot be subtracted to find one person.

    It stays until at least the programme's threshold of people differ from it (`services.settle`).
    """

    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="snapshots")
    about = models.CharField(_("what of"), max_length=120)
    stamp = models.UUIDField(_("stamp"), default=uuid7)
    taken_on = models.DateField(_("as of"))
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("snapshot")
        constraints = [models.UniqueConstraint(fields=["programme", "about"], name="snapshot_once")]

    class Privacy:
        open = {"id", "programme", "about", "stamp", "taken_on"}
        personal = {"content"}
        secret: set[str] = set()
