import pytest

from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.programmes.models import Contribution, Programme
from tests.organisations.factories import OrganisationFactory, member
from tests.programmes.factories import ContributionFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", [Verb.PROGRAMME_READ, Verb.REPORT_READ])
def test_members_of_a_partner_read_their_programme_and_no_other(role, verb):
    organisation = OrganisationFactory()
    programme = ProgrammeFactory(partners=[organisation, OrganisationFactory()])
    ProgrammeFactory(partners=[OrganisationFactory()])
    assert list(Programme.objects.reachable_by(member(role, organisation), verb)) == [programme]


@pytest.mark.parametrize(
    ("role", "reached"), [(Role.ADMINISTRATOR, 1), (Role.COORDINATOR, 0), (Role.AUTHORITY, 0), (Role.COMPANION, 0)]
)
def test_only_an_administrator_manages_a_programme(role, reached):
    organisation = OrganisationFactory()
    ProgrammeFactory(partners=[organisation])
    found = Programme.objects.reachable_by(member(role, organisation), Verb.PROGRAMME_MANAGE)
    assert found.count() == reached


@pytest.mark.parametrize(("role", "reached"), [(Role.COORDINATOR, 1), (Role.AUTHORITY, 1), (Role.COMPANION, 0)])
def test_a_partner_keeps_only_its_own_contributions(role, reached):
    organisation = OrganisationFactory()
    programme = ProgrammeFactory(partners=[organisation])
    own = ContributionFactory(programme=programme, organisation=organisation)
    ContributionFactory(programme=programme)
    found = Contribution.objects.reachable_by(member(role, organisation), Verb.CONTRIBUTION_RECORD)
    assert list(found) == [own] * reached
