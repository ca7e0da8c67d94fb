import pytest
from django.urls import reverse

from relais.access.roles import Role
from relais.journal import services
from relais.journal.models import Entry
from tests.organisations.factories import MembershipFactory, OrganisationFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def sairon():
    return OrganisationFactory()


@pytest.fixture
def desk(client, sairon):
    client.force_login(
        member(Role.COORDINATOR, sairon, username="gul"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def lines(response):
    return [entry.verb for entry in response.context["page"]]


def test_only_lines_of_ones_own_organisation_are_read(desk, sairon):
    services.write("member.joined", MembershipFactory(organisation=sairon), by=None)
    services.write("member.left", MembershipFactory(), by=None)
    services.write("pack.installed", None, by=None)
    assert lines(desk.get(reverse("journal:list"))) == ["member.joined"]


def test_a_line_whose_detail_counts_items_is_read_like_any_other(desk, sairon):
    services.write("agenda.proposed", MembershipFactory(organisation=sairon), by=None, items=5)
    assert "items: 5" in desk.get(reverse("journal:list")).content.decode()


def test_lines_are_found_by_what_by_whom_and_when(desk, sairon, at):
    row = MembershipFactory(organisation=sairon)
    amina = member(Role.COMPANION, sairon, username="amina")
    for day, verb, by in [("01", "member.joined", None), ("02", "identity.read", amina), ("03", "member.left", amina)]:
        at(f"2026-05-{day} 09:00")
        services.write(verb, row, by=by)
    address = reverse("journal:list")
    assert lines(desk.get(address)) == ["member.left", "identity.read", "member.joined"]
    assert lines(desk.get(address, {"about": "identity"})) == ["identity.read"]
    assert lines(desk.get(address, {"by": "Amina"})) == ["member.left", "identity.read"]
    assert lines(desk.get(address, {"since": "2026-05-02", "until": "2026-05-02"})) == ["identity.read"]
    assert len(lines(desk.get(address, {"since": "not a day"}))) == 3
    assert "No line says this" in desk.get(address, {"about": "pin"}).content.decode()


def test_a_long_journal_is_read_page_by_page(desk, sairon, django_assert_max_num_queries):
    row = MembershipFactory(organisation=sairon)
    for _line in range(60):
        services.write("member.joined", row, by=None)
    with django_assert_max_num_queries(6):
        response = desk.get(reverse("journal:list"))
    assert "Page 1 of 2" in response.content.decode()
    assert Entry.objects.count() == 60
