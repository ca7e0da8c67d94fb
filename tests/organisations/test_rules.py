import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.access.roles import ROLES, Role
from relais.kernel.ids import uuid7
from relais.organisations.rules import grantable, outranks

HERE, THERE = uuid7(), uuid7()
ROLE = st.sampled_from(list(Role))


@pytest.mark.parametrize("role", [Role.COMPANION, Role.RELAY, Role.EVIDENCE_OFFICER])
def test_who_does_not_run_an_organisation_gives_no_role(role):
    assert grantable([role], is_authority=True) == frozenset()


def test_a_coordinator_invites_companions_relays_and_coordinators():
    assert grantable([Role.COORDINATOR], is_authority=False) == {
        Role.COMPANION,
        Role.RELAY,
        Role.COORDINATOR,
        Role.EVIDENCE_OFFICER,
    }


def test_an_authority_invites_its_colleagues_but_no_companion():
    assert grantable([Role.AUTHORITY], is_authority=True) == {Role.AUTHORITY}


def test_an_administrator_gives_any_role_but_that_of_an_authority_outside_one():
    assert grantable([Role.ADMINISTRATOR], is_authority=True) == frozenset(Role)
    assert Role.AUTHORITY not in grantable([Role.ADMINISTRATOR], is_authority=False)


@given(held=st.sets(ROLE), is_authority=st.booleans())
def test_nobody_but_an_administrator_gives_a_right_they_lack(held, is_authority):
    if Role.ADMINISTRATOR in held:
        return
    own = frozenset().union(*(ROLES[role] for role in held))
    for role in grantable(held, is_authority=is_authority):
        assert ROLES[role] <= own


def test_a_coordinator_outranks_a_companion_of_the_same_organisation_only():
    coordinator = [(Role.COORDINATOR, HERE)]
    assert outranks(coordinator, [(Role.COMPANION, HERE)], authorities=[])
    assert not outranks(coordinator, [(Role.COMPANION, THERE)], authorities=[])
    assert not outranks(coordinator, [(Role.COMPANION, HERE), (Role.COMPANION, THERE)], authorities=[])
    assert not outranks(coordinator, [(Role.ADMINISTRATOR, HERE)], authorities=[])


@given(held=st.sets(ROLE), more=ROLE)
def test_nobody_outranks_someone_who_holds_a_role_elsewhere(held, more):
    assert not outranks([(role, HERE) for role in held], [(more, THERE)], authorities=[HERE, THERE])
