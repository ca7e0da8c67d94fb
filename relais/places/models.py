"""Territories: countries, regions, districts, communes, villages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.kernel.models import Row
from relais.kernel.text import TranslatedField, pick
from relais.places.queries import TerritoryQuerySet


class Territory(Row):
    """A place that contains places; the path lists the codes from the country down."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    names = TranslatedField(_("names"))
    level = models.PositiveSmallIntegerField(_("level"))
    kind = models.CharField(_("kind"), max_length=60, default="country")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("inside"), null=True, blank=True, related_name="parts"
    )
    path = models.CharField(_("path"), max_length=300, unique=True)
    note = TranslatedField(_("note"))

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["path"]

    class Privacy:
        open = {"id", "code", "names", "level", "kind", "parent", "path", "note"}
        personal: set[str] = set()
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names) or self.code
