"""How hard someone found the way, in three short questions; who they are is not asked, nor who held the phone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.cases.models.case import Case
from relais.kernel.models import Row


class Strain(Row):
    """One answer to the three-question scale, and how the case stood when it was given.

    Jilke, Baekgaard, Herd and Moynihan, "Short and sweet", Journal of Behavioral Public Administration: learning,
    compliance and psychological costs, a question each. A good outcome makes the way there look easier, so the
    outcome is kept with the answer and answers are never averaged over outcomes.
    """

    class Outcome(models.TextChoices):
        """How the case stood; the words are those of `procedures.experience.Outcome`."""

        GRANTED = "granted", _("got what they came for")
        REFUSED = "refused", _("refused by the authority")
        PENDING = "pending", _("still on the way")
        GAVE_UP = "gave_up", _("gave up")

    class Degree(models.IntegerChoices):
        """How much someone agrees."""

        NOT_AT_ALL = 1, _("not at all")
        LITTLE = 2, _("a little")
        SOMEWHAT = 3, _("somewhat")
        MUCH = 4, _("much")
        VERY = 5, _("very much")

    case = models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="strains")
    learning = models.PositiveSmallIntegerField(_("finding out"), choices=Degree)
    effort = models.PositiveSmallIntegerField(_("time and effort"), choices=Degree)
    stress = models.PositiveSmallIntegerField(_("worry"), choices=Degree)
    outcome = models.CharField(_("how the case stood"), max_length=10, choices=Outcome)
    told_on = models.DateField(_("told on"))

    class Meta:
        verbose_name = _("answer on how hard it was")
        verbose_name_plural = _("answers on how hard it was")
        constraints = [
            models.UniqueConstraint(fields=["case", "told_on"], name="strain_once_a_day"),
            models.CheckConstraint(
                name="strain_on_the_scale",
                condition=Q(learning__range=(1, 5), effort__range=(1, 5), stress__range=(1, 5)),
            ),
        ]

    class Privacy:
        open = {"id", "case", "learning", "effort", "stress", "outcome", "told_on"}
        personal: set[str] = set()
        secret: set[str] = set()
