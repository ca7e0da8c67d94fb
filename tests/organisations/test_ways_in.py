"""A way in that someone photographed, kept, guessed or shared: it lets one in, once, as what it was made for, or nobody."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from relais.access.roles import Role
from relais.accounts.models import User
from relais.kernel import codes
from relais.organisations import services
from relais.organisations.models import Invitation, Membership
from tests.organisations.factories import OrganisationFactory, member

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORM = {"username": "zarina", "display_name": "Zarina", "password": "three quiet rivers"}
MORE = {
    "role": "administrator",
    "organisation": "",
    "is_superuser": "on",
    "is_staff": "on",
    "kind": "program",
    "territory": "",
    "expires_at": "2100-01-01",
    "recovers": "",
}


@pytest.fixture
def way_in(sairon, coordinator):
    return services.invite_member(organisation=sairon, role="companion", by=coordinator)[1]


def opens(client, token, **more):
    return client.post(reverse("organisations:join", args=[token]), {**FORM, **more})


@pytest.mark.django_db
def test_what_is_added_to_the_form_gives_no_other_role_and_no_other_organisation(client, way_in, sairon):
    more = {
        **MORE,
        "organisation": str(OrganisationFactory().pk),
        "recovers": str(member(Role.ADMINISTRATOR, sairon).pk),
    }
    assert opens(client, way_in, **more).status_code == 302
    zarina = User.objects.get(username="zarina")
    assert (zarina.kind, zarina.is_active) == (User.Kind.PERSON, True)
    assert list(zarina.memberships.values_list("role", "organisation")) == [("companion", sairon.pk)]


@pytest.mark.django_db
def test_the_page_behind_a_way_in_names_nobody_and_leads_nowhere_afterwards(client, way_in):
    shown = client.get(reverse("organisations:join", args=[way_in]))
    assert "no-store" in shown.headers["Cache-Control"]
    assert shown.headers["Referrer-Policy"] == "same-origin"
    opens(client, way_in)
    for again in (client, Client()):
        assert again.get(reverse("organisations:join", args=[way_in])).status_code == 410
        assert opens(again, way_in, username="another").status_code == 410
    assert not User.objects.filter(username="another").exists()


@pytest.mark.django_db
def test_ways_in_that_are_guessed_used_late_or_taken_back_all_look_alike(client, sairon, coordinator, at):
    at("2026-05-01 09:00")
    made = [services.invite_member(organisation=sairon, role="companion", by=coordinator, days=1) for _ in range(3)]
    (_used, used), (back, taken_back), (_late, late) = made
    opens(client, used)
    services.withdraw_invitation(invitation=back, by=coordinator)
    at("2026-05-03 09:00")
    answers = {
        opens(Client(), token, username="x").status_code for token in (used, taken_back, late, codes.new_token())
    }
    assert answers == {410}
    assert not User.objects.filter(username="x").exists()


@pytest.mark.django_db
def test_someone_signed_in_joins_as_themselves_and_cannot_name_another(client, way_in, sairon):
    amina, bo = member(Role.COMPANION), member(Role.COMPANION)
    client.force_login(amina, backend=BACKEND)
    opens(client, way_in, user=str(bo.pk), username=bo.username)
    assert set(Membership.objects.filter(organisation=sairon, role="companion").values_list("user", flat=True)) == {
        amina.pk
    }
    assert Invitation.objects.get(role="companion").used_by == amina


@pytest.mark.django_db
def test_a_way_back_in_is_of_no_use_to_someone_else_who_is_signed_in(client, sairon, coordinator):
    lost, thief = member(Role.COMPANION, sairon), member(Role.COMPANION, sairon)
    _made, token = services.recover_access(membership=lost.memberships.get(), by=coordinator)
    before = thief.password
    client.force_login(thief, backend=BACKEND)
    client.post(reverse("organisations:join", args=[token]), {"password": "three quiet rivers", "user": str(thief.pk)})
    thief.refresh_from_db()
    assert thief.password == before
    assert client.session["_auth_user_id"] == str(thief.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["administrator", "authority", "owner", "", "companion\x00"])
def test_nobody_invites_to_more_than_they_may_give_by_changing_what_the_form_sends(client, role, sairon, coordinator):
    client.force_login(coordinator, backend=BACKEND)
    sent = {"role": role, "days": 7, "organisation": str(OrganisationFactory().pk), "created_by": str(coordinator.pk)}
    assert client.post(reverse("organisations:invite", args=[sairon.pk]), sent).status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_several_who_use_one_way_in_at_once_one_gets_in():
    sairon = OrganisationFactory(slug="sairon")
    _made, token = services.invite_member(organisation=sairon, role="companion", by=member(Role.COORDINATOR, sairon))
    together = Barrier(6)

    def use(number):
        try:
            together.wait()
            return opens(Client(), token, username=f"zarina{number}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(use, range(6)))
    assert answers.count(302) == 1
    assert set(answers) <= {302, 410, 422}
    assert Membership.objects.filter(organisation=sairon, role="companion").count() == 1
    assert User.objects.filter(username__startswith="zarina").count() == 1
