"""Who opens the pages of a programme."""

from tests.doors import Door
from tests.programmes.factories import (
    ContributionFactory,
    InteractionFactory,
    OutcomeFactory,
    PartnerFactory,
    ProgrammeFactory,
)


def furnish(world):
    world.programme = ProgrammeFactory(
        slug="sairon", country=world.country, partners=[world.organisation, world.authority_office]
    )
    world.other_programme = PartnerFactory(organisation=world.elsewhere).programme
    world.contribution = ContributionFactory(programme=world.programme, organisation=world.organisation)
    InteractionFactory(programme=world.programme)
    OutcomeFactory(programme=world.programme)


def here(world):
    return [world.programme.slug]


PARTNERS = dict.fromkeys(
    ["companion", "other_companion", "relay", "coordinator", "authority", "evidence_officer", "administrator"], 200
)
CONTRIBUTORS = dict.fromkeys(["coordinator", "authority", "evidence_officer", "administrator"], 200)
OWNERS = dict.fromkeys(["coordinator", "evidence_officer", "administrator"], 302)

DOORS = {
    "programmes:list": Door(rest=200),
    "programmes:detail": Door(args=here, **PARTNERS),
    "programmes:public": [
        Door(visitor=200, person=200, rest=200),
        Door(args=here, visitor=200, person=200, rest=200),
        Door(args=lambda _: ["no-such"], visitor=404, person=404),
    ],
    "programmes:contribute": [
        Door(args=here, **CONTRIBUTORS),
        Door("post", args=here, data=lambda _: {"x": 1}, **dict.fromkeys(CONTRIBUTORS, 422)),
    ],
    "programmes:withdraw": Door("post", args=lambda world: [world.contribution.pk], **OWNERS),
}
