"""Courses, their short tests, and who passed them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from relais.kernel.models import Row
from relais.kernel.text import TranslatedField, pick
from relais.missions.queries import CourseQuerySet, TrainingQuerySet
from relais.organisations.models import Organisation
from relais.procedures.models import ProcedureVersion
from relais.programmes.models import Programme


class Course(Row):
    """What a volunteer must know; a course on a version opens the gate to advise on it."""

    key = models.SlugField(_("key"), max_length=60)
    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="courses")
    version = models.ForeignKey(
        ProcedureVersion,
        models.CASCADE,
        verbose_name=_("trains on"),
        null=True,
        blank=True,
        related_name="courses",
    )
    names = TranslatedField(_("names"))
    lesson = TranslatedField(_("lesson"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    pass_mark = models.PositiveSmallIntegerField(_("right answers needed, in percent"), default=80)
    days_valid = models.PositiveSmallIntegerField(_("valid for days"), null=True, blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="course_once")]

    class Privacy:
        open = {"id", "key", "programme", "version", "names", "lesson", "minutes", "pass_mark", "days_valid"}
        personal: set[str] = set()
        secret: set[str] = set()

    def __str__(self) -> str:
        return pick(self.names)


class Question(Row):
    """One question of a short test; choices are translated, one is right, and the answer is explained."""

    course = models.ForeignKey(Course, models.CASCADE, verbose_name=_("course"), related_name="questions")
    position = models.PositiveSmallIntegerField(_("position"))
    asks = TranslatedField(_("asks"))
    choices = models.JSONField(_("choices"), default=list)
    right = models.PositiveSmallIntegerField(_("right choice"))
    because = TranslatedField(_("because"))

    class Meta:
        verbose_name = _("question")
        ordering = ["course", "position"]

    class Privacy:
        open = {"id", "course", "position", "asks", "choices", "right", "because"}
        personal: set[str] = set()
        secret: set[str] = set()


class Training(Row):
    """Someone took a course: when, with what result, until when it counts."""

    course = models.ForeignKey(Course, models.CASCADE, verbose_name=_("course"), related_name="trainings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("volunteer"), related_name="trainings"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="trainings"
    )
    taken_on = models.DateField(_("taken on"))
    score = models.PositiveSmallIntegerField(_("right answers, in percent"), null=True, blank=True)
    passed = models.BooleanField(_("passed"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recorded by"), related_name="+"
    )

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        ordering = ["-taken_on"]
        indexes = [models.Index(fields=["user", "course", "passed"], name="training_gate")]

    class Privacy:
        open = {"id", "course", "organisation", "taken_on", "expires_on", "recorded_at"}
        personal = {"user", "score", "passed", "recorded_by"}
        secret: set[str] = set()
