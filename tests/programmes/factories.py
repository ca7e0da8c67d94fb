"""Programmes and what is recorded of them; `ProgrammeFactory(partners=[sairon, office])` lets their members in."""

from datetime import date
from decimal import Decimal

import factory

from relais.programmes.models import Contribution, Interaction, Outcome, Partner, Programme, Stage
from tests.organisations.factories import OrganisationFactory
from tests.places.factories import TerritoryFactory


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda number: f"programme-{number}")
    names = {"en": "Citizenship by a simpler procedure", "fr": "La citoyenneté par une procédure plus simple"}
    summary = {"en": "Volunteers and the passport service make a rule one can meet."}
    country = factory.SubFactory(TerritoryFactory)
    time_zone = "Asia/Bishkek"
    started_on = date(2024, 11, 1)

    @factory.post_generation
    def partners(self, create, organisations, **kwargs):
        for organisation in organisations or []:
            PartnerFactory(programme=self, organisation=organisation)


class PartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partner

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    part = factory.LazyAttribute(
        lambda partner: "authority" if partner.organisation.kind == "authority" else "volunteers"
    )


class ContributionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contribution

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    side = "volunteers"
    kind = "time"
    stage = Stage.ACCOMPANY
    what = {"en": "Advice on market days"}
    amount = Decimal("12.00")
    unit = "hours"
    on = date(2026, 5, 4)


class InteractionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Interaction

    programme = factory.SubFactory(ProgrammeFactory)
    stage = Stage.AGREE
    who = {"en": "Villagers, local administrations, the passport service"}
    depth = "collaborate"
    how = {"en": "A round table on the 15th of each month"}


class OutcomeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Outcome

    programme = factory.SubFactory(ProgrammeFactory)
    what = {"en": "People became citizens"}
    indicator = "cases.granted"
