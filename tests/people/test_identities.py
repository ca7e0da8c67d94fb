"""Who someone is opens for those who may know, and each opening leaves a line."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.journal.models import Entry
from relais.kernel.refusals import Conflict, Refusal
from relais.people import services
from relais.people.actors import Themselves
from relais.people.models import Consent, ConsentText, Person
from tests.organisations.factories import AuthorityFactory, member
from tests.people.factories import PersonFactory, consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def gulnora(world):
    PersonFactory(called="Someone else")
    return PersonFactory(organisation=world.organisation, registered_by=world.companion)


def test_reading_who_someone_is_leaves_a_line_with_the_reason(gulnora, companion):
    assert services.reveal(person=gulnora, by=companion, why="page").called == "Гулнора Рахимова"
    entry = Entry.objects.get(verb="identity.read")
    assert (entry.person_id, entry.actor_id, entry.detail) == (gulnora.pk, companion.pk, {"why": "page"})


@pytest.mark.parametrize(
    "stranger", ["other_companion", "coordinator_elsewhere", "authority", "evidence_officer", "administrator"]
)
def test_a_stranger_reads_nothing_and_no_line_pretends_so(gulnora, world, stranger):
    with pytest.raises(OutOfReach):
        services.reveal(person=gulnora, by=getattr(world, stranger), why="page")
    assert not Entry.objects.filter(verb="identity.read").exists()


def test_an_authority_knows_who_someone_is_while_they_consent_to_that_authority(gulnora, authority, world):
    other_office = member(Role.AUTHORITY, AuthorityFactory())
    given = consent(gulnora, world.authority_office)
    assert services.reveal(person=gulnora, by=authority, why="dossier").called
    with pytest.raises(OutOfReach):
        services.reveal(person=gulnora, by=other_office, why="dossier")
    services.withdraw_consent(consent=given, by=world.companion)
    with pytest.raises(OutOfReach):
        services.reveal(person=gulnora, by=authority, why="dossier")


def test_consent_to_be_contacted_does_not_say_who_someone_is(gulnora, authority, world):
    consent(gulnora, world.authority_office, purpose=ConsentText.Purpose.CONTACT)
    with pytest.raises(OutOfReach):
        services.reveal(person=gulnora, by=authority, why="dossier")


def test_consent_ends_by_itself(gulnora, authority, world, at):
    at("2026-01-10 08:00")
    given = consent(gulnora, world.authority_office)
    at("2027-01-09 08:00")
    assert services.reveal(person=gulnora, by=authority, why="dossier").called
    assert given.expires_on - given.given_on == timedelta(days=365)
    at("2027-01-10 08:00")
    with pytest.raises(OutOfReach):
        services.reveal(person=gulnora, by=authority, why="dossier")


def test_a_list_opens_all_names_in_one_go_with_one_line(gulnora, companion, world, django_assert_max_num_queries):
    mine = [PersonFactory(organisation=world.organisation, registered_by=companion) for _ in range(9)]
    hers = PersonFactory(organisation=world.organisation, registered_by=world.other_companion)
    people = list(Person.objects.filter(organisation=world.organisation))
    with django_assert_max_num_queries(16):
        names = services.reveal_many(people=people, by=companion, why="list")
    assert set(names) == {person.pk for person in [gulnora, *mine]}
    assert hers.pk not in names
    entry = Entry.objects.get(verb="identity.listed")
    assert sorted(entry.detail["people"]) == sorted(map(str, names))


def test_a_list_of_strangers_leaves_no_line(gulnora, authority):
    assert services.reveal_many(people=[gulnora], by=authority, why="list") == {}
    assert not Entry.objects.filter(verb="identity.listed").exists()


def test_a_person_reads_their_own_file_and_no_other(gulnora, world):
    themselves = Themselves(gulnora.pk)
    neighbour = PersonFactory(organisation=world.organisation)
    assert services.reveal(person=gulnora, by=themselves, why="own-page").called
    with pytest.raises(OutOfReach):
        services.reveal(person=neighbour, by=themselves, why="own-page")


def test_a_person_at_their_own_page_holds_no_role(gulnora):
    assert not Person.objects.reachable_by(Themselves(gulnora.pk), Verb.PERSON_READ).exists()


def test_an_erased_person_is_out_of_everyones_reach(gulnora, coordinator, authority, world):
    consent(gulnora, world.authority_office)
    services.forget_person(person=gulnora, by=coordinator)
    for reader in (coordinator, authority, world.companion, Themselves(gulnora.pk)):
        with pytest.raises(OutOfReach):
            services.reveal(person=Person.objects.get(pk=gulnora.pk), by=reader, why="page")
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_who_corrects_second_is_told_what_changed_and_by_whom(gulnora, companion, coordinator):
    facts, seen = services.reveal(person=gulnora, by=companion, why="correction"), services.corrected_at(person=gulnora)
    services.correct_identity(
        person=gulnora, by=coordinator, facts=replace(facts, called="Гулнора"), seen=seen, birth_year=1990
    )
    with pytest.raises(Conflict) as refused:
        services.correct_identity(person=gulnora, by=companion, facts=facts, seen=seen, birth_year=1980)
    assert f"{coordinator} changed: what we call them, year of birth." in str(refused.value)
    assert "Гулнора" not in str(refused.value)
    services.correct_identity(
        person=gulnora, by=companion, facts=facts, seen=services.corrected_at(person=gulnora), birth_year=1980
    )
    assert Person.objects.get(pk=gulnora.pk).birth_year == 1980


def test_a_correction_that_changes_nothing_writes_nothing(gulnora, companion):
    facts, seen = services.reveal(person=gulnora, by=companion, why="correction"), services.corrected_at(person=gulnora)
    services.correct_identity(person=gulnora, by=companion, facts=facts, birth_year=gulnora.birth_year)
    assert services.corrected_at(person=gulnora) == seen
    assert not Entry.objects.filter(verb="person.corrected").exists()


def test_a_file_is_opened_for_a_coded_reason_alone(gulnora, companion):
    for attempt in (services.reveal, services.reveal_contacts):
        with pytest.raises(Refusal, match="one of the reasons"):
            attempt(person=gulnora, by=companion, why="because Gulnora asked")
    with pytest.raises(Refusal, match="one of the reasons"):
        services.reveal_many(people=[gulnora], by=companion, why="because Gulnora asked")
