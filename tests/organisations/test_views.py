import re

import pytest
from django.test import Client
from django.urls import reverse

from relais.access.roles import Role
from relais.accounts.models import User
from relais.organisations.models import Invitation, LentLine, Membership, Organisation
from tests.accounts.factories import UserFactory
from tests.organisations.factories import (
    ApiTokenFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    member,
)
from tests.places.factories import TerritoryFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "three quiet rivers"


@pytest.fixture
def sairon():
    return OrganisationFactory(slug="sairon", names={"en": "Sairon", "ru": "Сайрон"})


@pytest.fixture
def desk(client, sairon):
    client.force_login(member(Role.COORDINATOR, sairon), backend=BACKEND)
    return client


def token_in(response):
    return re.search(r"/organisations/join/([\w-]+)/", response.content.decode())[1]


def test_from_a_square_code_to_a_first_page_without_e_mail(desk, sairon):
    address = reverse("organisations:invite", args=[sairon.pk])
    shown = desk.post(address, {"role": "companion", "label": "Zarina from the market", "days": 7})
    assert "<svg" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    phone = Client()
    join = reverse("organisations:join", args=[token_in(shown)])
    assert "Join" in phone.get(join).content.decode()
    typed = {"display_name": "Zarina", "username": "zarina", "password": PASSWORD}
    assert phone.post(join, typed | {"password": "short"}).status_code == 422
    assert phone.post(join, typed).url == reverse("account_login")
    assert phone.get(join).status_code == 410
    assert phone.post(reverse("account_login"), {"login": "zarina", "password": PASSWORD}).status_code == 302
    assert Membership.objects.get(user__username="zarina").role == Role.COMPANION


def test_a_taken_name_keeps_what_was_typed(sairon):
    MembershipFactory(user__username="zarina")
    InvitationFactory(organisation=sairon, token="abc")
    typed = {"display_name": "Zarina M.", "username": "Zarina", "password": PASSWORD}
    response = Client().post(reverse("organisations:join", args=["abc"]), typed)
    assert response.status_code == 422
    assert "taken" in response.content.decode()
    assert 'value="Zarina M."' in response.content.decode()


def test_who_is_signed_in_joins_as_themselves(client, sairon):
    amina = member(Role.COMPANION)
    client.force_login(amina, backend=BACKEND)
    InvitationFactory(organisation=sairon, token="abc", role=Role.RELAY)
    address = reverse("organisations:join", args=["abc"])
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert amina.memberships.filter(organisation=sairon, role=Role.RELAY).exists()


def test_a_coordinator_helps_someone_back_in(desk, sairon):
    amina = MembershipFactory(organisation=sairon, user__username="amina")
    address = reverse("organisations:recover", args=[amina.pk])
    assert desk.post(address, {"reset_mfa": "on", "reason": ""}).status_code == 422
    shown = desk.post(address, {"reason": ""})
    phone = Client()
    way_back = reverse("organisations:join", args=[token_in(shown)])
    assert "amina" in phone.get(way_back).content.decode()
    assert phone.post(way_back, {"password": "short"}).status_code == 422
    assert phone.post(way_back, {"password": PASSWORD}).status_code == 302
    assert User.objects.get(username="amina").check_password(PASSWORD)


def test_a_role_above_ones_own_shows_no_way_to_change_it(desk, sairon):
    administrator = MembershipFactory(organisation=sairon, role=Role.ADMINISTRATOR)
    shown = desk.get(reverse("organisations:member", args=[administrator.pk])).content.decode()
    assert "not yours to give" in shown
    assert "Make the way back" not in shown
    refused = desk.post(reverse("organisations:change", args=[administrator.pk]), {"role": "companion"})
    assert refused.status_code == 422


def test_the_last_coordinator_is_told_why_they_cannot_leave(desk, sairon):
    own = Membership.objects.get(organisation=sairon)
    response = desk.post(reverse("organisations:end", args=[own.pk]), follow=True)
    assert "Nobody would be left" in response.content.decode()


def test_an_organisation_says_itself_anew_and_keeps_words_in_other_languages(desk, sairon):
    country = TerritoryFactory()
    address = reverse("organisations:edit", args=[sairon.pk])
    assert desk.post(address, {"names_en": ""}).status_code == 422
    told = {"names_en": "Sairon", "names_fr": "Saïron", "territory": country.pk, "phone": "+996"}
    assert desk.post(address, told).status_code == 302
    changed = Organisation.objects.get(pk=sairon.pk)
    assert changed.names == {"en": "Sairon", "fr": "Saïron", "ru": "Сайрон"}
    assert changed.territory == country


def test_members_and_invitations_are_seen_and_taken_back(desk, sairon):
    MembershipFactory(organisation=sairon, user__display_name="Amina")
    MembershipFactory(user__display_name="A stranger")
    back = InvitationFactory(organisation=sairon, recovers=MembershipFactory(organisation=sairon).user)
    InvitationFactory(organisation=sairon, label="Zarina")
    InvitationFactory(organisation=sairon, label="")
    shown = desk.get(reverse("organisations:members", args=[sairon.pk])).content.decode()
    assert "Amina" in shown
    assert "Zarina" in shown
    assert "A stranger" not in shown
    desk.post(reverse("organisations:withdraw", args=[back.pk]))
    assert Invitation.objects.get(pk=back.pk).withdrawn_at


def test_a_line_is_lent_and_ended_on_screen(desk, sairon):
    address = reverse("organisations:lines", args=[sairon.pk])
    desk.post(address, {"kind": "phone", "value": "+996 312", "label": "Front desk"})
    line = LentLine.objects.get()
    assert "Front desk" in desk.get(address).content.decode()
    desk.post(reverse("organisations:end_line", args=[line.pk]))
    assert not LentLine.objects.still_lent().exists()


def test_a_key_is_shown_once(desk, sairon):
    address = reverse("organisations:tokens", args=[sairon.pk])
    shown = desk.post(address, {"name": "Monthly sheet", "role": "companion"})
    made = shown.context["made"]
    token = shown.context["token"]
    assert token in shown.content.decode()
    assert token not in desk.get(address).content.decode()
    desk.post(reverse("organisations:revoke", args=[made.pk]))
    assert "Monthly sheet" not in desk.get(address).content.decode()


def test_a_program_whose_maker_left_says_so_and_can_be_answered_for(desk, sairon):
    stranded = ApiTokenFactory(organisation=sairon, created_by=UserFactory(display_name="Left last week"))
    MembershipFactory(user=stranded.user, organisation=sairon)
    address = reverse("organisations:tokens", args=[sairon.pk])
    told = desk.get(address).content.decode()
    assert "Stopped: who answers for it may no longer let it in" in told
    assert "Left last week" in told
    after = desk.post(reverse("organisations:keep", args=[stranded.pk]), follow=True).content.decode()
    assert "Stopped" not in after


def test_the_directory_can_be_read_by_kind(desk):
    OrganisationFactory(kind="authority", names={"en": "Passport service"})
    assert "Passport service" in desk.get(reverse("organisations:list")).content.decode()
    assert "Passport service" not in desk.get(reverse("organisations:list") + "?kind=company").content.decode()


@pytest.mark.parametrize(("page", "most"), [("list", 7), ("members", 8)])
def test_long_lists_ask_the_database_no_more_often(desk, sairon, django_assert_max_num_queries, page, most):
    for _number in range(60):
        MembershipFactory(organisation=sairon)
    address = reverse(f"organisations:{page}", args=[sairon.pk] if page == "members" else [])
    with django_assert_max_num_queries(most):
        response = desk.get(address)
    if page == "members":
        assert "Page 1 of 2" in response.content.decode()
