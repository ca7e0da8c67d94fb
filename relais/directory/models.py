"""Places where a service is given."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.directory.queries import OfficeQuerySet
from relais.kernel.models import Row
from relais.kernel.text import TranslatedField, pick
from relais.organisations.models import Organisation
from relais.places.models import Territory
from relais.programmes.models import Programme


class Office(Row):
    """A place to go to: hours, what it asks for, how safe people found it, when someone last confirmed this."""

    key = models.SlugField(_("key"), max_length=60)
    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="offices")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="offices"
    )
    territory = models.ForeignKey(Territory, models.PROTECT, verbose_name=_("territory"), related_name="offices")
    names = TranslatedField(_("names"))
    address = TranslatedField(_("address"))
    hours = TranslatedField(_("opening hours"))
    asks_for = TranslatedField(_("what it asks for"))
    safety = TranslatedField(_("what people say of safety"))
    step_free = models.BooleanField(_("step-free access"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        related_name="+",
    )
    closed_on = models.DateField(_("closed since"), null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        ordering = ["programme", "key"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="office_once")]

    class Privacy:
        open = {
            "id",
            "key",
            "programme",
            "organisation",
            "territory",
            "names",
            "address",
            "hours",
            "asks_for",
            "safety",
            "step_free",
            "phone",
            "confirmed_on",
            "closed_on",
        }
        personal = {"confirmed_by"}
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names)
