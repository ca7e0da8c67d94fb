"""Pages of training, as people read them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from relais.access.roles import Role
from relais.kernel import clock
from relais.missions.models import Training
from relais.procedures.models import ProcedureVersion
from tests.missions.factories import CourseFactory, TrainingFactory
from tests.organisations.factories import member
from tests.procedures.factories import make_procedure
from tests.programmes.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db


def sign_in(client, user):
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")


def test_a_wrong_answer_is_explained(client):
    aida = member()
    programme = ProgrammeFactory(partners=[aida.memberships.get().organisation])
    course = CourseFactory(programme=programme)
    sign_in(client, aida)
    answers = {"q1": "0", "q2": "1", "id": "0198a000-0000-7000-8000-000000000001"}
    page = client.post(reverse("missions:course", args=[course.pk]), answers).content.decode()
    assert "Not yet passed" in page
    assert "Version 2 accepts two witnesses." in page


def test_a_coordinator_sees_who_is_trained_in_a_constant_number_of_queries(client, django_assert_max_num_queries):
    version = make_procedure().versions.get()
    association = version.procedure.programme.partners.exclude(organisation=version.procedure.service.authority).get()
    course = CourseFactory(version=version)
    for _volunteer in range(8):
        TrainingFactory(course=course, user=member(organisation=association.organisation))
    member(organisation=association.organisation, display_name="Untrained Nurlan")
    sign_in(client, member(Role.COORDINATOR, association.organisation))
    with django_assert_max_num_queries(15):
        page = client.get(reverse("missions:trained")).content.decode()
    assert "Untrained Nurlan" in page
    assert "not yet" in page


def test_a_coordinator_records_a_training_and_comes_back_to_the_list(client):
    coordinator = member(Role.COORDINATOR)
    organisation = coordinator.memberships.get().organisation
    course, aida = CourseFactory(programme=ProgrammeFactory(partners=[organisation])), member(organisation=organisation)
    sign_in(client, coordinator)
    answers = {
        "user": aida.pk,
        "course": course.pk,
        "taken_on": "2026-03-01",
        "id": "0198a000-0000-7000-8000-000000000001",
    }
    response = client.post(reverse("missions:record"), answers)
    assert response.url == reverse("missions:trained")
    assert aida.trainings.get().passed


def test_a_certificate_prints_for_its_owner(client):
    training = TrainingFactory()
    sign_in(client, training.user)
    page = client.get(reverse("missions:certificate", args=[training.pk])).content.decode()
    assert str(training.pk) in page


@pytest.fixture
def gates():
    """A companion with courses on the version in force and on one of the past, and one that opens no gate."""
    procedure = make_procedure()
    version = procedure.versions.get()
    association = procedure.programme.partners.exclude(organisation=procedure.service.authority).get().organisation
    past = ProcedureVersion.objects.create(
        procedure=procedure, number=9, state="retired", drafted_at=version.drafted_at, retired_on=clock.today()
    )
    return {
        "past": CourseFactory(key="a-past", version=past, names={"en": "The old way"}),
        "free": CourseFactory(key="b-free", programme=procedure.programme, names={"en": "Listening"}),
        "gate": CourseFactory(key="c-gate", version=version, names={"en": "The simpler way"}),
        "aida": member(organisation=association),
        "coordinator": member(Role.COORDINATOR, association),
        "authority": member(Role.AUTHORITY, procedure.service.authority),
    }


def order(client, user, *names):
    sign_in(client, user)
    page = client.get(reverse("missions:courses")).content.decode()
    return page, sorted(names, key=page.index)


def test_the_course_that_opens_the_gate_today_comes_first_with_its_reason_and_its_button(client, gates):
    page, found = order(client, gates["aida"], "The old way", "Listening", "The simpler way")
    assert found == ["The simpler way", "Listening", "The old way"]
    assert "Until you pass this course, you may not advise on it." in page
    assert "you have not taken it yet" in page
    assert page.count("Take the course") == 1


def test_a_course_that_ends_soon_says_until_when_and_one_that_ended_comes_first_again(client, gates):
    today = clock.today()
    training = TrainingFactory(course=gates["gate"], user=gates["aida"], expires_on=today + timedelta(days=5))
    page, found = order(client, gates["aida"], "Listening", "The simpler way")
    assert found == ["The simpler way", "Listening"]
    assert "take it again before then" in page
    assert "Take the course" not in page
    Training.objects.filter(pk=training.pk).update(expires_on=today)
    page, _found = order(client, gates["aida"])
    assert "your last one counted until" in page


def test_who_is_trained_is_asked_for_nothing(client, gates):
    TrainingFactory(course=gates["gate"], user=gates["aida"])
    page, found = order(client, gates["aida"], "Listening", "The simpler way", "The old way")
    assert found == ["Listening", "The simpler way", "The old way"]
    assert "for a version no longer in force" in page
    assert "Take the course" not in page


def test_an_official_who_advises_nobody_is_not_pressed(client, gates):
    page, _found = order(client, gates["authority"])
    assert "The simpler way" in page
    assert "Take the course" not in page
