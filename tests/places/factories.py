"""Territories; give `parent` to put one inside another."""

import factory

from relais.places.models import Territory


class TerritoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Territory

    code = factory.Sequence(lambda number: f"Q{number:03}")
    names = factory.LazyAttribute(lambda territory: {"en": f"Place {territory.code}"})
    parent = None
    level = factory.LazyAttribute(lambda territory: territory.parent.level + 1 if territory.parent else 0)
    kind = factory.LazyAttribute(lambda territory: "district" if territory.parent else "country")
    path = factory.LazyAttribute(
        lambda territory: f"{territory.parent.path}/{territory.code}" if territory.parent else territory.code
    )
