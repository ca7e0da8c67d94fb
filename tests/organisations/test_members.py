from datetime import date

import pytest

from relais.access.lock import OutOfReach, roles_of
from relais.access.roles import Role
from relais.accounts.models import User
from relais.journal.models import Entry
from relais.kernel.refusals import Refusal
from relais.organisations import services
from relais.organisations.models import Membership
from tests.accounts.factories import UserFactory
from tests.organisations.factories import MembershipFactory, member

pytestmark = pytest.mark.django_db


def roles_today(user):
    return {role for role, _organisation in roles_of(User.objects.get(pk=user.pk))}


def test_a_pack_adds_its_members_without_asking(sairon):
    user = UserFactory()
    first = services.add_member(user=user, organisation=sairon, role="companion", since=date(2025, 1, 1))
    assert services.add_member(user=user, organisation=sairon, role="companion") == first
    assert Entry.objects.filter(verb="member.joined").count() == 1


def test_a_stranger_adds_nobody(sairon):
    with pytest.raises(OutOfReach):
        services.add_member(user=UserFactory(), organisation=sairon, role="companion", by=member(Role.COORDINATOR))


def test_a_coordinator_adds_no_administrator(sairon, coordinator):
    with pytest.raises(Refusal, match="administrator"):
        services.add_member(user=UserFactory(), organisation=sairon, role="administrator", by=coordinator)


def test_changing_a_role_keeps_the_old_one_in_the_record(sairon, coordinator, at):
    at("2026-05-04 09:00")
    membership = MembershipFactory(organisation=sairon, role=Role.COMPANION)
    services.change_role(membership=membership, role="relay", by=coordinator)
    assert roles_today(membership.user) == {Role.RELAY}
    membership.refresh_from_db()
    assert membership.until == date(2026, 5, 4)
    assert Entry.objects.get(verb="member.changed").detail == {
        "member": str(membership.user_id),
        "was": "companion",
        "role": "relay",
    }


def test_changing_to_the_same_role_changes_nothing(sairon, coordinator):
    membership = MembershipFactory(organisation=sairon, role=Role.COMPANION)
    assert services.change_role(membership=membership, role="companion", by=coordinator) == membership
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", [Role.COMPANION, Role.RELAY, Role.EVIDENCE_OFFICER])
def test_who_does_not_run_the_organisation_changes_nobody(sairon, role):
    membership = MembershipFactory(organisation=sairon)
    with pytest.raises(OutOfReach):
        services.change_role(membership=membership, role="relay", by=member(role, sairon))


def test_a_coordinator_changes_no_administrator_and_makes_none(sairon, coordinator):
    administrator = MembershipFactory(organisation=sairon, role=Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="right they do not hold"):
        services.change_role(membership=administrator, role="companion", by=coordinator)
    with pytest.raises(Refusal, match="right they do not hold"):
        services.change_role(membership=MembershipFactory(organisation=sairon), role="administrator", by=coordinator)


def test_who_is_let_go_reaches_nothing_from_that_moment(sairon, coordinator):
    membership = MembershipFactory(organisation=sairon)
    services.end_membership(membership=membership, by=coordinator)
    assert roles_today(membership.user) == set()
    services.end_membership(membership=membership, by=coordinator)
    assert Entry.objects.filter(verb="member.left").count() == 1


def test_the_last_who_can_let_others_in_stays(sairon, coordinator):
    own = Membership.objects.get(user=coordinator)
    with pytest.raises(Refusal, match="Nobody would be left"):
        services.end_membership(membership=own, by=coordinator)
    with pytest.raises(Refusal, match="Nobody would be left"):
        services.change_role(membership=own, role="companion", by=coordinator)
    MembershipFactory(organisation=sairon, role=Role.COORDINATOR)
    services.end_membership(membership=own, by=coordinator)
    assert roles_today(coordinator) == set()


def test_a_program_or_a_closed_account_does_not_count_as_someone_who_stays(sairon, coordinator):
    MembershipFactory(organisation=sairon, role=Role.COORDINATOR, user__kind="program")
    MembershipFactory(organisation=sairon, role=Role.COORDINATOR, user__is_active=False)
    with pytest.raises(Refusal, match="Nobody would be left"):
        services.end_membership(membership=Membership.objects.get(user=coordinator), by=coordinator)


def test_a_coordinator_elsewhere_lets_nobody_go(sairon):
    with pytest.raises(OutOfReach):
        services.end_membership(membership=MembershipFactory(organisation=sairon), by=member(Role.COORDINATOR))
