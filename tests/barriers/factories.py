"""What was heard, and what is ranked; `BarrierFactory(shared=True)` is on the table."""

import json
from datetime import UTC, date, datetime

import factory

from relais.barriers.models import Barrier, BarrierGroup, Candidate, Criterion, NeedsAssessment, Score
from relais.barriers.sealing import seal
from tests.accounts.factories import UserFactory
from tests.organisations.factories import OrganisationFactory
from tests.places.factories import TerritoryFactory
from tests.programmes.factories import ProgrammeFactory

HEARD_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


class BarrierFactory(factory.django.DjangoModelFactory):
    """A barrier its author heard, wrote and approved; `case=` takes its place in the world from the case."""

    class Meta:
        model = Barrier
        skip_postgeneration_save = True

    class Params:
        waiting = factory.Trait(recorded_by=factory.SubFactory(UserFactory), approved_at=None, approved_how="")
        shared = factory.Trait(
            shared_at=datetime(2026, 11, 5, 9, tzinfo=UTC), shared_by=factory.SubFactory(UserFactory)
        )
        answered = factory.Trait(
            state=Barrier.State.TAKEN_UP,
            answer="Two witnesses will do from January.",
            answered_at=datetime(2026, 11, 15, 9, tzinfo=UTC),
        )

    case = None
    programme = factory.Maybe(
        "case",
        yes_declaration=factory.SelfAttribute("case.programme"),
        no_declaration=factory.SubFactory(ProgrammeFactory),
    )
    organisation = factory.Maybe(
        "case",
        yes_declaration=factory.SelfAttribute("case.organisation"),
        no_declaration=factory.SubFactory(OrganisationFactory),
    )
    procedure = factory.Maybe("case", yes_declaration=factory.SelfAttribute("case.procedure"), no_declaration=None)
    author = factory.Maybe(
        "case", yes_declaration=factory.SelfAttribute("case.companion"), no_declaration=factory.SubFactory(UserFactory)
    )
    kind = Barrier.Kind.DOCUMENT
    headline = "The birth certificate cannot be had"
    account = "The registry burned down in the war."
    observed_on = date(2026, 11, 1)
    recorded_at = HEARD_AT
    recorded_by = factory.SelfAttribute("author")
    approved_at = HEARD_AT
    approved_how = Barrier.Approval.TAP

    @factory.post_generation
    def reworded(self, create, words, **kwargs):
        """Keep an account as first told, beside the one that is shared."""
        if words:
            self.as_told_sealed = seal(self, "as_told_sealed", json.dumps({"account": words}).encode())
            self.save(update_fields=["as_told_sealed"])


class BarrierGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BarrierGroup

    programme = factory.SubFactory(ProgrammeFactory)
    headline = "No birth certificate"
    made_at = HEARD_AT
    made_by = factory.SubFactory(UserFactory)


class NeedsAssessmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedsAssessment

    key = factory.Sequence(lambda number: f"shelters-{number}")
    programme = factory.SubFactory(ProgrammeFactory)
    names = {"en": "Shelters to rebuild first"}
    question = {"en": "Which families need a roof first?"}
    unit = {"en": "shelter"}


class CriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Criterion

    assessment = factory.SubFactory(NeedsAssessmentFactory)
    key = factory.Sequence(lambda number: f"criterion-{number}")
    position = factory.Sequence(lambda number: number)
    names = factory.LazyAttribute(lambda criterion: {"en": criterion.key.replace("-", " ").title()})
    levels = [{"en": f"Level {number}"} for number in range(5)]
    weight = 1


class CandidateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Candidate

    assessment = factory.SubFactory(NeedsAssessmentFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    label = factory.Sequence(lambda number: f"Shelter {number}")
    territory = factory.SubFactory(TerritoryFactory)
    people_count = 5
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = HEARD_AT


class ScoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Score

    candidate = factory.SubFactory(CandidateFactory)
    criterion = factory.SubFactory(CriterionFactory, assessment=factory.SelfAttribute("..candidate.assessment"))
    value = 2
    because = "The roof leaks over both rooms."
    scored_by = factory.SubFactory(UserFactory)
    scored_on = date(2026, 11, 1)
