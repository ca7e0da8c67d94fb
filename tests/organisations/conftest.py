"""One association and who coordinates it."""

import pytest

from relais.access.roles import Role
from tests.organisations.factories import OrganisationFactory, member


@pytest.fixture
def sairon():
    """An association of its own, with nobody in it yet."""
    return OrganisationFactory(slug="sairon")


@pytest.fixture
def coordinator(sairon):
    """Who coordinates it."""
    return member(Role.COORDINATOR, sairon)
