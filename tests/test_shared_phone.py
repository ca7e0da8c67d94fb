"""A phone several people use: what one typed or read is there for them to come back to, and for nobody else."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from relais.accounts import services as accounts
from relais.organisations import services as organisations
from relais.people import services as people
from tests import doors
from tests.cases.factories import AppointmentFactory, in_same_place
from tests.people.factories import PersonFactory
from tests.personas import World, furnish
from tests.test_doors import address_of

KEY = re.compile(r'data-draft-key="([^"]+)"')
LINE = re.compile(r"<input\b[^>]*>")
REMEMBERED = ('type="text"', 'type="search"', 'type="tel"', 'type="email"', 'type="url"', 'type="number"')
NAME = "Тутинисо Пӯлодзода"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The furnished world, whose person has a name one would recognise."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = furnish(World())
        home = {"organisation": world.organisation, "programme": world.programme, "registered_by": world.companion}
        world.person = PersonFactory(**home, called=NAME)
        world.case = in_same_place(world.case, person=world.person, companion=world.companion)
        world.appointment = AppointmentFactory(case=world.case)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def here(world):
    """That world, left as it was."""
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)


def key_on(client, name, *args):
    found = KEY.search(client.get(reverse(name, args=args)).content.decode())
    return found and found[1]


def typing(world, name, row, by=None):
    """Leave something half-typed on the page of a row."""
    page = reverse(name, args=[row.pk])
    return accounts.save_draft(user=by or world.companion, page=page, values=[("words", NAME)])


def kept(world):
    return set(world.companion.drafts.values_list("page", flat=True))


@pytest.mark.django_db
def test_what_is_sealed_on_one_page_opens_on_that_page_and_for_that_account_alone(here):
    companion, relay = here.client_of("companion"), here.client_of("relay")
    sealed_with = key_on(companion, "cases:visit", here.case.pk)
    assert sealed_with == key_on(companion, "cases:visit", here.case.pk)
    assert sealed_with not in {
        key_on(companion, "cases:visit", here.own_case.pk),
        key_on(companion, "web:home"),
        key_on(relay, "cases:visit", here.case.pk),
    }


@pytest.mark.django_db
def test_a_page_out_of_reach_opens_nothing_that_was_typed_there(here):
    companion, other = here.client_of("companion"), here.client_of("other_companion")
    assert key_on(other, "cases:visit", here.case.pk) is None
    people.forget_person(person=here.person, by=here.coordinator)
    assert key_on(companion, "people:correct", here.person.pk) is None
    organisations.end_membership(membership=here.companion.memberships.get(), by=here.coordinator)
    assert key_on(companion, "cases:visit", here.own_case.pk) is None
    assert key_on(companion, "cases:carry", here.own_case.pk) is None
    companion.handler.enforce_csrf_checks = True
    refused = companion.post(reverse("cases:visit", args=[here.case.pk]))
    assert (refused.status_code, KEY.search(refused.content.decode())) == (403, None)


@pytest.mark.django_db
def test_what_was_typed_about_someone_is_forgotten_with_them(here):
    for name, row in [
        ("people:correct", here.person),
        ("cases:visit", here.case),
        ("cases:appointment_tell", here.appointment),
    ]:
        typing(here, name, row)
    stays = typing(here, "cases:visit", here.own_case).page
    people.forget_person(person=here.person, by=here.coordinator)
    assert kept(here) == {stays, "/barriers/record/"}


@pytest.mark.django_db
def test_what_someone_was_typing_is_forgotten_when_they_leave(here):
    typing(here, "cases:visit", here.case)
    others = typing(here, "cases:visit", here.case, by=here.relay)
    organisations.end_membership(membership=here.companion.memberships.get(), by=here.coordinator)
    assert kept(here) == set()
    assert here.relay.drafts.get() == others


def pages(world, persona):
    """Give each page a persona is shown, as it is sent."""
    client = world.client_of(persona)
    for name, door in doors.listed():
        if " " not in name and door.method == "get" and door.status_for(persona) == 200 and not door.is_file:
            address = address_of(name, door.args(world)) + door.query
            with transaction.atomic():
                yield name, client.get(address)
                transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("persona", ["companion", "person", "coordinator"])
def test_no_page_leaves_a_name_in_the_title_the_cache_or_the_memory_of_the_browser(persona, world):
    titled, cached, offered = set(), set(), set()
    for name, page in pages(world, persona):
        text = page.content.decode()
        title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
        if title and any(part in title[1] for part in NAME.split()):
            titled.add(name)
        if "no-store" not in page.headers.get("Cache-Control", ""):
            cached.add(name)
        lines = [line for line in LINE.findall(text) if any(kind in line for kind in REMEMBERED)]
        offered |= {(name, line) for line in lines if "autocomplete=" not in line}
    open_to_all = {name for name, door in doors.listed() if door.visitor == 200}
    assert (titled, cached - open_to_all, offered) == (set(), set(), set())
