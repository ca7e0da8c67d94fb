"""Who reaches a case, what left with it, and the person it is about."""

from datetime import timedelta

import pytest

from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.cases.models import Appointment, Batch, Case, Dossier, Referral
from relais.kernel import clock
from relais.people.models import Person
from relais.people.services import withdraw_consent
from tests.cases.factories import (
    AppointmentFactory,
    CaseFactory,
    DossierFactory,
    ReferralFactory,
    in_same_place,
)
from tests.organisations.factories import MembershipFactory, member
from tests.places.factories import TerritoryFactory

pytestmark = pytest.mark.django_db


def reached(actor, verb, model=Case):
    actor.__dict__.pop("held_roles", None)
    return set(model.objects.reachable_by(actor, verb))


def test_a_companion_reaches_the_cases_they_carry_and_no_other():
    case = CaseFactory()
    other = in_same_place(case)
    assert reached(case.companion, Verb.CASE_WORK) == {case}
    assert reached(other.companion, Verb.CASE_READ) == {other}


def test_a_companion_who_left_the_organisation_reaches_nothing():
    case = CaseFactory()
    case.companion.memberships.update(until=clock.today())
    assert reached(case.companion, Verb.CASE_READ) == set()


def test_who_goes_along_to_an_appointment_reads_the_case_until_it_took_place():
    appointment = AppointmentFactory()
    friend = member(organisation=appointment.case.organisation)
    appointment.accompanied_by = friend
    appointment.save()
    assert reached(friend, Verb.CASE_WORK) == {appointment.case}
    assert reached(friend, Verb.CASE_CLOSE) == set()
    assert reached(friend, Verb.PERSON_IDENTIFY, Person) == {appointment.case.person}
    Appointment.objects.update(state=Appointment.State.KEPT)
    assert reached(friend, Verb.CASE_READ) == set()


def test_a_relay_reaches_the_cases_of_the_place_they_work_in():
    country = TerritoryFactory()
    chui, osh = TerritoryFactory(parent=country, code="KG-C"), TerritoryFactory(parent=country, code="KG-C2")
    near = CaseFactory()
    near.person.territory = chui
    near.person.save()
    far = in_same_place(near)
    far.person.territory = osh
    far.person.save()
    CaseFactory()
    relay = MembershipFactory(organisation=near.organisation, role=Role.RELAY, territory=chui).user
    everywhere = member(Role.RELAY, near.organisation)
    assert reached(relay, Verb.CASE_WORK) == {near}
    assert reached(everywhere, Verb.CASE_WORK) == {near, far}
    assert reached(everywhere, Verb.CASE_CLOSE) == set()


def test_a_coordinator_reaches_their_organisation_and_not_the_neighbours():
    case = CaseFactory()
    CaseFactory()
    coordinator = member(Role.COORDINATOR, case.organisation)
    assert reached(coordinator, Verb.CASE_HAND_OVER) == {case}
    assert reached(coordinator, Verb.DOSSIER_SUBMIT) == {case}


def test_an_authority_reaches_no_case_and_the_dossiers_handed_to_it():
    dossier = DossierFactory()
    DossierFactory()
    official = member(Role.AUTHORITY, dossier.authority)
    assert reached(official, Verb.CASE_READ) == set()
    assert reached(official, Verb.DOSSIER_DECIDE, Dossier) == {dossier}
    assert reached(official, Verb.DOSSIER_READ, Batch) == {dossier.batch}


def test_a_withdrawn_consent_takes_the_dossier_from_the_authority_at_once():
    dossier = DossierFactory()
    official = member(Role.AUTHORITY, dossier.authority)
    withdraw_consent(consent=dossier.consent, by=dossier.case.companion)
    assert reached(official, Verb.DOSSIER_READ, Dossier) == set()
    assert reached(official, Verb.PERSON_IDENTIFY, Person) == set()
    assert reached(member(Role.COORDINATOR, dossier.organisation), Verb.DOSSIER_READ, Dossier) == {dossier}


def test_a_consent_that_ended_hides_what_is_undecided_and_keeps_the_decision():
    dossier = DossierFactory()
    official = member(Role.AUTHORITY, dossier.authority)
    dossier.consent.expires_on = clock.today()
    dossier.consent.given_on = clock.today() - timedelta(days=9)
    dossier.consent.save()
    assert reached(official, Verb.DOSSIER_READ, Dossier) == set()
    Dossier.objects.update(state="accepted", decided_at=clock.now(), decided_on=clock.today(), decided_by=official)
    assert reached(official, Verb.DOSSIER_READ, Dossier) == {dossier}
    assert reached(official, Verb.DOSSIER_DECIDE, Dossier) == set()


def test_a_referral_reaches_the_organisation_it_is_offered_to_and_nobody_else_there():
    referral = ReferralFactory()
    assert reached(member(Role.COORDINATOR, referral.to), Verb.REFERRAL_ANSWER, Referral) == {referral}
    assert reached(member(Role.COMPANION, referral.to), Verb.REFERRAL_ANSWER, Referral) == set()
    assert reached(member(Role.COORDINATOR), Verb.REFERRAL_ANSWER, Referral) == set()
    assert reached(member(Role.COORDINATOR, referral.to), Verb.CASE_READ) == set()
    assert reached(referral.case.companion, Verb.REFERRAL_OFFER, Referral) == {referral}


def test_a_companion_opens_a_case_for_who_they_registered_and_a_stranger_does_not():
    case = CaseFactory()
    colleague = member(organisation=case.organisation)
    assert reached(case.companion, Verb.CASE_OPEN, Person) == {case.person}
    assert reached(colleague, Verb.CASE_OPEN, Person) == set()
    assert reached(member(Role.RELAY, case.organisation), Verb.CASE_OPEN, Person) == {case.person}
