"""The same registration from two devices, and many guesses at one PIN, in the same instant."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from relais.access.roles import Role
from relais.kernel.ids import uuid7
from relais.people import services
from relais.people.identities import Facts
from relais.people.models import Person, PersonKey
from relais.people.services.pins import MOST_FAILURES
from tests.organisations.factories import OrganisationFactory, member
from tests.people.factories import PersonFactory
from tests.programmes.factories import ProgrammeFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 12


def at_once(deed):
    """Do the same many times at the same moment, each in a thread and a connection of its own; give every answer."""
    start, answers = Barrier(AT_ONCE), []

    def do():
        start.wait()
        try:
            answers.append(deed())
        finally:
            connection.close()

    threads = [Thread(target=do) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_registration_sent_many_times_in_one_instant_makes_one_person():
    organisation = OrganisationFactory()
    programme, companion = ProgrammeFactory(partners=[organisation]), member(Role.COMPANION, organisation)
    sent = uuid7()

    def register():
        return services.register_person(
            organisation=organisation, programme=programme, by=companion, facts=Facts("Гулнора"), id=sent, sure=True
        ).pk

    assert at_once(register) == [sent] * AT_ONCE
    assert (Person.objects.count(), PersonKey.objects.count()) == (1, 1)


def test_guesses_in_one_instant_close_the_code_all_the_same():
    person = PersonFactory()
    pin = services.set_pin(person=person, by=person.registered_by)
    wrong = f"{(int(pin) + 1) % 1_000_000:06}"
    assert at_once(lambda: services.check_code_and_pin(code=person.code, pin=wrong)) == [None] * AT_ONCE
    person.refresh_from_db()
    assert person.pin_failures == MOST_FAILURES
    assert person.pin_locked_at is not None


def test_a_wish_to_forget_carried_out_twice_at_once_is_carried_out_once():
    person = PersonFactory()
    coordinator = member(Role.COORDINATOR, person.organisation)
    assert at_once(lambda: services.forget_person(person=person, by=coordinator)) == [None] * AT_ONCE
    assert not PersonKey.objects.exists()
