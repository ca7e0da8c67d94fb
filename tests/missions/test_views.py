"""Pages of training, as people read them."""

import pytest
from django.urls import reverse

from relais.access.roles import Role
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
