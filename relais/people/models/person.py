"""A person, their key, and what is sealed under it: identity and contacts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relais.kernel.models import Row
from relais.organisations.models import LentLine, Organisation
from relais.people.queries import ContactQuerySet, DuplicatePairQuerySet, PersonQuerySet
from relais.places.models import Territory
from relais.programmes.models import Programme


class Person(Row):
    """Someone a volunteer stands beside; known by a code, and by nothing they did not say."""

    class Sex(models.TextChoices):
        """As the person says it."""

        WOMAN = "woman", _("woman")
        MAN = "man", _("man")
        OTHER = "other", _("other")

    class Disability(models.TextChoices):
        """Whether the person has difficulty seeing, hearing, walking, remembering, washing or being understood."""

        NONE = "none", _("no difficulty")
        SOME = "some", _("a difficulty")

    class BirthKnown(models.TextChoices):
        """How the year of birth is known."""

        EXACT = "exact", _("from a document or the person")
        ESTIMATED = "estimated", _("estimated")
        UNKNOWN = "unknown", _("not known")

    code = models.CharField(_("code"), max_length=9, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name=_("programme"), related_name="people")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("cared for by"), related_name="people"
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    birth_known = models.CharField(_("year of birth is"), max_length=10, choices=BirthKnown, default=BirthKnown.UNKNOWN)
    status = models.CharField(_("status asked by a procedure"), max_length=40, blank=True)
    disability = models.CharField(_("difficulty"), max_length=10, choices=Disability, blank=True)
    household = models.PositiveSmallIntegerField(_("people in the household"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    territory = models.ForeignKey(
        Territory, models.PROTECT, verbose_name=_("lives in"), null=True, blank=True, related_name="people"
    )
    reads = models.BooleanField(_("reads"), null=True, blank=True)
    registered_at = models.DateTimeField(_("registered at"))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("registered by"), related_name="+"
    )
    pin_hash = models.CharField(_("hash of the PIN"), max_length=128, blank=True)
    pin_failures = models.PositiveSmallIntegerField(_("wrong PINs in a row"), default=0)
    pin_locked_at = models.DateTimeField(_("PIN locked at"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("same person as"), null=True, blank=True, related_name="merged"
    )
    forget_asked_at = models.DateTimeField(_("asked to be forgotten at"), null=True, blank=True)
    erased_at = models.DateTimeField(_("forgotten at"), null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["-registered_at"]
        indexes = [
            models.Index(fields=["organisation", "-registered_at"], name="person_newest"),
            # Who may read people by right and by consent reads them in this order, a page at a time.
            models.Index(
                fields=["-registered_at"], condition=Q(erased_at=None, merged_into=None), name="person_known_newest"
            ),
            # Few of a million: what waits for a coordinator, and who is let go of in memory.
            models.Index(
                fields=["organisation", "erased_at"], condition=Q(erased_at__isnull=False), name="person_forgotten"
            ),
            models.Index(
                fields=["organisation"], condition=Q(forget_asked_at__isnull=False), name="person_to_be_forgotten"
            ),
            models.Index(fields=["organisation"], condition=Q(pin_locked_at__isnull=False), name="person_locked"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="person_not_merged_into_itself"),
        ]

    class Privacy:
        open = {
            "id",
            "programme",
            "organisation",
            "registered_at",
            "erased_at",
            "merged_into",
            "pin_locked_at",
            "forget_asked_at",
        }
        personal = {
            "code",
            "sex",
            "birth_year",
            "birth_known",
            "status",
            "disability",
            "household",
            "language",
            "territory",
            "reads",
            "registered_by",
            "pin_failures",
        }
        secret = {"pin_hash"}

    def __str__(self) -> str:
        return self.code


class PersonKey(models.Model):
    """The key of one person, wrapped by their organisation's; destroying it forgets the person."""

    person = models.OneToOneField(
        Person, models.CASCADE, verbose_name=_("person"), primary_key=True, related_name="key"
    )
    wrapped = models.BinaryField(_("wrapped key"))
    organisation_id_of_key = models.UUIDField(_("organisation whose key wraps it"))
    version = models.PositiveIntegerField(_("version of that key"))

    class Meta:
        verbose_name = _("key of a person")

    class Privacy:
        open = {"version", "organisation_id_of_key"}
        personal = {"person"}
        secret = {"wrapped"}


class Identity(models.Model):
    """Names, dates and document numbers of one person, sealed under their key as one JSON text."""

    person = models.OneToOneField(
        Person, models.CASCADE, verbose_name=_("person"), primary_key=True, related_name="identity"
    )
    sealed = models.BinaryField(_("sealed identity"))
    changed_at = models.DateTimeField(_("changed at"), db_index=True)

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")

    class Privacy:
        open = {"changed_at"}
        personal = {"person"}
        secret = {"sealed"}


class Portrait(models.Model):
    """A small picture of one person, sealed under their key apart from their names, which lists open by the hundred."""

    person = models.OneToOneField(
        Person, models.CASCADE, verbose_name=_("person"), primary_key=True, related_name="portrait"
    )
    sealed = models.BinaryField(_("sealed picture"))
    on_card = models.BooleanField(_("on the card, as the person wishes"), default=False)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("picture of a person")

    class Privacy:
        open = {"changed_at"}
        personal = {"person", "on_card"}
        secret = {"sealed"}


class Contact(Row):
    """A way to reach someone: who answers, whether it is safe, when; or a line lent by an organisation."""

    class Kind(models.TextChoices):
        """The way."""

        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        ADDRESS = "address", _("place")
        MESSENGER = "messenger", _("messenger")

    class Answers(models.TextChoices):
        """Who picks up."""

        SELF = "self", _("the person")
        FAMILY = "family", _("family")
        NEIGHBOUR = "neighbour", _("a neighbour")
        EMPLOYER = "employer", _("the employer")
        ORGANISATION = "organisation", _("our organisation")

    person = models.ForeignKey(Person, models.CASCADE, verbose_name=_("person"), related_name="contacts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    sealed = models.BinaryField(_("sealed number or address"), null=True, blank=True)
    lent_line = models.ForeignKey(
        LentLine, models.PROTECT, verbose_name=_("lent line"), null=True, blank=True, related_name="contacts"
    )
    who_answers = models.CharField(_("who answers"), max_length=15, choices=Answers, default=Answers.SELF)
    safe_to_contact = models.BooleanField(_("safe to contact"), null=True, blank=True)
    best_time = models.CharField(_("best time"), max_length=80, blank=True)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("added by"), related_name="+")
    ended_at = models.DateTimeField(_("no longer used since"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        ordering = ["added_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed=None, lent_line__isnull=False) | Q(sealed__isnull=False, lent_line=None),
                name="contact_own_or_lent",
            )
        ]

    class Privacy:
        open = {"id", "kind", "added_at", "ended_at"}
        personal = {"person", "lent_line", "who_answers", "safe_to_contact", "best_time", "added_by"}
        secret = {"sealed"}


class DuplicatePair(Row):
    """Two records that may be one person; a human decides, and may be wrong."""

    class State(models.TextChoices):
        """What was decided."""

        PROPOSED = "proposed", _("to be looked at")
        SAME = "same", _("the same person")
        DIFFERENT = "different", _("two people")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="duplicate_pairs"
    )
    one = models.ForeignKey(Person, models.CASCADE, verbose_name=_("one"), related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, verbose_name=_("other"), related_name="+")
    score = models.FloatField(_("score"))
    reasons = models.JSONField(_("reasons"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), null=True, blank=True, related_name="+"
    )

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        ordering = ["-score"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="duplicatepair_once"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="duplicatepair_decided_together",
            ),
        ]

    class Privacy:
        open = {"id", "organisation", "score", "state", "decided_at"}
        personal = {"one", "other", "reasons", "decided_by"}
        secret: set[str] = set()
