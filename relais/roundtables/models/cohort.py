"""What was foretold on the day a version came into force, and of whom; kept as it was, to be held against what happened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.kernel.models import Row
from relais.procedures.models import ProcedureVersion
from relais.roundtables.models.decision import Decision


class Foretold(Row):
    """The replay of the day a version came into force: its figures, and what it said of each case, a byte a person.

    `cases` is a `procedures.cohort.Cohort`: ids and what was said, no name, no row a person. Whoever asked to be forgotten is
    left out when it is read, and still counted in how many were spoken of.
    """

    decision = models.OneToOneField(
        Decision, models.CASCADE, verbose_name=_("decision"), related_name="foretold", null=True, blank=True
    )
    version = models.OneToOneField(ProcedureVersion, models.CASCADE, verbose_name=_("version"), related_name="foretold")
    baseline = models.ForeignKey(
        ProcedureVersion, models.PROTECT, verbose_name=_("compared to"), related_name="+", null=True, blank=True
    )
    on = models.DateField(_("on"))
    people = models.PositiveIntegerField(_("people"))
    figures = models.JSONField(_("figures, counts only"))
    cases = models.BinaryField(_("cases, and what was said of each"))

    class Meta:
        verbose_name = _("prediction")
        verbose_name_plural = _("predictions")

    class Privacy:
        open = {"id", "decision", "version", "baseline", "on", "people", "figures"}
        personal = {"cases"}
        secret: set[str] = set()
