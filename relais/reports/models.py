"""What was last published of a programme, so that two readings cannot be subtracted to find one person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.kernel.models import Row
from relais.programmes.models import Programme


class Released(Row):
    """One figure as everyone reads it, until so many people have changed it that the change tells of none of them."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, verbose_name=_("programme"), related_name="released_figures"
    )
    figure = models.CharField(_("figure"), max_length=160)
    value = models.PositiveIntegerField(_("as published"), null=True)
    released_on = models.DateField(_("published on"))

    class Meta:
        verbose_name = _("published figure")
        constraints = [models.UniqueConstraint(fields=["programme", "figure"], name="released_once")]

    class Privacy:
        open = {"id", "programme", "figure", "value", "released_on"}
        personal: set[str] = set()
        secret: set[str] = set()
