"""Places have no page of their own; other tables stand on this country."""

from tests.places.factories import TerritoryFactory


def furnish(world):
    world.country = TerritoryFactory(code="KG", names={"en": "Kyrgyzstan"})
    world.district = TerritoryFactory(code="KG-C", names={"en": "Chui"}, parent=world.country)


DOORS = {}
