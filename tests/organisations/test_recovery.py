from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.journal.models import Entry
from relais.kernel.refusals import Refusal
from relais.organisations import services
from tests.organisations.factories import InvitationFactory, MembershipFactory, OrganisationFactory, member

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet orchard"


@pytest.fixture
def amina(sairon):
    membership = MembershipFactory(organisation=sairon)
    Authenticator.objects.create(user=membership.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return membership


def test_who_lost_the_password_chooses_a_new_one_and_keeps_the_second_step(amina, coordinator):
    _invitation, token = services.recover_access(membership=amina, by=coordinator)
    user = services.return_through(token=token, password=PASSWORD)
    assert user == amina.user
    assert user.check_password(PASSWORD)
    assert Authenticator.objects.filter(user=user).exists()


def test_a_second_step_is_taken_away_only_with_a_reason_and_only_when_the_link_is_used(amina, coordinator):
    with pytest.raises(Refusal, match="Say why"):
        services.recover_access(membership=amina, by=coordinator, reset_mfa=True, reason="  ")
    _invitation, token = services.recover_access(
        membership=amina, by=coordinator, reset_mfa=True, reason="Her phone was stolen; I know her."
    )
    assert Authenticator.objects.filter(user=amina.user).exists()
    services.return_through(token=token, password=PASSWORD)
    assert not Authenticator.objects.filter(user=amina.user).exists()
    assert Entry.objects.get(verb="access.recovered").detail["resets_mfa"] is True
    assert Entry.objects.get(verb="access.regained").detail == {"mfa_reset": True}


def test_open_sessions_end_when_access_is_regained(client, amina, coordinator):
    client.force_login(amina.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    _invitation, token = services.recover_access(membership=amina, by=coordinator)
    services.return_through(token=token, password=PASSWORD)
    assert get_user(client).is_anonymous


def test_a_way_back_works_once_and_for_a_day(amina, coordinator, at):
    at("2026-05-01 09:00")
    _invitation, token = services.recover_access(membership=amina, by=coordinator)
    services.return_through(token=token, password=PASSWORD)
    with pytest.raises(Refusal, match="no longer works"):
        services.return_through(token=token, password=PASSWORD)
    _invitation, late = services.recover_access(membership=amina, by=coordinator)
    at("2026-05-02 09:01")
    with pytest.raises(Refusal, match="no longer works"):
        services.return_through(token=late, password=PASSWORD)


def test_a_new_way_back_closes_the_one_before(amina, coordinator):
    _invitation, first = services.recover_access(membership=amina, by=coordinator)
    services.recover_access(membership=amina, by=coordinator)
    with pytest.raises(Refusal, match="no longer works"):
        services.return_through(token=first, password=PASSWORD)


def test_a_weak_password_leaves_the_way_back_open(amina, coordinator):
    _invitation, token = services.recover_access(membership=amina, by=coordinator)
    with pytest.raises(Refusal, match="Choose another password"):
        services.return_through(token=token, password="short")
    services.return_through(token=token, password=PASSWORD)


@pytest.mark.parametrize("role", [Role.COMPANION, Role.RELAY, Role.EVIDENCE_OFFICER])
def test_who_does_not_run_the_organisation_helps_nobody_back(amina, sairon, role):
    with pytest.raises(OutOfReach):
        services.recover_access(membership=amina, by=member(role, sairon))


def test_a_coordinator_elsewhere_helps_nobody_back(amina):
    with pytest.raises(OutOfReach):
        services.recover_access(membership=amina, by=member(Role.COORDINATOR))


def test_nobody_opens_the_account_of_someone_with_more_rights(sairon, coordinator):
    administrator = MembershipFactory(organisation=sairon, role=Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="not yours to give"):
        services.recover_access(membership=administrator, by=coordinator)


def test_nobody_opens_an_account_that_also_works_elsewhere(amina, coordinator):
    MembershipFactory(user=amina.user, organisation=OrganisationFactory())
    with pytest.raises(Refusal, match="in another organisation"):
        services.recover_access(membership=amina, by=coordinator)


def test_a_link_no_longer_opens_an_account_that_was_given_more_rights_since(amina, coordinator):
    _invitation, token = services.recover_access(membership=amina, by=coordinator)
    MembershipFactory(user=amina.user, organisation=OrganisationFactory(), role=Role.COORDINATOR)
    with pytest.raises(Refusal, match="in another organisation"):
        services.return_through(token=token, password=PASSWORD)


def test_a_role_that_ended_elsewhere_does_not_stand_in_the_way(amina, coordinator):
    MembershipFactory(user=amina.user, until=date(2021, 1, 1))
    services.recover_access(membership=amina, by=coordinator)


@pytest.mark.parametrize("change", [{"is_active": False}, {"kind": "program"}])
def test_an_account_that_cannot_sign_in_is_not_opened(amina, coordinator, change):
    for field, value in change.items():
        setattr(amina.user, field, value)
    amina.user.save()
    with pytest.raises(Refusal, match="cannot sign in"):
        services.recover_access(membership=amina, by=coordinator)


def test_an_invitation_to_join_gives_no_account_back(sairon):
    InvitationFactory(organisation=sairon, token="abc")
    with pytest.raises(Refusal, match="makes a new account"):
        services.return_through(token="abc", password=PASSWORD)
