"""Who opens the pages of a programme."""

from tests.programmes.factories import PartnerFactory, ProgrammeFactory


def furnish(world):
    world.programme = ProgrammeFactory(
        slug="sairon", country=world.country, partners=[world.organisation, world.authority_office]
    )
    world.other_programme = PartnerFactory(organisation=world.elsewhere).programme


DOORS = {}
