"""Tests taken, trainings recorded, and the gate they open."""

from datetime import timedelta

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.missions import services
from relais.missions.models import Training
from relais.procedures.gate import may_advise
from tests.missions.factories import CourseFactory, TrainingFactory
from tests.organisations.factories import member
from tests.procedures.factories import make_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return make_procedure().versions.get()


@pytest.fixture
def association(version):
    authority = version.procedure.service.authority
    return version.procedure.programme.partners.exclude(organisation=authority).get().organisation


def test_who_passes_the_test_may_advise_until_it_expires(version, association):
    course, aida = CourseFactory(version=version), member(organisation=association)
    assert not may_advise(aida, version, clock.today())
    services.take_test(course=course, answers={1: 0, 2: 0}, by=aida)
    assert may_advise(aida, version, clock.today())
    assert not may_advise(aida, version, clock.today() + timedelta(days=366))


def test_a_version_without_a_course_is_open_to_everyone(version, association):
    CourseFactory(programme=version.procedure.programme)
    assert may_advise(member(organisation=association), version, clock.today())


def test_every_course_on_the_version_is_asked(version, association):
    aida = member(organisation=association)
    TrainingFactory(course=CourseFactory(version=version), user=aida)
    CourseFactory(version=version)
    assert not may_advise(aida, version, clock.today())


def test_too_few_right_answers_do_not_pass_and_one_may_try_again(version, association):
    course, aida = CourseFactory(version=version), member(organisation=association)
    failed = services.take_test(course=course, answers={1: 0, 2: 1}, by=aida)
    assert (failed.score, failed.passed, failed.expires_on) == (50, False, None)
    assert not may_advise(aida, version, clock.today())
    assert services.take_test(course=course, answers={1: 0, 2: 0}, by=aida).passed


def test_a_test_sent_twice_counts_once(version, association):
    course, aida, sent = CourseFactory(version=version), member(organisation=association), uuid7()
    for _time in range(2):
        services.take_test(course=course, answers={1: 0, 2: 0}, by=aida, id=sent)
    assert Training.objects.count() == 1


def test_a_test_with_open_questions_or_none_is_refused(version, association):
    course, aida = CourseFactory(version=version), member(organisation=association)
    with pytest.raises(Refusal, match="1 are still open"):
        services.take_test(course=course, answers={1: 0}, by=aida)
    course.questions.all().delete()
    with pytest.raises(Refusal, match="no test yet"):
        services.take_test(course=course, answers={}, by=aida)


def test_a_coordinator_records_a_training_in_a_room(version, association):
    course, aida = CourseFactory(version=version), member(organisation=association)
    coordinator = member(Role.COORDINATOR, association)
    given = {"course": course, "user": aida, "organisation": association, "taken_on": clock.today(), "id": uuid7()}
    assert services.record_training(**given, by=coordinator) == services.record_training(**given, by=coordinator)
    assert may_advise(aida, version, clock.today())


def test_a_training_is_not_recorded_for_a_stranger_nor_for_tomorrow(version, association):
    course, coordinator = CourseFactory(version=version), member(Role.COORDINATOR, association)
    given = {"course": course, "organisation": association, "by": coordinator}
    with pytest.raises(Refusal, match="does not belong"):
        services.record_training(**given, user=member(), taken_on=clock.today())
    with pytest.raises(Refusal, match="not come yet"):
        services.record_training(**given, user=coordinator, taken_on=clock.today() + timedelta(days=2))


def test_a_companion_does_not_declare_themselves_trained(version, association):
    aida = member(organisation=association)
    with pytest.raises(OutOfReach):
        services.record_training(
            course=CourseFactory(version=version), user=aida, organisation=association, taken_on=clock.today(), by=aida
        )


def test_someone_of_another_programme_does_not_take_the_course(version):
    with pytest.raises(OutOfReach):
        services.take_test(course=CourseFactory(version=version), answers={1: 0, 2: 0}, by=member())
