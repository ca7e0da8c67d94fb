"""What people agree to, in which words."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relais.kernel.models import Row
from relais.kernel.text import TranslatedField
from relais.organisations.models import Organisation
from relais.people.models.person import Person
from relais.people.queries import ConsentQuerySet
from relais.programmes.models import Programme


class ConsentText(Row):
    """The exact words someone agrees to, in each language, for one purpose; never edited, only followed by a new one."""

    class Purpose(models.TextChoices):
        """What the consent is for."""

        SHARE_IDENTITY = "share_identity", _("show who I am to an authority")
        SHARE_DOSSIER = "share_dossier", _("hand my file to an authority")
        REFER = "refer", _("refer me to another organisation")
        CONTACT = "contact", _("contact me")
        VOICE = "voice", _("keep a recording of my voice")

    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="consent_texts")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    number = models.PositiveSmallIntegerField(_("number"))
    texts = TranslatedField(_("texts"))
    days_valid = models.PositiveSmallIntegerField(_("valid for days"), default=365)

    class Meta:
        verbose_name = _("text of a consent")
        ordering = ["purpose", "-number"]
        constraints = [models.UniqueConstraint(fields=["programme", "purpose", "number"], name="consenttext_once")]

    class Privacy:
        open = {"id", "programme", "purpose", "number", "texts", "days_valid"}
        personal: set[str] = set()
        secret: set[str] = set()


class Consent(Row):
    """Someone agreed: to what, for whom, in which exact words, how, until when, and whether they took it back."""

    class Way(models.TextChoices):
        """How it was given."""

        SIGNATURE = "signature", _("by signature")
        THUMB = "thumb", _("by thumb print")
        VOICE = "voice", _("by voice")
        WITNESS = "witness", _("before a witness")
        ORAL = "oral", _("aloud; the volunteer vouches for it")
        CODE = "code", _("by the person, with code and PIN")

    person = models.ForeignKey(Person, models.CASCADE, verbose_name=_("person"), related_name="consents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("recorded for"), related_name="+")
    recipient = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("recipient"), related_name="consents_received"
    )
    text = models.ForeignKey(ConsentText, models.PROTECT, verbose_name=_("text"), related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentText.Purpose)
    language = models.CharField(_("read in"), max_length=12)
    text_hash = models.CharField(_("hash of the exact text"), max_length=64)
    way = models.CharField(_("given"), max_length=10, choices=Way)
    evidence_sealed = models.BinaryField(_("sealed proof: voice, picture or witness"), null=True, blank=True)
    given_on = models.DateField(_("given on"))
    expires_on = models.DateField(_("ends on"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recorded by"), null=True, blank=True, related_name="+"
    )
    confirm_by = models.DateField(_("lapses unless confirmed before"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_how = models.CharField(_("withdrawn through"), max_length=20, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["recipient", "purpose", "expires_on"], name="consent_holding")]
        constraints = [
            models.CheckConstraint(
                condition=Q(way="code", recorded_by=None) | (~Q(way="code") & Q(recorded_by__isnull=False)),
                name="consent_recorded_by_someone_or_given_with_code",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(confirmed_at__isnull=False),
                name="consent_confirmed_together",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")),
                name="consent_confirmed_by_someone_else",
            ),
        ]

    def needs_confirming(self, today: date) -> bool:
        """Say whether it holds on someone's word alone, for some days more."""
        return self.confirm_by is not None and self.confirmed_at is None and today < self.confirm_by

    def has_lapsed(self, today: date) -> bool:
        """Say whether it held on someone's word alone, and nobody confirmed it in time."""
        return self.confirm_by is not None and self.confirmed_at is None and today >= self.confirm_by

    class Privacy:
        open = {
            "id",
            "organisation",
            "recipient",
            "text",
            "purpose",
            "language",
            "text_hash",
            "way",
            "given_on",
            "expires_on",
            "recorded_at",
            "withdrawn_at",
            "withdrawn_how",
            "confirm_by",
            "confirmed_at",
        }
        personal = {"person", "recorded_by", "confirmed_by"}
        secret = {"evidence_sealed"}
