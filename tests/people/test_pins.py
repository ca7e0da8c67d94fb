"""A code and PIN open one person's page, and guessing closes that code and no other."""

import pytest

from relais.access.lock import OutOfReach
from relais.journal.models import Entry
from relais.kernel import codes
from relais.kernel.refusals import Refusal
from relais.people import services
from relais.people.models import Person
from relais.people.services.pins import MOST_FAILURES
from tests.people.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gulnora(world):
    return PersonFactory(organisation=world.organisation, registered_by=world.companion)


@pytest.fixture
def pin(gulnora, companion):
    return services.set_pin(person=gulnora, by=companion)


def wrong(pin):
    return f"{(int(pin) + 1) % 1_000_000:06}"


def test_code_and_pin_give_the_person_in_whatever_digits(gulnora, pin):
    assert services.check_code_and_pin(code=codes.show_code(gulnora.code), pin=pin) == gulnora
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    assert services.check_code_and_pin(code=gulnora.code.translate(arabic), pin=pin.translate(arabic)) == gulnora


def test_the_pin_is_kept_as_a_hash(gulnora, pin):
    assert pin not in str(Person.objects.filter(pk=gulnora.pk).values())
    assert pin not in str(list(Entry.objects.values()))


def test_too_many_guesses_close_the_code_even_for_the_right_pin(gulnora, pin):
    neighbour = PersonFactory(organisation=gulnora.organisation)
    other_pin = services.set_pin(person=neighbour, by=neighbour.registered_by)
    for _ in range(MOST_FAILURES):
        assert services.check_code_and_pin(code=gulnora.code, pin=wrong(pin)) is None
    assert services.check_code_and_pin(code=gulnora.code, pin=pin) is None
    assert services.check_code_and_pin(code=neighbour.code, pin=other_pin) == neighbour
    assert Entry.objects.filter(verb="pin.locked", person_id=gulnora.pk).count() == 1


def test_a_right_pin_forgets_the_wrong_ones_before(gulnora, pin):
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            services.check_code_and_pin(code=gulnora.code, pin=wrong(pin))
        assert services.check_code_and_pin(code=gulnora.code, pin=pin) == gulnora


def test_a_coordinator_opens_a_closed_code_and_a_companion_does_not(gulnora, pin, coordinator, companion):
    for _ in range(MOST_FAILURES):
        services.check_code_and_pin(code=gulnora.code, pin=wrong(pin))
    with pytest.raises(OutOfReach):
        services.unlock_pin(person=gulnora, by=companion)
    services.unlock_pin(person=gulnora, by=coordinator)
    assert services.check_code_and_pin(code=gulnora.code, pin=pin) == gulnora


def test_whoever_stands_beside_someone_cannot_replace_the_pin_they_hold(gulnora, pin, companion, coordinator):
    person = Person.objects.get(pk=gulnora.pk)
    with pytest.raises(Refusal, match="a coordinator gives them a new one"):
        services.set_pin(person=person, by=companion)
    assert services.check_code_and_pin(code=gulnora.code, pin=pin) == gulnora
    new = services.set_pin(person=person, by=coordinator)
    assert services.check_code_and_pin(code=gulnora.code, pin=new) == gulnora


def test_a_new_pin_does_not_open_a_closed_code(gulnora, pin, coordinator):
    for _ in range(MOST_FAILURES):
        services.check_code_and_pin(code=gulnora.code, pin=wrong(pin))
    new = services.set_pin(person=Person.objects.get(pk=gulnora.pk), by=coordinator)
    assert services.check_code_and_pin(code=gulnora.code, pin=new) is None


@pytest.mark.parametrize("code", ["", "12", "482719530", "999999999", "not a code"])
def test_a_code_that_does_not_exist_gets_the_same_answer(code, gulnora, pin):
    assert services.check_code_and_pin(code=code, pin=pin) is None


def test_an_unknown_code_costs_as_much_work_as_a_known_one(gulnora, pin, monkeypatch):
    checked = []
    monkeypatch.setattr("relais.people.services.pins.check_password", lambda *args: checked.append(args) or False)
    services.check_code_and_pin(code=gulnora.code, pin=pin)
    services.check_code_and_pin(code=codes.new_code(), pin=pin)
    assert len(checked) == 2


def test_someone_without_a_pin_cannot_be_signed_in_for(gulnora):
    assert services.check_code_and_pin(code=gulnora.code, pin="000000") is None


def test_a_stranger_gives_nobody_a_pin(gulnora, other_companion, authority):
    for stranger in (other_companion, authority):
        with pytest.raises(OutOfReach):
            services.set_pin(person=gulnora, by=stranger)
