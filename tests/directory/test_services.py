"""Keeping the directory current."""

from datetime import date
from uuid import uuid4

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.directory.models import Office
from relais.directory.services import add_office, close_office, confirm_office, correct_office
from relais.journal.models import Entry
from relais.kernel.refusals import Conflict, Refusal
from tests.directory.factories import OfficeFactory
from tests.organisations.factories import OrganisationFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(at):
    at("2026-11-22 09:00")
    return OfficeFactory()


@pytest.fixture
def official(office):
    return member(Role.AUTHORITY, office.organisation)


def add(office, by, **told):
    return add_office(
        **{
            "programme": office.programme,
            "organisation": office.organisation,
            "territory": office.territory,
            "key": "kant",
            "names": {"en": "Passport office, Kant"},
            "by": by,
        }
        | told
    )


def test_whoever_adds_an_office_confirms_it(office, official):
    added = add(office, official, phone="+996 312 000000")
    assert (added.confirmed_on, added.confirmed_by, added.phone) == (date(2026, 11, 22), official, "+996 312 000000")


def test_the_same_office_sent_twice_is_one(office, official):
    sent = uuid4()
    assert add(office, official, id=sent) == add(office, official, id=sent)
    with pytest.raises(Conflict):
        add(office, official, id=sent, key="other")
    assert Office.objects.filter(programme=office.programme).count() == 2


@pytest.mark.parametrize(
    ("told", "reason"), [({"names": {"en": " "}}, "name in at least one language"), ({"key": "office"}, "already has")]
)
def test_an_office_that_cannot_be_is_refused(office, official, told, reason):
    Office.objects.update(key="office")
    with pytest.raises(Refusal, match=reason):
        add(office, official, **told)


def test_only_a_partner_runs_an_office(office, official):
    with pytest.raises(Refusal, match="does not take part"):
        add(office, official, organisation=OrganisationFactory())


def test_a_misspelt_field_is_our_mistake(office, official):
    with pytest.raises(TypeError, match="opens"):
        correct_office(office=office, by=official, opens="9")


def test_correcting_confirms_and_the_journal_says_what_changed(office, official):
    correct_office(office=office, by=official, hours={"en": "Closed on Fridays"}, names=office.names)
    office.refresh_from_db()
    assert (office.hours, office.confirmed_on) == ({"en": "Closed on Fridays"}, date(2026, 11, 22))
    assert Entry.objects.get(verb="office.corrected").detail == {"changed": ["hours"]}


def test_confirming_says_that_it_is_still_true(office, official):
    assert confirm_office(office=office, by=official).confirmed_on == date(2026, 11, 22)
    assert Entry.objects.filter(verb="office.confirmed").count() == 1


def test_a_closed_office_leaves_the_list_until_it_opens_again(office, official):
    close_office(office=office, closed_on=date(2026, 11, 20), by=official)
    assert not Office.objects.open_to_people().exists()
    close_office(office=office, closed_on=None, by=official)
    assert list(Office.objects.open_to_people()) == [office]
    assert set(Entry.objects.values_list("verb", flat=True)) == {"office.closed", "office.reopened"}


def test_what_nobody_confirmed_for_longest_comes_first(office):
    never = OfficeFactory(programme=office.programme, confirmed_on=None)
    assert list(Office.objects.longest_unconfirmed()) == [never, office]


def test_companions_and_strangers_do_not_change_the_directory(office):
    for who in (member(Role.COMPANION, office.organisation), member(Role.COORDINATOR), member(Role.AUTHORITY)):
        for change in (confirm_office, correct_office):
            with pytest.raises(OutOfReach):
                change(office=office, by=who)
        with pytest.raises(OutOfReach):
            close_office(office=office, closed_on=None, by=who)
        with pytest.raises(OutOfReach):
            add(office, who)
