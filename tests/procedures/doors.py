"""Who opens the pages of procedures: everyone the public ones, partners of the programme the desk, drafters the drafts."""

from tests.doors import Door
from tests.procedures.factories import make_procedure


def furnish(world):
    world.procedure = make_procedure(world.programme, world.authority_office)
    world.version = world.procedure.versions.get()
    make_procedure(world.other_programme, world.elsewhere)


def leaflet(world):
    return [world.programme.slug, world.procedure.key]


PUBLIC = {"visitor": 200, "person": 200, "rest": 200}

DOORS = {
    "procedures:public": Door(**PUBLIC),
    "procedures:leaflet": [
        Door(args=leaflet, **PUBLIC),
        Door(args=leaflet, query="?lang=ru", **PUBLIC),
        Door(args=lambda _: ["nowhere", "citizenship"], visitor=404, person=404),
    ],
    "procedures:jsonld": Door(is_file=True, args=leaflet, **PUBLIC),
}
