import pytest
from django.urls import reverse

from relais.access.roles import Role
from relais.programmes.models import Contribution
from tests.organisations.factories import AuthorityFactory, OrganisationFactory, member
from tests.programmes.factories import ContributionFactory, InteractionFactory, OutcomeFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sairon():
    return OrganisationFactory(names={"en": "Sairon"})


@pytest.fixture
def programme(sairon):
    found = ProgrammeFactory(slug="citizenship", partners=[sairon, AuthorityFactory(names={"en": "Passport service"})])
    InteractionFactory(programme=found)
    OutcomeFactory(programme=found)
    return found


@pytest.fixture
def desk(client, sairon):
    client.force_login(member(Role.COORDINATOR, sairon), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


TYPED = {"stage": "hear", "kind": "time", "what": "Visits to the villages", "amount": "12", "unit": "hours"}


def test_a_programme_shows_its_three_linked_elements(desk, programme, sairon):
    ContributionFactory(programme=programme, organisation=sairon, what={"en": "Advice on market days"})
    shown = desk.get(reverse("programmes:detail", args=[programme.slug])).content.decode()
    for words in ["Advice on market days", "A round table on the 15th", "People became citizens", "Passport service"]:
        assert words in shown


def test_what_is_brought_is_recorded_and_taken_back_on_screen(desk, programme, sairon):
    address = reverse("programmes:contribute", args=[programme.slug])
    assert desk.post(address, TYPED | {"organisation": sairon.pk, "on": ""}).status_code == 422
    desk.post(address, TYPED | {"organisation": sairon.pk, "on": "2026-05-04"})
    contribution = Contribution.objects.get()
    assert (contribution.what, contribution.side) == ({"en": "Visits to the villages"}, "volunteers")
    assert "Visits to the villages" in desk.get(address).content.decode()
    desk.post(reverse("programmes:withdraw", args=[contribution.pk]))
    assert not Contribution.objects.exists()


def test_another_partner_cannot_be_chosen(desk, programme):
    office = programme.partners.get(part="authority").organisation
    address = reverse("programmes:contribute", args=[programme.slug])
    assert desk.post(address, TYPED | {"organisation": office.pk, "on": "2026-05-04"}).status_code == 422


def test_a_refusal_keeps_what_was_typed(desk, programme, sairon):
    address = reverse("programmes:contribute", args=[programme.slug])
    response = desk.post(address, TYPED | {"organisation": sairon.pk, "on": "2999-01-01"})
    assert response.status_code == 422
    assert "not come yet" in response.content.decode()
    assert "Visits to the villages" in response.content.decode()


def test_everyone_may_read_what_a_programme_does(client, programme):
    assert "Citizenship" in client.get(reverse("programmes:public")).content.decode()
    shown = client.get(reverse("programmes:public", args=[programme.slug])).content.decode()
    assert "Passport service" in shown
    assert reverse("programmes:detail", args=[programme.slug]) not in shown


def test_an_empty_list_says_how_it_fills(client):
    client.force_login(member(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "no programme yet" in client.get(reverse("programmes:list")).content.decode()
    assert "No programme is open" in client.get(reverse("programmes:public")).content.decode()


def test_pages_ask_the_database_no_more_often_for_more_rows(desk, programme, sairon, django_assert_max_num_queries):
    for _number in range(60):
        ContributionFactory(programme=programme, organisation=sairon)
        ProgrammeFactory(partners=[sairon])
    for name, args, most in [("list", [], 8), ("detail", [programme.slug], 13), ("contribute", [programme.slug], 13)]:
        with django_assert_max_num_queries(most):
            assert desk.get(reverse(f"programmes:{name}", args=args)).status_code == 200
