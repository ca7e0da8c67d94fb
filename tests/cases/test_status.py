"""What a person reads of their case on their own page, and what a volunteer sees of it on theirs."""

import pytest
from django.urls import reverse

from relais.cases.status import cases_of, own_appointments, own_cases
from relais.people.companions import companion_of
from tests.cases.factories import CANNOT, EVERYTHING, AppointmentFactory, CaseFactory, DossierFactory
from tests.organisations.factories import member
from tests.people.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_a_person_reads_what_comes_next():
    case = CaseFactory(papers={"birth-certificate": 1})
    ((shown, step, dossier),) = own_cases(case.person).values["lines"]
    assert (shown, dossier) == (case, None)
    assert "Photograph" in step.what


def test_a_person_reads_that_something_stands_in_the_way():
    case = CaseFactory(papers={"birth-certificate": CANNOT})
    ((_case, step, _dossier),) = own_cases(case.person).values["lines"]
    assert step.what.startswith("Blocked")


def test_a_person_reads_where_their_dossier_is():
    dossier = DossierFactory()
    ((_case, step, shown),) = own_cases(dossier.case.person).values["lines"]
    assert shown == dossier
    assert step.what == "Wait for the decision."


def test_a_person_without_a_case_sees_no_empty_box():
    person = PersonFactory()
    assert own_cases(person) is None
    assert own_appointments(person) is None


def test_a_person_sees_appointments_to_come():
    appointment = AppointmentFactory()
    assert own_appointments(appointment.case.person).values["appointments"] == [appointment]


def test_a_volunteer_sees_the_cases_within_reach_and_may_open_another():
    case = CaseFactory(papers=EVERYTHING)
    shown = cases_of(case.person, case.companion)
    assert (shown.values["cases"], shown.values["may_open"]) == ([case], True)
    assert cases_of(case.person, member(organisation=case.organisation)) is None


def test_messages_for_a_person_land_with_who_carries_their_case():
    case = CaseFactory()
    carrier = member(organisation=case.organisation)
    case.companion = carrier
    case.save()
    assert companion_of(case.person) == carrier


def test_a_volunteer_writes_down_the_status_a_procedure_asks_about(client):
    case = CaseFactory()
    case.procedure.attributes = {
        "status": {"names": {"en": "status"}, "values": {"stateless": {"en": "without papers"}}}
    }
    case.procedure.save()
    client.force_login(case.companion, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("people:correct", args=[case.person_id])
    assert "without papers" in client.get(address).content.decode()
    client.post(address, {"called": "Gulnora", "status": "stateless"})
    case.person.refresh_from_db()
    assert case.person.status == "stateless"
