"""People agree to exact words, in one of five ways, for one recipient, until they take it back."""

from datetime import date

import pytest
from django.urls import reverse

from relais.access.lock import OutOfReach
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal.models import Entry
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.people import services
from relais.people.actors import Themselves
from relais.people.models import Consent, Person
from relais.people.proofs import Proof
from relais.people.rules import hash_of_text
from relais.people.visiting import proof_of
from tests.organisations.factories import AuthorityFactory
from tests.people.factories import WORDS, ConsentTextFactory, PersonFactory, consent
from tests.programmes.factories import PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gulnora(world):
    return PersonFactory(organisation=world.organisation, registered_by=world.companion)


def test_the_exact_words_are_kept_by_their_hash(gulnora):
    given = consent(gulnora)
    assert given.text_hash == hash_of_text(WORDS["en"])
    assert given.text_hash != hash_of_text(WORDS["fr"])


@pytest.mark.parametrize("way", [way for way in Consent.Way if way != Consent.Way.CODE])
def test_each_of_the_five_ways_is_accepted_with_its_proof(gulnora, way):
    given = consent(gulnora, way=way, proof=Proof(witness="Zarina Saidova, neighbour"))
    opened = services.reveal_proof(consent=given, by=gulnora.registered_by)
    assert opened.witness == "Zarina Saidova, neighbour"
    assert b"Zarina" not in bytes(given.evidence_sealed)


def test_a_witness_has_a_name(gulnora):
    with pytest.raises(Refusal, match="who was the witness"):
        consent(gulnora, way=Consent.Way.WITNESS, proof=None)


def test_a_person_consents_at_their_own_page_and_nobody_in_their_name(gulnora):
    given = consent(gulnora, by=Themselves(gulnora.pk), way=Consent.Way.CODE)
    assert given.recorded_by is None
    with pytest.raises(Refusal, match="Only the person"):
        consent(gulnora, way=Consent.Way.CODE)
    with pytest.raises(Refusal, match="Only the person"):
        consent(gulnora, by=Themselves(gulnora.pk), way=Consent.Way.ORAL)


def test_words_that_changed_since_they_were_read_were_not_agreed_to(gulnora):
    with pytest.raises(Refusal, match="changed since"):
        consent(gulnora, text_hash=hash_of_text("other words"))


def test_an_older_text_is_no_longer_agreed_to(gulnora):
    office = AuthorityFactory()
    PartnerFactory(programme=gulnora.programme, organisation=office)
    old = ConsentTextFactory(programme=gulnora.programme, number=1)
    ConsentTextFactory(programme=gulnora.programme, number=2)
    with pytest.raises(Refusal, match="newer text"):
        services.give_consent(
            person=gulnora, recipient=office, text=old, language="en", way="oral", by=gulnora.registered_by
        )


def test_a_text_nobody_wrote_in_this_language_cannot_be_read_out(gulnora):
    office = AuthorityFactory()
    PartnerFactory(programme=gulnora.programme, organisation=office)
    text = ConsentTextFactory(programme=gulnora.programme)
    with pytest.raises(Refusal, match="in this language"):
        services.give_consent(
            person=gulnora, recipient=office, text=text, language="tg", way="oral", by=gulnora.registered_by
        )


def test_a_recipient_outside_the_programme_is_refused(gulnora):
    text = ConsentTextFactory(programme=gulnora.programme)
    with pytest.raises(Refusal, match="take part"):
        services.give_consent(
            person=gulnora,
            recipient=AuthorityFactory(),
            text=text,
            language="en",
            way="oral",
            by=gulnora.registered_by,
        )


def test_a_consent_given_last_week_is_recorded_late_and_one_of_tomorrow_is_not(gulnora, at):
    at("2026-05-10 08:00")
    given = consent(gulnora, given_on=date(2026, 5, 3))
    assert (given.given_on, given.expires_on) == (date(2026, 5, 3), date(2027, 5, 3))
    with pytest.raises(Refusal, match="to come"):
        consent(gulnora, given_on=date(2026, 5, 11))


def test_a_consent_sent_twice_is_one(gulnora):
    first = consent(gulnora)
    again = consent(gulnora, first.recipient, id=first.pk)
    assert again == first


def test_a_person_withdraws_their_own_consent_and_a_stranger_does_not(gulnora, other_companion, world):
    given = consent(gulnora)
    with pytest.raises(OutOfReach):
        services.withdraw_consent(consent=given, by=other_companion)
    with pytest.raises(OutOfReach):
        services.withdraw_consent(consent=given, by=Themselves(PersonFactory().pk))
    services.withdraw_consent(consent=given, by=Themselves(gulnora.pk))
    first = Consent.objects.get(pk=given.pk)
    services.withdraw_consent(consent=given, by=world.coordinator)
    again = Consent.objects.get(pk=given.pk)
    assert (again.withdrawn_at, again.withdrawn_how) == (first.withdrawn_at, "own page")


def test_only_who_is_beside_a_person_records_their_consent(gulnora, other_companion, authority, world):
    for stranger in (other_companion, authority):
        with pytest.raises(OutOfReach):
            consent(gulnora, world.authority_office, by=stranger)


def test_a_consent_said_aloud_holds_at_once_and_lapses_unless_a_second_person_confirms_it(gulnora, world, at):
    at("2026-05-03 08:00")
    given = consent(gulnora, world.authority_office, way="oral")
    knows = Person.objects.filter(pk=gulnora.pk)
    assert knows.reachable_by(world.authority, Verb.PERSON_READ).exists()
    at("2026-05-17 08:00")
    assert not knows.reachable_by(fresh(world.authority), Verb.PERSON_READ).exists()
    with pytest.raises(Refusal, match="no longer holds"):
        services.confirm_consent(consent=given, by=world.coordinator)


def test_a_confirmed_consent_holds_to_its_end(gulnora, world, at):
    at("2026-05-03 08:00")
    given = consent(gulnora, world.authority_office, way="oral")
    services.confirm_consent(consent=given, by=world.coordinator)
    services.confirm_consent(consent=given, by=world.coordinator)
    at("2026-08-01 08:00")
    assert Consent.objects.in_force(date(2026, 8, 1)).get() == given
    line = Entry.objects.get(verb="consent.confirmed")
    assert (line.actor_id, line.person_id) == (world.coordinator.pk, gulnora.pk)


def test_nobody_confirms_their_own_word(gulnora, world, at):
    for who in (world.companion, world.coordinator_elsewhere, world.authority):
        with pytest.raises(OutOfReach):
            services.confirm_consent(consent=consent(gulnora, world.authority_office, way="oral"), by=who)
    own_word = consent(gulnora, world.authority_office, way="oral", by=world.coordinator)
    with pytest.raises(OutOfReach):
        services.confirm_consent(consent=own_word, by=world.coordinator)


def test_a_person_confirms_it_themselves_or_takes_it_back_at_once(gulnora, world):
    given = consent(gulnora, world.authority_office, way="oral")
    services.confirm_consent(consent=given, by=Themselves(gulnora.pk))
    confirmed = Consent.objects.get(pk=given.pk)
    assert (confirmed.confirmed_by, bool(confirmed.confirmed_at)) == (None, True)
    with pytest.raises(OutOfReach):
        services.confirm_consent(consent=given, by=Themselves(PersonFactory().pk))
    services.withdraw_consent(consent=confirmed, by=Themselves(gulnora.pk))
    with pytest.raises(Refusal, match="no longer holds"):
        services.confirm_consent(consent=confirmed, by=world.coordinator)


def test_a_signature_nothing_is_kept_of_is_a_word_too(gulnora):
    kept = Proof(kind="image/png", data=b"a thumb")
    assert consent(gulnora, way="thumb").confirm_by is not None
    assert consent(gulnora, way="thumb", proof=kept).confirm_by is None
    assert consent(gulnora, by=Themselves(gulnora.pk), way="code").confirm_by is None


def test_a_coordinator_finds_what_waits_for_confirmation_and_the_person_sees_who_wrote_it_down(gulnora, world, client):
    consent(gulnora, world.authority_office, way="oral")
    coordinator = world.client_of("coordinator")
    waiting = coordinator.get(reverse("people:consents"))
    assert "Гулнора Рахимова" in waiting.content.decode()
    let_in = client.session
    until = clock.now().timestamp() + 60
    let_in.update({"person_id": str(gulnora.pk), "person_proof": proof_of(gulnora), "person_until": until})
    let_in.save()
    client.cookies["sessionid"] = let_in.session_key
    own = client.get(reverse("my:consents")).content.decode()
    assert "to be confirmed" in own
    assert f"written down by <bdi>{world.companion}</bdi>" in own
    client.post(reverse("my:consent_confirm", args=[Consent.objects.get().pk]))
    assert "Nothing to confirm" in coordinator.get(reverse("people:consents")).content.decode()


def fresh(user):
    """Ask anew what someone may do, as the next request does."""
    return User.objects.get(pk=user.pk)
