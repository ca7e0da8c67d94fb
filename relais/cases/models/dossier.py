"""Complete dossiers handed to an authority, alone or in a batch, and what it decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.cases.models.case import Case
from relais.cases.queries import BatchQuerySet, DossierQuerySet
from relais.kernel.models import Row
from relais.organisations.models import Organisation
from relais.people.models import Consent
from relais.procedures.models import Procedure, Requirement


class Batch(Row):
    """Dossiers handed over together, with a manifest both sides sign."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("handed by"), related_name="batches_handed"
    )
    authority = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("handed to"), related_name="batches_received"
    )
    procedure = models.ForeignKey(Procedure, models.PROTECT, verbose_name=_("procedure"), related_name="batches")
    number = models.CharField(_("number"), max_length=30)
    handed_on = models.DateField(_("handed on"))
    handed_at = models.DateTimeField(_("entered at"))
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("entered by"), related_name="+"
    )
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("received by"), null=True, blank=True, related_name="+"
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["-handed_at"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="batch_once"),
            models.CheckConstraint(
                condition=Q(received_at=None, received_by=None)
                | Q(received_at__isnull=False, received_by__isnull=False),
                name="batch_received_together",
            ),
        ]

    class Privacy:
        open = {
            "id",
            "organisation",
            "authority",
            "procedure",
            "number",
            "handed_on",
            "handed_at",
            "received_at",
        }
        personal = {"handed_by", "received_by"}
        secret: set[str] = set()


class Dossier(Row):
    """One complete case handed to an authority, under the person's consent."""

    class State(models.TextChoices):
        """Where it stands."""

        HANDED = "handed", _("handed over")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class ReturnReason(models.TextChoices):
        """Why an authority gives a dossier back."""

        MISSING = "missing", _("a proof is missing")
        UNREADABLE = "unreadable", _("a proof cannot be read")
        EXPIRED = "expired", _("a proof has expired")
        MISMATCH = "mismatch", _("names or dates do not match")
        WRONG_OFFICE = "wrong_office", _("another office is competent")
        NOT_ENTITLED = "not_entitled", _("the person is not entitled")
        OTHER = "other", _("another reason, told in words")

    case = models.ForeignKey(Case, models.PROTECT, verbose_name=_("case"), related_name="dossiers")
    batch = models.ForeignKey(Batch, models.PROTECT, verbose_name=_("batch"), related_name="dossiers")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("handed by"), related_name="dossiers_handed"
    )
    authority = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("authority"), related_name="dossiers")
    consent = models.ForeignKey(Consent, models.PROTECT, verbose_name=_("consent"), related_name="dossiers")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HANDED)
    reason = models.CharField(_("reason of the return"), max_length=15, choices=ReturnReason, blank=True)
    requirement = models.ForeignKey(
        Requirement, models.PROTECT, verbose_name=_("requirement"), null=True, blank=True, related_name="+"
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), null=True, blank=True, related_name="+"
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        ordering = ["batch", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["handed", "accepted"]), name="dossier_one_with_authority"
            ),
            models.CheckConstraint(
                name="dossier_decided_together",
                condition=Q(decided_at=None, decided_by=None, decided_on=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(name="dossier_returned_with_reason", condition=~Q(state="returned") | ~Q(reason="")),
        ]
        indexes = [
            models.Index(fields=["authority", "state", "id"], name="dossier_to_decide"),
            models.Index(fields=["organisation", "state", "id"], name="dossier_of_organisation"),
        ]

    class Privacy:
        open = {
            "id",
            "case",
            "batch",
            "organisation",
            "authority",
            "consent",
            "state",
            "reason",
            "requirement",
            "decided_on",
            "decided_at",
        }
        personal = {"remark", "decided_by"}
        secret: set[str] = set()
