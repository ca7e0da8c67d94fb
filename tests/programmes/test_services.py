from datetime import date
from decimal import Decimal

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.journal.models import Entry
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict, Refusal
from relais.programmes import services
from relais.programmes.models import Contribution, Programme
from tests.organisations.factories import AuthorityFactory, OrganisationFactory, member
from tests.places.factories import TerritoryFactory
from tests.programmes.factories import ContributionFactory, PartnerFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sairon():
    return OrganisationFactory(slug="sairon")


@pytest.fixture
def programme(sairon):
    return ProgrammeFactory(partners=[sairon])


def brought(programme, organisation, by, **changes):
    values = {"kind": "time", "stage": "accompany", "what": {"en": "Advice"}, "on": date(2026, 5, 4)}
    return services.record_contribution(
        programme=programme, organisation=organisation, by=by, **values | {"amount": Decimal(12)} | changes
    )


def test_installing_twice_upgrades_the_same_programme():
    country = TerritoryFactory()
    first = services.install_programme(slug="sairon", names={"en": "One"}, summary={}, country=country)
    second = services.install_programme(
        slug="sairon", names={"en": "Two"}, summary={}, country=country, pack="sairon", pack_version="2"
    )
    assert first.pk == second.pk
    assert Programme.objects.get().names == {"en": "Two"}
    assert list(Entry.objects.order_by("number").values_list("verb", flat=True)) == [
        "programme.installed",
        "programme.upgraded",
    ]


def test_a_companion_installs_nothing():
    with pytest.raises(OutOfReach):
        services.install_programme(
            slug="x", names={}, summary={}, country=TerritoryFactory(), by=member(Role.COMPANION)
        )


def test_an_administrator_may_install():
    services.install_programme(
        slug="x", names={}, summary={}, country=TerritoryFactory(), by=member(Role.ADMINISTRATOR)
    )
    assert Programme.objects.filter(slug="x").exists()


def test_a_partner_is_added_once(programme, sairon):
    services.add_partner(programme=programme, organisation=sairon, part="volunteers", since=date(2025, 1, 1))
    assert programme.partners.get().since == date(2025, 1, 1)


def test_interactions_and_outcomes_are_said_anew_each_time(programme):
    rows = [{"stage": "hear", "who": {"en": "Villagers"}, "depth": "involved", "how": {"en": "On market days"}}]
    for _again in range(2):
        services.describe_interactions(programme=programme, rows=rows)
        services.describe_outcomes(programme=programme, rows=[{"what": {"en": "Citizens"}}, {"what": {"en": "Trust"}}])
    assert programme.interactions.get().who == {"en": "Villagers"}
    assert [outcome.position for outcome in programme.outcomes.all()] == [1, 2]


@pytest.mark.parametrize(
    ("part", "side"), [("volunteers", "volunteers"), ("authority", "state"), ("support", "others")]
)
def test_the_part_of_a_partner_says_on_which_side_it_stands(part, side):
    coordinator = member(Role.COORDINATOR)
    organisation = coordinator.memberships.get().organisation
    programme = PartnerFactory(organisation=organisation, part=part).programme
    assert brought(programme, organisation, coordinator).side == side


def test_a_contribution_is_journaled(programme, sairon):
    contribution = brought(programme, sairon, member(Role.COORDINATOR, sairon))
    line = Entry.objects.get(verb="contribution.recorded")
    assert line.row_id == contribution.pk
    assert line.organisation_id == sairon.pk


def test_a_companion_records_no_contribution(programme, sairon):
    with pytest.raises(OutOfReach):
        brought(programme, sairon, member(Role.COMPANION, sairon))


def test_nobody_records_for_another_partner(programme, sairon):
    office = AuthorityFactory()
    PartnerFactory(programme=programme, organisation=office)
    with pytest.raises(Refusal, match="your own organisation"):
        brought(programme, office, member(Role.COORDINATOR, sairon))


def test_an_organisation_records_only_where_it_takes_part(programme, sairon):
    coordinator = member(Role.COORDINATOR, sairon)
    elsewhere = member(Role.COORDINATOR)
    with pytest.raises(OutOfReach):
        brought(programme, elsewhere.memberships.get().organisation, elsewhere)
    with pytest.raises(OutOfReach):
        brought(ProgrammeFactory(), sairon, coordinator)


def test_another_organisation_of_the_same_coordinator_must_be_a_partner_itself(programme, sairon):
    coordinator = member(Role.COORDINATOR, sairon)
    second = OrganisationFactory()
    coordinator.memberships.create(organisation=second, role=Role.COORDINATOR, since=date(2020, 1, 1))
    with pytest.raises(Refusal, match="does not take part"):
        brought(programme, second, coordinator)


def test_nothing_is_brought_tomorrow(programme, sairon, at):
    at("2026-05-03 08:00")
    with pytest.raises(Refusal, match="not come yet"):
        brought(programme, sairon, member(Role.COORDINATOR, sairon))


def test_sending_the_same_twice_records_it_once(programme, sairon):
    coordinator, row = member(Role.COORDINATOR, sairon), uuid7()
    first = brought(programme, sairon, coordinator, id=row)
    assert brought(programme, sairon, coordinator, id=row) == first
    assert Contribution.objects.count() == 1
    with pytest.raises(Conflict):
        brought(programme, sairon, coordinator, id=row, amount=Decimal(13))


def test_a_mistake_is_taken_back_and_the_journal_keeps_it(programme, sairon):
    contribution = ContributionFactory(programme=programme, organisation=sairon)
    services.withdraw_contribution(contribution=contribution, by=member(Role.COORDINATOR, sairon))
    assert not Contribution.objects.exists()
    assert Entry.objects.get(verb="contribution.withdrawn").detail["amount"] == "12.00"


def test_another_organisation_takes_nothing_back(programme, sairon):
    contribution = ContributionFactory(programme=programme, organisation=sairon)
    with pytest.raises(OutOfReach):
        services.withdraw_contribution(contribution=contribution, by=member(Role.COORDINATOR))
