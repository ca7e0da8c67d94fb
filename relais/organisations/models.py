"""Organisations, memberships, invitations, lent lines and tokens."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relais.access.roles import Role
from relais.kernel.models import Row
from relais.kernel.text import TranslatedField, pick
from relais.organisations.queries import (
    ApiTokenQuerySet,
    InvitationQuerySet,
    LentLineQuerySet,
    MembershipQuerySet,
    OrganisationQuerySet,
)
from relais.places.models import Territory

ROLE_LABELS = {
    Role.COMPANION: _("companion"),
    Role.RELAY: _("relay"),
    Role.COORDINATOR: _("coordinator"),
    Role.AUTHORITY: _("authority"),
    Role.EVIDENCE_OFFICER: _("evidence officer"),
    Role.ADMINISTRATOR: _("administrator"),
}


class Organisation(Row):
    """An association, an authority or another partner."""

    class Kind(models.TextChoices):
        """What it is."""

        ASSOCIATION = "association", _("association")
        AUTHORITY = "authority", _("public authority")
        INTERNATIONAL = "international", _("international organisation")
        COMPANY = "company", _("company")
        UNIVERSITY = "university", _("university")
        NETWORK = "network", _("network")

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    names = TranslatedField(_("names"))
    about = TranslatedField(_("about"))
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("part of"), null=True, blank=True, related_name="parts"
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, verbose_name=_("territory"), null=True, blank=True, related_name="organisations"
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]

    class Privacy:
        open = {"id", "slug", "kind", "names", "about", "parent", "territory", "address", "phone", "email"}
        personal: set[str] = set()
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names) or self.slug


class Membership(Row):
    """Someone belongs to an organisation, as something, for a time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("user"), related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, ROLE_LABELS[role]) for role in Role])
    territory = models.ForeignKey(
        Territory, models.PROTECT, verbose_name=_("works in"), null=True, blank=True, related_name="memberships"
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], condition=Q(until=None), name="membership_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after_it_begins"
            ),
        ]

    class Privacy:
        open = {"id", "organisation", "role", "territory", "since", "until"}
        personal = {"user"}
        secret: set[str] = set()


class Invitation(Row):
    """A one-time way in, as a QR or a link: to join, or for someone who lost access to come back."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, ROLE_LABELS[role]) for role in Role])
    territory = models.ForeignKey(
        Territory, models.PROTECT, verbose_name=_("works in"), null=True, blank=True, related_name="+"
    )
    label = models.CharField(_("for whom"), max_length=120, blank=True)
    recovers = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("gives access back to"),
        null=True,
        blank=True,
        related_name="recoveries",
    )
    resets_mfa = models.BooleanField(_("takes away the second step of signing in"), default=False)
    reason = models.CharField(_("why the second step is taken away"), max_length=300, blank=True)
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("invited by"), related_name="+"
    )
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("used by"), null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resets_mfa=False) | (Q(recovers__isnull=False) & ~Q(reason="")),
                name="invitation_resets_with_reason",
            )
        ]

    class Privacy:
        open = {
            "id",
            "organisation",
            "role",
            "territory",
            "resets_mfa",
            "created_at",
            "expires_at",
            "used_at",
            "withdrawn_at",
        }
        personal = {"label", "recovers", "reason", "created_by", "used_by"}
        secret = {"token_hash"}


class LentLine(Row):
    """A phone number or an address that an organisation lends to people who have none."""

    class Kind(models.TextChoices):
        """What is lent."""

        PHONE = "phone", _("phone number")
        EMAIL = "email", _("e-mail address")
        POST = "post", _("postal address")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="lent_lines"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.CharField(_("number or address"), max_length=200)
    label = TranslatedField(_("label"))
    ended_on = models.DateField(_("no longer lent since"), null=True, blank=True)

    objects = LentLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("lent line")
        ordering = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], condition=Q(ended_on=None), name="lentline_once")
        ]

    class Privacy:
        open = {"id", "organisation", "kind", "value", "label", "ended_on"}
        personal: set[str] = set()
        secret: set[str] = set()


class ApiToken(Row):
    """A key with which an organisation's program uses the API in the rights of its own account."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="api_tokens"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("account"), related_name="api_tokens"
    )
    name = models.CharField(_("name"), max_length=120)
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("made by"), related_name="+"
    )
    vouched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("who answers for it"), related_name="+"
    )
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        ordering = ["name"]

    class Privacy:
        open = {"id", "organisation", "name", "created_at", "expires_at", "revoked_at", "last_used_on"}
        personal = {"user", "created_by", "vouched_by"}
        secret = {"token_hash"}
