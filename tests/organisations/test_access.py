from datetime import date, timedelta

import pytest

from relais.access.lock import roles_of
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.kernel import clock
from relais.organisations.models import ApiToken, Invitation, LentLine, Membership, Organisation
from tests.organisations.factories import (
    ApiTokenFactory,
    InvitationFactory,
    LentLineFactory,
    MembershipFactory,
    OrganisationFactory,
    member,
)

pytestmark = pytest.mark.django_db
RUNNERS = [Role.COORDINATOR, Role.AUTHORITY, Role.ADMINISTRATOR]
OTHERS = [Role.COMPANION, Role.RELAY, Role.EVIDENCE_OFFICER]


@pytest.fixture
def sairon():
    return OrganisationFactory()


def test_a_membership_gives_its_role_from_its_first_day_until_its_last(sairon):
    today = clock.today()
    for role, since, until in [
        (Role.COMPANION, today, None),
        (Role.RELAY, today + timedelta(days=1), None),
        (Role.COORDINATOR, date(2020, 1, 1), today),
    ]:
        membership = MembershipFactory(organisation=sairon, role=role, since=since, until=until)
        expected = {(role, sairon.pk)} if role == Role.COMPANION else set()
        assert roles_of(membership.user) == expected


@pytest.mark.parametrize("role", list(Role))
def test_every_member_reads_the_directory(sairon, role):
    OrganisationFactory()
    assert Organisation.objects.reachable_by(member(role, sairon), Verb.ORGANISATION_READ).count() == 2


CASES = [
    (Verb.ORGANISATION_MANAGE, Organisation, lambda here: here or OrganisationFactory()),
    (Verb.MEMBER_INVITE, Organisation, lambda here: here or OrganisationFactory()),
    (Verb.TOKEN_MANAGE, Organisation, lambda here: here or OrganisationFactory()),
    (Verb.MEMBER_INVITE, Invitation, lambda here: InvitationFactory(**({"organisation": here} if here else {}))),
    (Verb.ORGANISATION_MANAGE, LentLine, lambda here: LentLineFactory(**({"organisation": here} if here else {}))),
    (Verb.TOKEN_MANAGE, ApiToken, lambda here: ApiTokenFactory(**({"organisation": here} if here else {}))),
]


@pytest.mark.parametrize(("verb", "model", "make"), CASES)
@pytest.mark.parametrize("role", RUNNERS)
def test_who_runs_an_organisation_reaches_what_is_its_own_and_nothing_else(sairon, verb, model, make, role):
    own, _foreign = make(sairon), make(None)
    assert list(model.objects.reachable_by(member(role, sairon), verb)) == [own]


@pytest.mark.parametrize(("verb", "model", "make"), CASES)
@pytest.mark.parametrize("role", OTHERS)
def test_who_does_not_run_it_reaches_none_of_it(sairon, verb, model, make, role):
    make(sairon)
    assert not model.objects.reachable_by(member(role, sairon), verb).exists()


@pytest.mark.parametrize("verb", [Verb.MEMBER_READ, Verb.MEMBER_RECOVER])
def test_members_are_seen_by_who_runs_their_organisation(sairon, verb):
    own = MembershipFactory(organisation=sairon)
    MembershipFactory()
    for role in RUNNERS:
        runner = member(role, sairon)
        assert own in Membership.objects.reachable_by(runner, verb)
        assert set(Membership.objects.reachable_by(runner, verb).values_list("organisation", flat=True)) == {sairon.pk}
    for role in OTHERS:
        assert not Membership.objects.reachable_by(member(role, sairon), verb).exists()
