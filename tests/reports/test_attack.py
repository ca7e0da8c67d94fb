"""Whoever reads everything that is published, twice, and subtracts, finds nobody."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from relais.access.roles import Role
from tests.organisations.factories import AuthorityFactory, OrganisationFactory, member
from tests.programmes.factories import PartnerFactory
from tests.reports.attack import THRESHOLD, Attack
from tests.reports.worlds import World

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TITLES = {"By sex", "By age", "Cases month by month"}


@pytest.fixture
def world():
    """Two hundred people, some groups of them small."""
    world = World()
    for count, sex, year, month, granted in [
        *[(60, "woman", 1990, 1, True), (50, "man", 1985, 2, True), (30, "woman", 2000, 3, False)],
        *[(20, "man", 2015, 3, True), (14, "", None, 4, False), (7, "other", 1950, 4, True), (4, "man", 1940, 5, True)],
    ]:
        ended = {"days": 5, "outcome": "granted"} if granted else {}
        world.cases(count, opened_on=date(2026, month, 3), sex=sex, birth_year=year, **ended)
    return world


def readers(world):
    """Give an authority, a coordinator of another partner, and an evidence officer of a third."""
    elsewhere, donor = OrganisationFactory(), AuthorityFactory()
    for partner in (elsewhere, donor):
        PartnerFactory(programme=world.programme, organisation=partner)
    return {
        "authority": member(Role.AUTHORITY, world.office),
        "coordinator elsewhere": member(Role.COORDINATOR, elsewhere),
        "partner": member(Role.EVIDENCE_OFFICER, donor),
    }


def read_by(user, world, months=12):
    client = Client()
    client.force_login(user, backend=BACKEND)
    tables = client.get(f"/api/programmes/{world.programme.pk}/tables?months={months}").json()
    return [table for table in tables if table["title"] in TITLES]


@pytest.mark.parametrize("reader", ["authority", "coordinator elsewhere", "partner"])
def test_no_hidden_count_is_found_from_everything_that_is_published(world, reader, at):
    at("2026-06-20 09:00")
    tables = read_by(readers(world)[reader], world)
    assert any(value is None for table in tables for series in table["series"] for value in series["values"])
    attack = Attack()
    attack.reads("now", tables)
    for title, label, name, value in cells(tables):
        if value is None:
            least, most = attack.between("now", title, label, name)
            assert least != most or most >= THRESHOLD, f"{title}, {label}, {name}: {least}"


@pytest.mark.parametrize("reader", ["authority", "coordinator elsewhere", "partner"])
def test_one_person_who_comes_is_not_found_by_subtracting_two_readings(world, reader, at):
    at("2026-06-20 09:00")
    user = readers(world)[reader]
    first = read_by(user, world)
    world.cases(1, opened_on=date(2026, 3, 9), sex="woman", birth_year=1991, days=2, outcome="granted")
    at("2026-06-21 09:00")
    second = read_by(user, world)
    attack = Attack()
    attack.reads("monday", first)
    attack.reads("tuesday", second, before="monday")
    for title, label, name, _value in cells(second):
        least, most = attack.between("tuesday", title, label, name, than=("monday", title, label, name))
        assert least != most or most in {0, *range(THRESHOLD, 1000)}, f"{title}, {label}, {name}: {least} more"


def test_a_shorter_table_shows_nothing_a_longer_one_hides(world, at):
    at("2026-06-20 09:00")
    user = readers(world)["authority"]
    longest = months_of(read_by(user, world, 60))
    for months in (1, 2, 3, 12):
        shorter = months_of(read_by(user, world, months))
        assert shorter == {label: longest[label] for label in shorter}


def test_a_figure_is_published_anew_once_enough_people_changed_it(world, at):
    at("2026-06-20 09:00")
    user = readers(world)["authority"]
    assert by_sex(read_by(user, world))["woman"] == 90
    world.cases(9, opened_on=date(2026, 3, 9), sex="woman", birth_year=1991)
    assert by_sex(read_by(user, world))["woman"] == 90
    world.cases(1, opened_on=date(2026, 3, 9), sex="woman", birth_year=1991)
    assert by_sex(read_by(user, world))["woman"] == 100


def test_the_public_reads_no_figure_of_people(world):
    for name in ("programme", "figure"):
        assert Client().get(reverse(f"reports:{name}", args=[world.programme.slug])).status_code == 302
    assert Client().get(f"/api/programmes/{world.programme.pk}/tables").status_code == 401


def cells(tables):
    """Give each figure: of which table, which row, opened or granted, and what is shown."""
    for table in tables:
        for name, series in zip(("opened", "granted"), table["series"], strict=False):
            for label, value in zip(table["labels"], series["values"], strict=True):
                yield table["title"], label, name, value


def months_of(tables):
    table = next(table for table in tables if table["title"] == "Cases month by month")
    return dict(zip(table["labels"], zip(*(series["values"] for series in table["series"]), strict=True), strict=True))


def by_sex(tables):
    table = next(table for table in tables if table["title"] == "By sex")
    return dict(zip(table["labels"], table["series"][0]["values"], strict=True))
