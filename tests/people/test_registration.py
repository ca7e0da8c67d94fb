"""Whoever comes to the door is looked for first, and registered with nothing but what we call them."""

from uuid import UUID

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.journal.models import Entry
from relais.kernel.refusals import Conflict, Refusal
from relais.people import services
from relais.people.identities import Facts
from relais.people.keys import facts_of
from relais.people.matching import describe
from relais.people.models import DuplicatePair, Identity, Person
from tests.organisations.factories import member
from tests.people.factories import PersonFactory
from tests.programmes.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db
ID = UUID("01920000-0000-7000-8000-0000000000aa")


@pytest.fixture
def sairon(world):
    ProgrammeFactory(partners=[world.organisation, world.authority_office])
    PersonFactory(called="Фотима Назарова")  # Someone of another association is always in the room.
    return world.organisation


def register(organisation, by, called="Гулнора Рахимова", **more):
    programme = organisation.partnerships.get().programme
    return services.register_person(organisation=organisation, programme=programme, by=by, facts=Facts(called), **more)


def found(organisation, by, *names):
    return [one.person for one in services.find_people(organisation=organisation, by=by, sought=describe(*names))]


def test_someone_is_registered_with_a_first_name_alone(sairon, companion):
    person = register(sairon, companion, "Гули")
    assert len(person.code) == 9
    assert facts_of(person).called == "Гули"
    assert (person.birth_year, person.sex, person.territory) == (None, "", None)


def test_no_name_stands_in_any_table(sairon, companion):
    person = register(sairon, companion, "Гулнора Рахимова")
    rows = [*Person.objects.values_list(), *Identity.objects.values_list(), *Entry.objects.values_list()]
    assert "Рахимова" not in str(rows)
    assert "Рахимова".encode() not in bytes(Identity.objects.get(person=person).sealed)


def test_someone_without_any_name_is_refused(sairon, companion):
    with pytest.raises(Refusal, match="what we should call"):
        register(sairon, companion, "  ")


def test_a_registration_sent_twice_makes_one_person(sairon, companion):
    first = register(sairon, companion, id=ID, sex="woman")
    again = register(sairon, companion, id=ID, sex="woman")
    assert first == again
    assert Person.objects.filter(organisation=sairon).count() == 1


def test_a_registration_sent_again_with_other_answers_is_not_lost_in_silence(sairon, companion):
    register(sairon, companion, id=ID)
    with pytest.raises(Conflict, match="other answers"):
        register(sairon, companion, "Зарина", id=ID)


def test_a_registration_sent_after_the_person_was_forgotten_brings_nobody_back(sairon, companion, coordinator):
    services.forget_person(person=register(sairon, companion, id=ID), by=coordinator)
    with pytest.raises(Refusal, match="asked to be forgotten"):
        register(sairon, companion, id=ID)


def test_an_id_of_another_organisation_tells_nothing(sairon, companion, coordinator_elsewhere, world):
    ProgrammeFactory(partners=[world.elsewhere])
    register(world.elsewhere, coordinator_elsewhere, id=ID)
    with pytest.raises(Refusal, match="handled elsewhere"):
        register(sairon, companion, id=ID)


def test_an_authority_registers_nobody(sairon, authority, coordinator_elsewhere):
    for stranger in (authority, coordinator_elsewhere):
        with pytest.raises(OutOfReach):
            register(sairon, stranger)
        with pytest.raises(OutOfReach):
            found(sairon, stranger, "Gulnora")


def test_someone_is_found_in_another_script_with_a_spelling_mistake(sairon, companion):
    person = register(sairon, companion)
    register(sairon, companion, "Саидов Рустам")
    for heard in ("Gulnara Rahimva", "Rahimova", "غولنورا", "Рахимова Гулнора"):
        assert found(sairon, companion, heard)[0] == person


def test_someone_of_another_association_is_not_found(sairon, companion):
    assert found(sairon, companion, "Фотима Назарова") == []


def test_a_card_is_found_by_its_code(sairon, companion):
    person = register(sairon, companion)
    code = f"{person.code[:4]} {person.code[4:]}"
    assert [one.person for one in services.find_people(organisation=sairon, by=companion, sought=code)] == [person]


def test_a_companion_learns_that_someone_is_known_but_not_more(sairon, companion, other_companion):
    register(sairon, companion)
    mine = services.find_people(organisation=sairon, by=companion, sought=describe("Gulnora Rahimova"))
    theirs = services.find_people(organisation=sairon, by=other_companion, sought=describe("Gulnora Rahimova"))
    assert [one.within_reach for one in mine] == [True]
    assert [one.within_reach for one in theirs] == [False]


def test_the_journal_says_that_someone_searched_and_not_for_whom(sairon, companion):
    register(sairon, companion)
    found(sairon, companion, "Gulnora Rahimova")
    entry = Entry.objects.get(verb="people.searched")
    assert entry.detail == {"found": 1}


def test_a_likely_double_is_registered_only_by_someone_who_looked(sairon, companion):
    first = register(sairon, companion, birth_year=1984, sex="woman")
    with pytest.raises(Refusal, match="already registered"):
        register(sairon, companion, "Gulnora Rahimova", birth_year=1984, sex="woman")
    second = register(sairon, companion, "Gulnora Rahimova", birth_year=1984, sex="woman", sure=True)
    pair = DuplicatePair.objects.get()
    assert {pair.one, pair.other} == {first, second}
    assert "same_year" in pair.reasons


def test_a_corrected_name_is_found_and_the_wrong_one_no_longer(sairon, companion):
    person = register(sairon, companion, "Зарина")
    assert found(sairon, companion, "Zarina") == [person]
    services.correct_identity(person=person, by=companion, facts=Facts("Нигора"), birth_year=1990)
    assert found(sairon, companion, "Nigora") == [person]
    assert found(sairon, companion, "Zarina") == []
    assert Person.objects.get(pk=person.pk).birth_year == 1990


def test_a_correction_by_another_companion_is_out_of_reach(sairon, companion, other_companion):
    person = register(sairon, companion)
    with pytest.raises(OutOfReach):
        services.correct_identity(person=person, by=other_companion, facts=Facts("Нигора"))


def test_a_relay_reaches_the_people_of_the_organisation(sairon, companion, relay):
    person = register(sairon, companion)
    assert services.reveal(person=person, by=relay, why="page").called == "Гулнора Рахимова"


def test_a_member_of_two_organisations_keeps_them_apart(sairon, companion, world):
    both = member(Role.COORDINATOR, world.elsewhere)
    person = register(sairon, companion)
    with pytest.raises(OutOfReach):
        services.reveal(person=person, by=both, why="page")
