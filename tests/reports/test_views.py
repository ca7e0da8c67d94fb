import pytest
from django.urls import reverse

from relais.access.roles import Role
from tests.organisations.factories import member
from tests.programmes.factories import InteractionFactory, OutcomeFactory
from tests.reports.worlds import World

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def desk(client, world):
    client.force_login(member(Role.AUTHORITY, world.office), backend=BACKEND)
    return client


def test_the_living_figure_links_what_is_brought_to_what_came_of_it(desk, world):
    InteractionFactory(programme=world.programme)
    OutcomeFactory(programme=world.programme, indicator="people_granted")
    OutcomeFactory(programme=world.programme, indicator="trust", what={"en": "Trust grew"})
    world.cases(111, days=30, outcome="granted")
    shown = desk.get(reverse("reports:figure", args=[world.programme.slug])).content.decode()
    for words in ["111", "decide together", "not counted here yet", "No contribution is recorded"]:
        assert words in shown


def test_few_people_are_hidden_on_every_page(desk, world):
    OutcomeFactory(programme=world.programme, indicator="people_granted")
    world.cases(7, days=30, outcome="granted", sex="female")
    figure = desk.get(reverse("reports:figure", args=[world.programme.slug])).content.decode()
    assert "fewer than 10" in figure
    assert "too few to show" in figure
    report = desk.get(reverse("reports:programme", args=[world.programme.slug])).content.decode()
    assert "hidden" in report
    assert ">7<" not in figure + report


def test_each_chart_of_a_report_is_also_a_table(desk, world):
    report = desk.get(reverse("reports:programme", args=[world.programme.slug]) + "?months=24").content.decode()
    assert report.count('<figure class="chart">') == report.count("The same as a table") == 5


@pytest.mark.parametrize("asked", ["", "7", "-1", "x", "999999999999"])
def test_a_strange_number_of_months_is_twelve(desk, world, asked):
    response = desk.get(reverse("reports:programme", args=[world.programme.slug]), {"months": asked})
    assert response.context["span"] == 12


def test_a_report_is_not_read_by_who_takes_no_part(client, world):
    client.force_login(member(Role.COORDINATOR), backend=BACKEND)
    for name in ["figure", "programme"]:
        assert client.get(reverse(f"reports:{name}", args=[world.programme.slug])).status_code == 404
    assert "No report yet" in client.get(reverse("reports:list")).content.decode()


def test_pages_ask_a_constant_number_of_questions(desk, world, django_assert_max_num_queries):
    world.cases(60, days=30, outcome="granted")
    for name, most in [("figure", 20), ("programme", 19)]:
        desk.get(reverse(f"reports:{name}", args=[world.programme.slug]))  # the first reading publishes
        with django_assert_max_num_queries(most):
            desk.get(reverse(f"reports:{name}", args=[world.programme.slug]))
