"""Places to go."""

from datetime import date

import factory

from relais.directory.models import Office
from tests.organisations.factories import AuthorityFactory
from tests.programmes.factories import ProgrammeFactory


class OfficeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Office

    key = factory.Sequence(lambda number: f"office-{number}")
    organisation = factory.SubFactory(AuthorityFactory)
    programme = factory.LazyAttribute(lambda office: ProgrammeFactory(partners=[office.organisation]))
    territory = factory.LazyAttribute(lambda office: office.programme.country)
    names = {"en": "Passport office, Tokmok", "ru": "Паспортный стол, Токмок"}
    hours = {"en": "Monday to Friday, 9 to 16"}
    asks_for = {"en": "Two photographs and the old passport"}
    safety = {"en": "The guard is kind."}
    confirmed_on = date(2026, 10, 1)
