import pytest
from django.contrib.auth.models import AnonymousUser

from relais.access.lock import OutOfReach, may, organisations_where, require, require_any, roles_of
from relais.access.roles import ROLES, Role
from relais.access.verbs import Verb
from relais.kernel.refusals import Refusal
from relais.organisations.models import Organisation


def test_a_visitor_holds_no_role(db):
    assert roles_of(AnonymousUser()) == frozenset()
    assert not may(AnonymousUser(), Verb.ORGANISATION_READ)


def test_someone_who_may_no_longer_sign_in_holds_no_role(companion):
    companion.is_active = False
    assert roles_of(companion) == frozenset()


def test_a_role_holds_in_its_own_organisation_only(world, coordinator):
    assert organisations_where(coordinator, Verb.MEMBER_INVITE) == {world.organisation.pk}


def test_roles_can_be_asked_for_one_by_one(world, coordinator):
    assert organisations_where(coordinator, Verb.MEMBER_INVITE, Role.AUTHORITY) == set()
    assert organisations_where(coordinator, Verb.MEMBER_INVITE, Role.COORDINATOR) == {world.organisation.pk}


def test_a_verb_nobody_granted_reaches_nothing(companion):
    assert not Organisation.objects.reachable_by(companion, Verb.ORGANISATION_MANAGE).exists()


def test_a_verb_that_is_held_reaches_what_was_registered_and_nothing_else(world, coordinator):
    reached = Organisation.objects.reachable_by(coordinator, Verb.ORGANISATION_MANAGE)
    assert list(reached) == [world.organisation]


def test_the_lock_opens_for_one_row_as_for_all(world, coordinator):
    require(coordinator, Verb.ORGANISATION_MANAGE, world.organisation)
    with pytest.raises(OutOfReach):
        require(coordinator, Verb.ORGANISATION_MANAGE, world.elsewhere)


def test_a_refusal_of_the_lock_says_what_to_do_next(world, companion):
    with pytest.raises(Refusal, match="Ask your coordinator"):
        require_any(companion, Verb.PACK_INSTALL)


def test_holding_a_verb_anywhere_is_enough_to_be_asked_in(administrator):
    require_any(administrator, Verb.PACK_INSTALL)


def test_the_roles_of_someone_are_asked_once(world, coordinator, django_assert_num_queries):
    roles_of(coordinator)
    with django_assert_num_queries(0):
        roles_of(coordinator)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_can_find_its_way(role):
    assert {Verb.PROGRAMME_READ, Verb.PROCEDURE_READ} <= ROLES[role]


def test_only_those_beside_people_and_authorities_may_read_an_identity():
    assert {role for role, verbs in ROLES.items() if Verb.PERSON_IDENTIFY in verbs} == {
        Role.COMPANION,
        Role.RELAY,
        Role.COORDINATOR,
        Role.AUTHORITY,
    }


def test_nobody_decides_on_the_dossiers_they_hand_over():
    for verbs in ROLES.values():
        assert not {Verb.DOSSIER_SUBMIT, Verb.DOSSIER_DECIDE} <= verbs
