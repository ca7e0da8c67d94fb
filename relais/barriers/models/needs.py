"""Needs assessments: what to do first, by criteria and weights the table agreed, each score explained."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relais.barriers.queries import NeedsQuerySet
from relais.kernel.models import Row
from relais.kernel.text import TranslatedField, pick
from relais.organisations.models import Organisation
from relais.places.models import Territory
from relais.programmes.models import Programme


class NeedsAssessment(Row):
    """A list to rank, such as shelters to rebuild; it counts once volunteers and authority agreed the weights."""

    key = models.SlugField(_("key"), max_length=60)
    programme = models.ForeignKey(
        Programme, models.CASCADE, verbose_name=_("programme"), related_name="needs_assessments"
    )
    names = TranslatedField(_("names"))
    question = TranslatedField(_("question"))
    unit = TranslatedField(_("what is ranked"))
    agreed_by_volunteers_at = models.DateTimeField(_("agreed by the volunteers at"), null=True, blank=True)
    agreed_by_volunteers = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("for the volunteers"),
        null=True,
        blank=True,
        related_name="+",
    )
    agreed_by_authority_at = models.DateTimeField(_("agreed by the authority at"), null=True, blank=True)
    agreed_by_authority = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("for the authority"),
        null=True,
        blank=True,
        related_name="+",
    )

    objects = NeedsQuerySet.as_manager()

    class Meta:
        verbose_name = _("needs assessment")
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="needsassessment_once"),
            models.CheckConstraint(
                name="needsassessment_volunteers_together",
                condition=Q(agreed_by_volunteers_at=None, agreed_by_volunteers=None)
                | Q(agreed_by_volunteers_at__isnull=False, agreed_by_volunteers__isnull=False),
            ),
            models.CheckConstraint(
                name="needsassessment_authority_together",
                condition=Q(agreed_by_authority_at=None, agreed_by_authority=None)
                | Q(agreed_by_authority_at__isnull=False, agreed_by_authority__isnull=False),
            ),
        ]

    class Privacy:
        open = {
            "id",
            "key",
            "programme",
            "names",
            "question",
            "unit",
            "agreed_by_volunteers_at",
            "agreed_by_authority_at",
        }
        personal = {"agreed_by_volunteers", "agreed_by_authority"}
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names)

    @property
    def is_agreed(self) -> bool:
        """Say whether volunteers and authority agreed on the weights as they stand."""
        return self.agreed_by_volunteers_at is not None and self.agreed_by_authority_at is not None


class Criterion(Row):
    """Something that makes a need more urgent, its weight, and how a score from 0 to 4 is given."""

    assessment = models.ForeignKey(
        NeedsAssessment, models.CASCADE, verbose_name=_("assessment"), related_name="criteria"
    )
    key = models.SlugField(_("key"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    names = TranslatedField(_("names"))
    levels = models.JSONField(_("what each score means"), default=list)
    weight = models.PositiveSmallIntegerField(_("weight"))

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["assessment", "position"]
        constraints = [models.UniqueConstraint(fields=["assessment", "key"], name="criterion_once")]

    class Privacy:
        open = {"id", "assessment", "key", "position", "names", "levels", "weight"}
        personal: set[str] = set()
        secret: set[str] = set()


class Candidate(Row):
    """One thing to rank, known by a label that names nobody."""

    assessment = models.ForeignKey(
        NeedsAssessment, models.CASCADE, verbose_name=_("assessment"), related_name="candidates"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("proposed by"), related_name="+")
    label = models.CharField(_("label"), max_length=120)
    territory = models.ForeignKey(Territory, models.PROTECT, verbose_name=_("where"), related_name="+")
    people_count = models.PositiveSmallIntegerField(_("people living there"), default=0)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("proposed by"), related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    objects = NeedsQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        constraints = [models.UniqueConstraint(fields=["assessment", "label"], name="candidate_once")]

    class Privacy:
        open = {"id", "assessment", "organisation", "label", "territory", "people_count", "proposed_at", "done_on"}
        personal = {"proposed_by"}
        secret: set[str] = set()


class Score(Row):
    """How urgent a candidate is by one criterion, from 0 to 4, and why in words."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, verbose_name=_("candidate"), related_name="scores")
    criterion = models.ForeignKey(Criterion, models.CASCADE, verbose_name=_("criterion"), related_name="scores")
    value = models.PositiveSmallIntegerField(_("score"))
    because = models.CharField(_("because"), max_length=300, blank=True)
    scored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("scored by"), related_name="+"
    )
    scored_on = models.DateField(_("seen on"))

    class Meta:
        verbose_name = _("score")
        constraints = [
            models.UniqueConstraint(fields=["candidate", "criterion"], name="score_once"),
            models.CheckConstraint(name="score_from_0_to_4", condition=Q(value__lte=4)),
        ]

    class Privacy:
        open = {"id", "candidate", "criterion", "value", "because", "scored_on"}
        personal = {"scored_by"}
        secret: set[str] = set()
