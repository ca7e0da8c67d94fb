"""An association and an authority in one programme, and the people of both."""

import pytest

from relais.access.roles import Role
from tests.organisations.factories import AuthorityFactory, OrganisationFactory, member
from tests.places.factories import TerritoryFactory
from tests.programmes.factories import ProgrammeFactory


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.RELAIS_KEYS_DIR = tmp_path


@pytest.fixture
def sairon(db):
    return OrganisationFactory(names={"en": "Sairon"})


@pytest.fixture
def passport_office(db):
    return AuthorityFactory(names={"en": "Passport office"})


@pytest.fixture
def neighbours(db):
    """Another association of the same programme."""
    return OrganisationFactory(names={"en": "Neighbours"})


@pytest.fixture
def programme(sairon, passport_office, neighbours):
    return ProgrammeFactory(partners=[sairon, passport_office, neighbours])


@pytest.fixture
def amina(sairon):
    return member(Role.COMPANION, sairon, display_name="Amina")


@pytest.fixture
def bo(sairon):
    """Another companion of the same organisation."""
    return member(Role.COMPANION, sairon, display_name="Bo")


@pytest.fixture
def scribe(sairon):
    """A relay, who writes for companions."""
    return member(Role.RELAY, sairon, display_name="Rustam")


@pytest.fixture
def dana(sairon):
    """The coordinator."""
    return member(Role.COORDINATOR, sairon, display_name="Dana")


@pytest.fixture
def officer(passport_office):
    """Someone of the authority."""
    return member(Role.AUTHORITY, passport_office, display_name="Officer")


@pytest.fixture
def village(db):
    """A village in a district in a region in a country."""
    country = TerritoryFactory(names={"en": "Kyrgyzstan"})
    region = TerritoryFactory(parent=country, names={"en": "Chui"})
    district = TerritoryFactory(parent=region, names={"en": "Ysyk-Ata"})
    return TerritoryFactory(parent=district, names={"en": "Small village"})
