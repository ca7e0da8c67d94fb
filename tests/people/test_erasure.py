"""Who asks to be forgotten is forgotten: nothing opens any more, and what is counted stays true."""

import pytest
from cryptography.exceptions import InvalidTag
from django.core.management import call_command
from django.db import transaction
from typer.testing import CliRunner

from relais.access.lock import OutOfReach
from relais.cli import archive
from relais.cli.main import app
from relais.journal import services as journal
from relais.journal.models import Entry
from relais.kernel import codes
from relais.kernel.vault import VaultError
from relais.people import services
from relais.people.actors import Themselves
from relais.people.keys import Forgotten, facts_of, keyring
from relais.people.matching import describe
from relais.people.models import Consent, Contact, Identity, Message, Person, PersonKey
from tests.people.factories import PersonFactory, consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def gulnora(world):
    PersonFactory(organisation=world.organisation, called="Зарина Саидова")
    return PersonFactory(organisation=world.organisation, registered_by=world.companion, sex="woman", birth_year=1984)


def test_nothing_that_says_who_they_were_is_left(gulnora, coordinator, companion):
    services.add_contact(person=gulnora, by=companion, kind="phone", value="+996 555 123456")
    services.send_message(person=gulnora, by=companion, words="Come on Monday, Gulnora")
    code = gulnora.code
    services.forget_person(person=gulnora, by=coordinator)
    for table in (PersonKey, Identity, Contact, Message):
        assert not table.objects.filter(person=gulnora).exists()
    assert not Person.objects.filter(code=code).exists()
    with pytest.raises(Forgotten):
        facts_of(gulnora)


def test_a_copy_of_the_sealed_row_from_a_backup_opens_no_more(gulnora, coordinator):
    sealed = bytes(Identity.objects.get(person=gulnora).sealed)
    services.forget_person(person=gulnora, by=coordinator)
    Identity.objects.create(person=gulnora, sealed=sealed, changed_at=gulnora.registered_at)
    with pytest.raises((Forgotten, VaultError, InvalidTag)):
        facts_of(gulnora)


def test_the_statistics_stay_true(gulnora, coordinator, world):
    def count():
        return Person.objects.filter(organisation=world.organisation, sex="woman", birth_year=1984).count()

    consent(gulnora)
    before, consents = count(), Consent.objects.count()
    services.forget_person(person=gulnora, by=coordinator)
    assert (count(), Consent.objects.count()) == (before, consents)
    assert list(journal.verify()) == []


def test_the_forgotten_are_not_found_and_their_card_opens_nothing(gulnora, coordinator, companion, world):
    pin = services.set_pin(person=gulnora, by=companion)
    code = gulnora.code
    sought = describe("Gulnora Rahimova")
    assert services.find_people(organisation=world.organisation, by=coordinator, sought=sought)
    services.forget_person(person=gulnora, by=coordinator)
    assert services.find_people(organisation=world.organisation, by=coordinator, sought=sought) == []
    assert services.check_code_and_pin(code=code, pin=pin) is None


def test_the_code_left_behind_is_nobody_elses(gulnora, coordinator, monkeypatch):
    taken = PersonFactory().code
    drawn = iter([taken, "112233445"])
    monkeypatch.setattr(codes, "new_code", lambda: next(drawn))
    services.forget_person(person=gulnora, by=coordinator)
    gulnora.refresh_from_db()
    assert gulnora.code == "112233445"


def test_every_record_merged_with_theirs_is_forgotten_too(gulnora, coordinator, world):
    twin = PersonFactory(organisation=world.organisation)
    third = PersonFactory(organisation=world.organisation)
    services.merge_people(kept=gulnora, merged=twin, by=coordinator)
    services.merge_people(kept=third, merged=Person.objects.get(pk=gulnora.pk), by=coordinator)
    services.forget_person(person=Person.objects.get(pk=twin.pk), by=coordinator)
    assert Person.objects.filter(erased_at__isnull=False).count() == 3
    assert PersonKey.objects.count() == 1


def test_forgetting_twice_changes_nothing(gulnora, coordinator):
    services.forget_person(person=gulnora, by=coordinator)
    first = Person.objects.get(pk=gulnora.pk)
    services.forget_person(person=first, by=coordinator)
    assert Person.objects.get(pk=gulnora.pk).code == first.code
    assert Entry.objects.filter(verb="person.forgotten").count() == 1


def test_only_a_coordinator_of_their_organisation_forgets(gulnora, companion, relay, coordinator_elsewhere, authority):
    for stranger in (companion, relay, coordinator_elsewhere, authority):
        with pytest.raises(OutOfReach):
            services.forget_person(person=gulnora, by=stranger)
    assert facts_of(gulnora).called


def test_a_person_asks_and_a_coordinator_sees_it(gulnora, world):
    services.ask_to_be_forgotten(person=gulnora, by=Themselves(gulnora.pk))
    assert list(Person.objects.asking_to_be_forgotten()) == [gulnora]
    assert facts_of(gulnora).called


def test_a_new_organisation_key_opens_everyone_and_the_old_one_alone_opens_nobody(gulnora, coordinator, world):
    identity = bytes(Identity.objects.get(person=gulnora).sealed)
    before = bytes(PersonKey.objects.get(person=gulnora).wrapped)
    count = services.rotate_organisation_key(organisation=world.organisation, by=coordinator)
    row = PersonKey.objects.get(person=gulnora)
    assert (count, row.version) == (2, 2)
    assert bytes(row.wrapped) != before
    assert bytes(Identity.objects.get(person=gulnora).sealed) == identity
    assert facts_of(gulnora).called == "Гулнора Рахимова"
    (keyring().directory / str(world.organisation.pk) / "0001.key").unlink()
    assert facts_of(gulnora).called == "Гулнора Рахимова"
    sought = describe("Gulnora Rahimova")
    assert services.find_people(organisation=world.organisation, by=coordinator, sought=sought)


def test_only_who_manages_an_organisation_changes_its_key(gulnora, companion, coordinator_elsewhere, world):
    for stranger in (companion, coordinator_elsewhere):
        with pytest.raises(OutOfReach):
            services.rotate_organisation_key(organisation=world.organisation, by=stranger)


def test_who_was_forgotten_stays_forgotten_when_an_older_backup_is_restored(
    transactional_db, world, tmp_path, settings
):
    settings.RELAIS_KEYS_DIR = tmp_path / "keys"
    gulnora = PersonFactory(organisation=world.organisation, registered_by=world.companion)
    zarina = PersonFactory(organisation=world.organisation, called="Зарина Саидова")
    pin, older = services.set_pin(person=gulnora, by=world.companion), tmp_path / "older.backup"
    archive.save(older)
    services.forget_person(person=gulnora, by=world.coordinator)
    call_command("flush", verbosity=0, interactive=False)
    restored = CliRunner().invoke(app, ["restore", str(older)])
    assert "1 people were forgotten after this backup" in restored.output
    again = Person.objects.get(pk=gulnora.pk)
    assert again.erased_at is not None
    with pytest.raises(Forgotten):
        facts_of(again)
    assert services.check_code_and_pin(code=gulnora.code, pin=pin) is None
    assert facts_of(zarina).called == "Зарина Саидова"
    assert list(journal.verify()) == []
    assert services.forget_again() == 0


def test_forgetting_that_was_undone_leaves_no_mark(transactional_db, world, tmp_path, settings):
    settings.RELAIS_KEYS_DIR = tmp_path / "keys"
    gulnora = PersonFactory(organisation=world.organisation)
    with transaction.atomic():
        services.forget_person(person=gulnora, by=world.coordinator)
        transaction.set_rollback(True)
    assert keyring().forgotten() == set()
