"""Two records of one person are put side by side; people decide, and may be wrong."""

import pytest

from relais.access.lock import OutOfReach
from relais.kernel.refusals import Refusal
from relais.people import services
from relais.people.keys import facts_of
from relais.people.matching import describe
from relais.people.models import Consent, Contact, DuplicatePair, Identity, Message, Person
from tests.people.factories import PersonFactory, consent

pytestmark = pytest.mark.django_db


def pair_of(one, other):
    return DuplicatePair.objects.of(one.pk, other.pk).get()


@pytest.fixture
def two(world):
    PersonFactory(organisation=world.organisation, called="Саидов Рустам")
    PersonFactory(called="Гулнора Рахимова")  # The same name in another association is nobody's duplicate here.
    known = {"organisation": world.organisation, "registered_by": world.companion, "birth_year": 1984, "sex": "woman"}
    one, other = PersonFactory(**known), PersonFactory(called="Gulnara Rakhimova", **known)
    services.propose_duplicates(person=other)
    return one, other


def test_a_likely_pair_is_proposed_once(two):
    one, other = two
    services.propose_duplicates(person=one)
    assert list(DuplicatePair.objects.to_look_at()) == [pair_of(one, other)]


def test_the_merged_record_leads_to_the_one_that_stands(two, coordinator, world):
    one, other = two
    services.merge_people(kept=one, merged=other, by=coordinator)
    found = services.find_people(organisation=world.organisation, by=coordinator, sought=describe("Gulnara Rakhimova"))
    assert [match.person for match in found] == [one]
    assert pair_of(one, other).state == DuplicatePair.State.SAME
    assert list(DuplicatePair.objects.to_look_at()) == []


def snapshot():
    """Everything the two records hold, to compare before a merge and after it is undone."""
    tables = (Person, Identity, Contact, Consent, Message)
    return {table: sorted(map(str, table.objects.order_by("pk").values_list())) for table in tables}


def test_a_merge_undone_leaves_both_records_as_they_were(two, coordinator, companion):
    one, other = two
    services.add_contact(person=one, by=companion, kind="phone", value="+996 555 1")
    services.send_message(person=other, by=companion, words="Come on Monday")
    consent(other)
    before = snapshot()
    services.merge_people(kept=one, merged=other, by=coordinator)
    services.undo_merge(person=Person.objects.get(pk=other.pk), by=coordinator)
    assert snapshot() == before
    assert facts_of(other).called == "Gulnara Rakhimova"
    assert pair_of(one, other).state == DuplicatePair.State.DIFFERENT


def test_the_card_of_a_merged_record_opens_no_other_file(two, coordinator, companion):
    one, other = two
    pin = services.set_pin(person=other, by=companion)
    services.merge_people(kept=one, merged=other, by=coordinator)
    assert services.check_code_and_pin(code=other.code, pin=pin) == other


def test_two_people_are_not_proposed_again(two, coordinator):
    one, other = two
    services.dismiss_duplicate(pair=pair_of(one, other), by=coordinator)
    services.propose_duplicates(person=one)
    assert list(DuplicatePair.objects.to_look_at()) == []


def test_a_record_is_merged_once_and_never_in_a_circle(two, coordinator):
    one, other = two
    services.merge_people(kept=one, merged=other, by=coordinator)
    for kept, merged in ((one, other), (other, one), (one, one)):
        with pytest.raises(Refusal, match="already merged"):
            services.merge_people(kept=kept, merged=merged, by=coordinator)


def test_records_of_two_organisations_are_not_merged(two, coordinator, world, coordinator_elsewhere):
    theirs = PersonFactory(organisation=world.elsewhere)
    for by in (coordinator, coordinator_elsewhere):
        with pytest.raises(OutOfReach):
            services.merge_people(kept=two[0], merged=theirs, by=by)


def test_a_companion_decides_nothing(two, companion):
    one, other = two
    with pytest.raises(OutOfReach):
        services.merge_people(kept=one, merged=other, by=companion)
    with pytest.raises(OutOfReach):
        services.dismiss_duplicate(pair=pair_of(one, other), by=companion)
    with pytest.raises(Refusal, match="not merged"):
        services.undo_merge(person=one, by=one.organisation.memberships.get(role="coordinator").user)
