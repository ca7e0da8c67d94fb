"""Courses with a test of two questions, and who passed them."""

from datetime import timedelta

import factory

from relais.kernel import clock
from relais.missions.models import Course, Question, Training
from tests.organisations.factories import member
from tests.programmes.factories import ProgrammeFactory


def now():
    """Ask at each call, so that the clock of the `at` fixture is heard."""
    return clock.now()


class CourseFactory(factory.django.DjangoModelFactory):
    """A course; `version=` makes it one that opens the gate."""

    class Meta:
        model = Course
        skip_postgeneration_save = True

    key = factory.Sequence(lambda number: f"course-{number}")
    version = None
    programme = factory.LazyAttribute(
        lambda course: course.version.procedure.programme if course.version else ProgrammeFactory()
    )
    names = {"en": "Advising on the simpler procedure", "fr": "Conseiller sur la procédure simplifiée"}
    lesson = {"en": "Two witnesses can stand for a birth certificate."}
    pass_mark = 75
    days_valid = 365

    @factory.post_generation
    def questions(self, create, questions, **kwargs):
        for position in (1, 2):
            Question.objects.create(
                course=self,
                position=position,
                asks={"en": "What can she bring?"},
                choices=[{"en": "Two witnesses"}, {"en": "Nothing"}],
                right=0,
                because={"en": "Version 2 accepts two witnesses."},
            )


class TrainingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Training

    course = factory.SubFactory(CourseFactory)
    user = factory.LazyFunction(member)
    organisation = factory.LazyAttribute(lambda training: training.user.memberships.get().organisation)
    taken_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=30))
    score = 100
    passed = True
    expires_on = factory.LazyAttribute(lambda training: training.taken_on + timedelta(days=365))
    recorded_at = factory.LazyFunction(now)
    recorded_by = factory.SelfAttribute("user")
