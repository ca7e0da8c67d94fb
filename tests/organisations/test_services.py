from datetime import UTC, datetime

import pytest

from relais.access.lock import OutOfReach, roles_of
from relais.access.roles import Role
from relais.journal.models import Entry
from relais.kernel.refusals import Refusal
from relais.organisations import services
from relais.organisations.models import ApiToken, LentLine, Membership, Organisation
from tests.organisations.factories import (
    ApiTokenFactory,
    LentLineFactory,
    MembershipFactory,
    OrganisationFactory,
    member,
)

pytestmark = pytest.mark.django_db
WORDS = {"about": {}, "territory": None, "address": "", "phone": "", "email": ""}


@pytest.fixture
def sairon():
    return OrganisationFactory(slug="sairon", names={"en": "Sairon"})


def test_installing_an_organisation_twice_brings_it_up_to_date():
    services.install_organisation(slug="sairon", kind="association", names={"en": "Sairon"})
    services.install_organisation(slug="sairon", kind="association", names={"en": "Sairon Bishkek"})
    assert Organisation.objects.get().names == {"en": "Sairon Bishkek"}


def test_a_coordinator_installs_no_organisation(coordinator):
    with pytest.raises(OutOfReach):
        services.install_organisation(slug="x", kind="association", names={}, by=coordinator)


def test_a_coordinator_describes_their_organisation(sairon, coordinator):
    services.describe_organisation(
        organisation=sairon, by=coordinator, **WORDS | {"names": {"en": "Sairon"}, "phone": "+996 312 000000"}
    )
    line = Entry.objects.get(verb="organisation.described")
    assert (line.detail, line.organisation_id) == ({"fields": ["phone"]}, sairon.pk)


def test_saying_the_same_again_is_not_journaled(sairon, coordinator):
    services.describe_organisation(organisation=sairon, by=coordinator, names={"en": "Sairon"}, **WORDS)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", [Role.COMPANION, Role.RELAY, Role.EVIDENCE_OFFICER])
def test_who_does_not_run_it_describes_nothing(sairon, role):
    with pytest.raises(OutOfReach):
        services.describe_organisation(organisation=sairon, by=member(role, sairon), names={}, **WORDS)


def test_a_line_is_lent_once_by_one_organisation(sairon, coordinator):
    first = services.lend_line(organisation=sairon, kind="phone", value=" +996  312 ", label={}, by=coordinator)
    assert first.value == "+996 312"
    assert services.lend_line(organisation=sairon, kind="phone", value="+996 312", label={}, by=coordinator) == first
    other = member(Role.COORDINATOR)
    with pytest.raises(Refusal, match="Another organisation"):
        services.lend_line(
            organisation=other.memberships.get().organisation, kind="phone", value="+996 312", label={}, by=other
        )


def test_a_line_no_longer_lent_can_be_lent_by_another(sairon, coordinator):
    line = LentLineFactory(organisation=sairon, value="+996 1")
    services.end_line(line=line, by=coordinator)
    services.end_line(line=line, by=coordinator)
    assert Entry.objects.filter(verb="line.ended").count() == 1
    other = member(Role.COORDINATOR)
    services.lend_line(
        organisation=other.memberships.get().organisation, kind="phone", value="+996 1", label={}, by=other
    )
    assert LentLine.objects.still_lent().count() == 1


def test_nobody_lends_or_ends_a_line_of_others(sairon, coordinator):
    with pytest.raises(OutOfReach):
        services.lend_line(organisation=OrganisationFactory(), kind="phone", value="1", label={}, by=coordinator)
    with pytest.raises(OutOfReach):
        services.end_line(line=LentLineFactory(), by=coordinator)


def test_a_program_gets_a_key_and_only_the_role_it_needs(sairon, coordinator):
    made, token = services.make_token(organisation=sairon, name="Monthly sheet", role="companion", by=coordinator)
    program = services.user_of_token(token)
    assert program == made.user
    assert not program.has_usable_password()
    assert set(roles_of(program)) == {(Role.COMPANION, sairon.pk)}
    assert token not in str(list(Entry.objects.values()))
    made.refresh_from_db()
    assert made.last_used_on is not None


def test_a_revoked_key_opens_nothing_at_once(sairon, coordinator):
    made, token = services.make_token(organisation=sairon, name="Sheet", role="companion", by=coordinator)
    services.revoke_token(token=made, by=coordinator)
    services.revoke_token(token=made, by=coordinator)
    assert services.user_of_token(token) is None
    assert not Membership.objects.filter(user=made.user, until=None).exists()
    assert Entry.objects.filter(verb="token.revoked").count() == 1


def test_a_key_expires(sairon, coordinator, at):
    at("2026-05-01 09:00")
    ends = datetime(2026, 6, 1, tzinfo=UTC)
    _made, token = services.make_token(organisation=sairon, name="S", role="companion", by=coordinator, expires_at=ends)
    assert services.user_of_token(token)
    at("2026-06-01 00:01")
    assert services.user_of_token(token) is None
    with pytest.raises(Refusal, match="already have expired"):
        services.make_token(organisation=sairon, name="S", role="companion", by=coordinator, expires_at=ends)


def test_a_key_stops_when_who_answers_for_it_leaves_until_someone_else_answers_for_it(sairon, coordinator):
    successor = member(Role.COORDINATOR, sairon)
    made, token = services.make_token(organisation=sairon, name="Sheet", role="companion", by=coordinator)
    services.end_membership(membership=coordinator.memberships.get(), by=successor)
    assert services.user_of_token(token) is None
    assert services.opens_nothing(ApiToken.objects.all()) == {made.pk}
    services.keep_token(token=made, by=successor)
    services.keep_token(token=made, by=successor)
    assert services.user_of_token(token) == made.user
    assert services.opens_nothing(ApiToken.objects.all()) == set()
    assert Entry.objects.filter(verb="token.kept").count() == 1


def test_a_key_stops_when_who_answers_for_it_no_longer_runs_the_organisation(sairon, coordinator):
    successor = member(Role.COORDINATOR, sairon)
    _made, token = services.make_token(organisation=sairon, name="Sheet", role="companion", by=coordinator)
    services.change_role(membership=coordinator.memberships.get(), role="companion", by=successor)
    assert services.user_of_token(token) is None


def test_a_key_opens_one_organisation_whatever_else_its_account_was_given(sairon, coordinator):
    made, token = services.make_token(organisation=sairon, name="Sheet", role="companion", by=coordinator)
    MembershipFactory(user=made.user, organisation=OrganisationFactory(), role=Role.COORDINATOR)
    assert set(roles_of(services.user_of_token(token))) == {(Role.COMPANION, sairon.pk)}


def test_nobody_answers_for_a_key_that_does_more_than_they_could_give(sairon, coordinator):
    boss = member(Role.ADMINISTRATOR, sairon)
    made, _token = services.make_token(organisation=sairon, name="Sheet", role="administrator", by=boss)
    with pytest.raises(Refusal, match="You cannot give"):
        services.keep_token(token=made, by=coordinator)
    services.revoke_token(token=made, by=boss)
    with pytest.raises(Refusal, match="shut out"):
        services.keep_token(token=made, by=boss)
    with pytest.raises(OutOfReach):
        services.keep_token(token=ApiTokenFactory(), by=coordinator)


def test_an_unknown_key_or_a_closed_account_is_nobody():
    assert services.user_of_token("no such key") is None
    closed = ApiTokenFactory(token="abc", user__is_active=False)
    assert services.user_of_token("abc") is None
    assert closed.last_used_on is None


def test_a_key_never_holds_more_than_who_made_it(sairon, coordinator):
    with pytest.raises(Refusal, match="You cannot give"):
        services.make_token(organisation=sairon, name="S", role="administrator", by=coordinator)
    with pytest.raises(OutOfReach):
        services.make_token(organisation=OrganisationFactory(), name="S", role="companion", by=coordinator)
    with pytest.raises(OutOfReach):
        services.make_token(organisation=sairon, name="S", role="companion", by=member(Role.COMPANION, sairon))


def test_a_key_of_another_organisation_is_not_revoked(coordinator):
    with pytest.raises(OutOfReach):
        services.revoke_token(token=ApiTokenFactory(), by=coordinator)
