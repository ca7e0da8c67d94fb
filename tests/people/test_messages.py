"""Someone without a phone is lent a line, and what arrives there lands with their companion."""

import pytest

from relais.access.lock import OutOfReach
from relais.access.verbs import Verb
from relais.kernel import codes
from relais.kernel.refusals import Refusal
from relais.people import companions, services
from relais.people.actors import Themselves
from relais.people.models import ConsentText, Contact, Message
from tests.organisations.factories import LentLineFactory
from tests.people.factories import PersonFactory, consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(world):
    return LentLineFactory(organisation=world.organisation)


@pytest.fixture
def gulnora(world, line):
    person = PersonFactory(organisation=world.organisation, registered_by=world.companion)
    services.add_contact(person=person, by=world.companion, lent_line=line)
    return person


def words(person, by):
    return [one.words for one in services.read_messages(person=person, by=by)]


def test_a_message_on_a_line_lent_to_one_person_lands_with_their_companion(gulnora, line, relay, companion):
    message = services.receive_message(lent_line=line, words="The passport is ready", by=relay)
    assert (message.person, message.lands_with) == (gulnora, companion)
    assert b"passport" not in bytes(message.sealed)
    assert words(gulnora, companion) == ["The passport is ready"]


def test_a_code_in_the_words_finds_the_person(gulnora, line, relay, world):
    other = PersonFactory(organisation=world.organisation)
    services.add_contact(person=other, by=other.registered_by, lent_line=line)
    message = services.receive_message(
        lent_line=line, words=f"For {codes.show_code(other.code)}: come on Monday", by=relay
    )
    assert message.person == other


def test_a_message_for_nobody_we_know_waits_until_someone_knows(gulnora, line, relay, world):
    services.add_contact(person=PersonFactory(organisation=world.organisation), by=world.coordinator, lent_line=line)
    message = services.receive_message(lent_line=line, words="Tell the lady to come", by=relay)
    assert list(Message.objects.unassigned()) == [message]
    assert [one.words for one in services.read_inbox(messages=[message], by=relay)] == ["Tell the lady to come"]
    services.rotate_organisation_key(organisation=world.organisation, by=world.coordinator)
    message.refresh_from_db()
    services.assign_message(message=message, person=gulnora, by=relay)
    message.refresh_from_db()
    assert (message.person, message.lands_with) == (gulnora, world.companion)
    assert words(gulnora, world.companion) == ["Tell the lady to come"]
    with pytest.raises(Refusal, match="already found"):
        services.assign_message(message=message, person=gulnora, by=relay)


def test_it_lands_with_who_accompanies_the_person_today(gulnora, line, relay, other_companion, monkeypatch):
    monkeypatch.setattr(companions, "_sources", [lambda people: dict.fromkeys(people, other_companion)])
    message = services.receive_message(lent_line=line, words="Come on Monday", by=relay)
    assert message.lands_with == other_companion
    assert Message.objects.reachable_by(other_companion, Verb.MESSAGE_READ).get() == message


def test_a_message_sent_twice_arrives_once(gulnora, line, relay):
    first = services.receive_message(lent_line=line, words="Come", by=relay)
    assert services.receive_message(lent_line=line, words="Come", by=relay, id=first.pk) == first
    assert Message.objects.count() == 1


def test_a_person_writes_to_their_companion_and_reads_the_answer(gulnora, companion):
    themselves = Themselves(gulnora.pk)
    asked = services.send_message(person=gulnora, words="When is it?", by=themselves)
    assert (asked.way, asked.lands_with, asked.by) == (Message.Way.FROM, companion, None)
    answered = services.send_message(person=gulnora, words="On Monday", by=companion)
    assert words(gulnora, themselves) == ["On Monday", "When is it?"]
    answered.refresh_from_db()
    assert answered.seen_at is not None


def test_a_message_passed_on_is_no_longer_waiting(gulnora, line, relay, companion):
    message = services.receive_message(lent_line=line, words="Come", by=relay)
    assert list(Message.objects.waiting()) == [message]
    services.pass_on_message(message=message, by=companion)
    assert list(Message.objects.waiting()) == []


def test_a_stranger_reads_no_message_and_writes_none(gulnora, line, world):
    message = services.receive_message(lent_line=line, words="Come", by=world.relay)
    for stranger in (world.other_companion, world.authority, world.coordinator_elsewhere):
        with pytest.raises(OutOfReach):
            services.read_messages(person=gulnora, by=stranger)
        with pytest.raises(OutOfReach):
            services.send_message(person=gulnora, words="Hello", by=stranger)
        assert services.read_inbox(messages=[message], by=stranger) == []
    with pytest.raises(OutOfReach):
        services.receive_message(lent_line=line, words="Come", by=world.coordinator_elsewhere)


@pytest.mark.parametrize("said", ["", "   ", "x" * 4001])
def test_an_empty_or_endless_message_is_refused(gulnora, companion, said):
    with pytest.raises(Refusal):
        services.send_message(person=gulnora, words=said, by=companion)


def test_a_number_is_sealed_and_says_who_answers(gulnora, companion):
    contact = services.add_contact(
        person=gulnora,
        by=companion,
        kind="phone",
        value="+996 555 123456",
        who_answers="employer",
        safe_to_contact=False,
        best_time="after eight in the evening",
    )
    assert b"123456" not in bytes(contact.sealed)
    reached = services.reveal_contacts(person=gulnora, by=companion, why="page")
    assert [one.value for one in reached] == [gulnora.contacts.first().lent_line.value, "+996 555 123456"]
    services.end_contact(contact=contact, by=companion)
    assert len(services.reveal_contacts(person=gulnora, by=companion, why="page")) == 1


def test_an_office_that_may_see_the_file_does_not_learn_how_to_reach_the_person(gulnora, authority, world):
    consent(gulnora, world.authority_office, purpose=ConsentText.Purpose.SHARE_DOSSIER)
    assert services.reveal(person=gulnora, by=authority, why="dossier").called
    assert services.reveal_contacts(person=gulnora, by=authority, why="dossier") == []
    consent(gulnora, world.authority_office, purpose=ConsentText.Purpose.SHARE_IDENTITY)
    assert len(services.reveal_contacts(person=gulnora, by=authority, why="dossier")) == 1


def test_a_contact_is_a_number_or_a_lent_line_not_both_nor_neither(gulnora, companion, line):
    for given in ({"value": "+996 1", "kind": "phone", "lent_line": line}, {"kind": "phone"}):
        with pytest.raises(Refusal, match="one of the two"):
            services.add_contact(person=gulnora, by=companion, **given)


def test_a_line_of_another_organisation_is_not_lent(gulnora, companion):
    with pytest.raises(Refusal, match="another organisation"):
        services.add_contact(person=gulnora, by=companion, lent_line=LentLineFactory())


def test_a_stranger_neither_adds_nor_reads_a_contact(gulnora, other_companion, authority):
    for stranger in (other_companion, authority):
        with pytest.raises(OutOfReach):
            services.add_contact(person=gulnora, by=stranger, kind="phone", value="1")
        with pytest.raises(OutOfReach):
            services.reveal_contacts(person=gulnora, by=stranger, why="page")
        with pytest.raises(OutOfReach):
            services.end_contact(contact=Contact.objects.get(), by=stranger)
