"""People agree to exact words, in one of five ways, for one recipient, until they take it back."""

from datetime import date

import pytest

from relais.access.lock import OutOfReach
from relais.kernel.refusals import Refusal
from relais.people import services
from relais.people.actors import Themselves
from relais.people.models import Consent
from relais.people.proofs import Proof
from relais.people.rules import hash_of_text
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
        consent(gulnora, way=Consent.Way.WITNESS)


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
