"""Who opens the pages of procedures: everyone the public ones, partners of the programme the desk, drafters the drafts."""

from tests.doors import Door
from tests.procedures.factories import make_draft, make_procedure


def furnish(world):
    world.procedure = make_procedure(world.programme, world.authority_office)
    world.version = world.procedure.versions.get()
    world.draft = make_draft(world.procedure, world.coordinator)
    make_procedure(world.other_programme, world.elsewhere)


def leaflet(world):
    return [world.programme.slug, world.procedure.key]


def of(name, *more):
    """Give the arguments of a page about a procedure, a version or a draft of the world."""
    return lambda world: [getattr(world, name).pk, *more]


PUBLIC = {"visitor": 200, "person": 200, "rest": 200}
PARTNERS = dict.fromkeys(
    ("companion", "other_companion", "relay", "coordinator", "authority", "evidence_officer", "administrator"), 200
)
READERS = {"coordinator": 200, "authority": 200}
DRAFTERS = {"coordinator": 302, "authority": 302}


def form(*args, **data):
    """A form of a draft: shown to who may draft, refused empty, taken when filled in."""
    return [
        Door(args=of("draft", *args), **READERS),
        Door("post", args=of("draft", *args), data=lambda _: data, **DRAFTERS),
    ]


def deed(*args, **data):
    """A button on a draft: only pressed, never opened."""
    return [
        Door(args=of("draft", *args), visitor=302, person=302, rest=405),
        Door("post", args=of("draft", *args), data=lambda _: data, **DRAFTERS),
        Door("post", args=of("version", *args), data=lambda _: data),
    ]


def nothing(_):
    """What a browser sends when nothing was filled in."""
    return {"names_en": ""}


STEP = {"names_en": "Sign", "channel": "office", "visits": 1, "fee": 0, "minutes": 5, "waiting_days": 0}
PAPER = {"names_en": "House book", "visits": 1, "fee": 0, "minutes": 5, "days": 0}

DOORS = {
    "procedures:public": Door(**PUBLIC),
    "procedures:leaflet": [
        Door(args=leaflet, **PUBLIC),
        Door(args=leaflet, query="?lang=ru", **PUBLIC),
        Door(args=lambda _: ["nowhere", "citizenship"], visitor=404, person=404),
    ],
    "procedures:jsonld": Door(is_file=True, args=leaflet, **PUBLIC),
    "procedures:list": Door(rest=200),
    "procedures:detail": Door(args=of("procedure"), **PARTNERS),
    "procedures:version": [Door(args=of("version"), **PARTNERS), Door(args=of("draft"), **READERS)],
    "procedures:changes": [
        Door(args=of("version"), **PARTNERS),
        Door(args=of("draft"), query="?with=nothing", **READERS),
    ],
    "procedures:draft": [
        Door(args=of("procedure"), rest=405),
        Door("post", args=of("procedure"), **DRAFTERS),
    ],
    "procedures:share": deed(),
    "procedures:discard": deed(),
    "procedures:evidence_add": [
        Door(args=of("procedure"), **READERS),
        Door("post", args=of("procedure"), data=nothing, coordinator=422, authority=422),
        Door("post", args=of("procedure"), data=lambda _: PAPER, **DRAFTERS),
    ],
    "procedures:evidence_change": [
        Door(args=of("procedure", "photo"), **READERS),
        Door("post", args=of("procedure", "photo"), data=lambda _: PAPER, **DRAFTERS),
        Door(args=of("procedure", "nothing")),
    ],
    "procedures:step_add": form(**STEP),
    "procedures:step_change": form("apply", **STEP),
    "procedures:step_move": deed("apply", to="down"),
    "procedures:step_merge": deed("apply", into="collect"),
    "procedures:step_drop": deed("collect"),
    "procedures:requirement_add": [
        Door(args=of("draft", "apply"), **READERS),
        Door("post", args=of("draft", "apply"), data=nothing, coordinator=422, authority=422),
    ],
    "procedures:requirement_change": form("birth", names_en="Your birth"),
    "procedures:requirement_accept": [
        Door(args=of("draft", "birth"), **READERS),
        Door("post", args=of("draft", "birth"), data=nothing, coordinator=422, authority=422),
    ],
    "procedures:requirement_condition": form("birth", age_ge="18"),
    "procedures:requirement_move": deed("birth", to="down"),
    "procedures:requirement_drop": deed("birth"),
    "procedures:list_drop": [*deed("birth", 1), Door("post", args=of("draft", "birth", 7))],
}
