import pytest
from django.contrib.auth import authenticate

from relais.access.lock import OutOfReach, roles_of
from relais.access.roles import Role
from relais.accounts.models import User
from relais.journal.models import Entry
from relais.kernel.refusals import Refusal
from relais.organisations import services
from relais.organisations.models import Invitation
from tests.accounts.factories import UserFactory
from tests.organisations.factories import InvitationFactory, OrganisationFactory, member

pytestmark = pytest.mark.django_db
PASSWORD = "three quiet rivers"


def accept(token, username="zarina", password=PASSWORD):
    return services.accept_invitation(
        token=token, username=username, display_name="Zarina", password=password, language="fr"
    )


def test_an_invitation_makes_an_account_without_e_mail(sairon, coordinator, rf):
    _invitation, token = services.invite_member(organisation=sairon, role="companion", by=coordinator)
    membership = accept(token)
    zarina = User.objects.get(username="zarina")
    assert (zarina.email, zarina.language, membership.user) == ("", "fr", zarina)
    assert set(roles_of(zarina)) == {(Role.COMPANION, sairon.pk)}
    assert authenticate(rf.post("/"), username="Zarina", password=PASSWORD) == zarina


def test_only_the_hash_of_the_token_is_kept(sairon, coordinator):
    invitation, token = services.invite_member(organisation=sairon, role="companion", by=coordinator)
    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values().get())
    assert token not in str(list(Entry.objects.values()))


def test_an_invitation_works_once(sairon, coordinator):
    _invitation, token = services.invite_member(organisation=sairon, role="companion", by=coordinator)
    accept(token)
    with pytest.raises(Refusal, match="no longer works"):
        accept(token, username="another")
    assert User.objects.filter(username="another").count() == 0


def test_an_invitation_taken_back_leads_nowhere(sairon, coordinator):
    invitation, token = services.invite_member(organisation=sairon, role="companion", by=coordinator)
    services.withdraw_invitation(invitation=invitation, by=coordinator)
    services.withdraw_invitation(invitation=invitation, by=coordinator)
    with pytest.raises(Refusal, match="no longer works"):
        accept(token)
    assert Entry.objects.filter(verb="invitation.withdrawn").count() == 1


def test_nobody_returns_by_an_invitation_they_made_before_they_left(sairon, coordinator):
    invite = {"organisation": sairon, "role": "coordinator", "by": coordinator}
    _invitation, to_come_back = services.invite_member(**invite)
    colleague = member(Role.COORDINATOR, sairon)
    _other, stays_open = services.invite_member(**invite | {"by": colleague})
    services.end_membership(membership=coordinator.memberships.get(), by=colleague)
    with pytest.raises(Refusal, match="no longer works"):
        accept(to_come_back)
    assert accept(stays_open).role == Role.COORDINATOR


def test_who_no_longer_runs_the_organisation_lets_nobody_in_any_more(sairon, coordinator):
    _invitation, token = services.invite_member(organisation=sairon, role="coordinator", by=coordinator)
    colleague = member(Role.COORDINATOR, sairon)
    services.change_role(membership=coordinator.memberships.get(), role="companion", by=colleague)
    with pytest.raises(Refusal, match="no longer works"):
        accept(token)


def test_an_invitation_closes_after_its_days(sairon, coordinator, at):
    at("2026-05-01 09:00")
    _invitation, token = services.invite_member(organisation=sairon, role="companion", by=coordinator, days=2)
    at("2026-05-03 09:01")
    with pytest.raises(Refusal, match="no longer works"):
        accept(token)


@pytest.mark.parametrize("days", [0, 31])
def test_an_invitation_is_open_a_day_to_a_month(sairon, coordinator, days):
    with pytest.raises(Refusal, match="between 1 and 30"):
        services.invite_member(organisation=sairon, role="companion", by=coordinator, days=days)


def test_a_taken_name_is_refused_and_the_invitation_stays_open(sairon, coordinator):
    UserFactory(username="Zarina")
    _invitation, token = services.invite_member(organisation=sairon, role="companion", by=coordinator)
    with pytest.raises(Refusal, match="taken"):
        accept(token)
    assert accept(token, username="zarina2").user.username == "zarina2"


@pytest.mark.parametrize("password", ["short", "password123", "zarina-zarina"])
def test_a_weak_password_is_refused_and_the_invitation_stays_open(sairon, coordinator, password):
    _invitation, token = services.invite_member(organisation=sairon, role="companion", by=coordinator)
    with pytest.raises(Refusal, match="Choose another password"):
        accept(token, username="zarina-zarina", password=password)
    accept(token)


@pytest.mark.parametrize("username", ["za rina", "<script>", "x" * 61])
def test_a_name_that_cannot_be_typed_is_refused(sairon, coordinator, username):
    _invitation, token = services.invite_member(organisation=sairon, role="companion", by=coordinator)
    with pytest.raises(Refusal):
        accept(token, username=username)


def test_who_has_an_account_joins_with_it(sairon, coordinator):
    _invitation, token = services.invite_member(organisation=sairon, role="relay", by=coordinator)
    amina = UserFactory()
    services.join_with_account(token=token, by=amina)
    assert set(roles_of(amina)) == {(Role.RELAY, sairon.pk)}
    assert Invitation.objects.get().used_by == amina


def test_a_link_that_gives_access_back_makes_no_account(sairon):
    InvitationFactory(organisation=sairon, token="abc", recovers=UserFactory())
    with pytest.raises(Refusal, match="does not make a new one"):
        accept("abc")


@pytest.mark.parametrize("role", [Role.COMPANION, Role.RELAY, Role.EVIDENCE_OFFICER])
def test_who_does_not_run_the_organisation_invites_nobody(sairon, role):
    with pytest.raises(OutOfReach):
        services.invite_member(organisation=sairon, role="companion", by=member(role, sairon))


def test_nobody_invites_to_another_organisation(sairon, coordinator):
    with pytest.raises(OutOfReach):
        services.invite_member(organisation=OrganisationFactory(), role="companion", by=coordinator)


def test_nobody_invites_to_a_role_above_theirs(sairon, coordinator):
    with pytest.raises(Refusal, match="You cannot give"):
        services.invite_member(organisation=sairon, role="administrator", by=coordinator)


def test_another_organisation_withdraws_nothing(sairon, coordinator):
    invitation = InvitationFactory(organisation=sairon)
    with pytest.raises(OutOfReach):
        services.withdraw_invitation(invitation=invitation, by=member(Role.COORDINATOR))
