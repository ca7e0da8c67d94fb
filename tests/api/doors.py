"""Who may call which operation; whoever has no account is told to sign in (401)."""

from uuid import UUID

from tests.doors import Door

PARTNERS = ("companion", "other_companion", "relay", "coordinator", "authority", "evidence_officer", "administrator")
HOUSE = ("companion", "other_companion", "relay", "coordinator", "evidence_officer", "administrator")
BESIDE = ("companion", "relay", "coordinator")
AT_THE_DOOR = (*BESIDE, "other_companion", "coordinator_elsewhere")
FAR = ("coordinator_elsewhere",)
SENT = UUID("0198a000-0000-7000-8000-000000000001")


def door(*who, status=200, args=None, data=None, query="", **others):
    """A door that some personas pass with a status."""
    more = {"args": args} if args else {}
    more |= {"data": data} if data else {}
    return Door(query=query, visitor=401, person=401, **{**dict.fromkeys(who, status), **others}, **more)


def everyone(**more):
    """A door that whoever signs in may pass."""
    return door(*PARTNERS, *FAR, **more)


def of(name):
    """Name one row of the world in the address."""
    return lambda world: [getattr(world, name).pk]


def contribution(world):
    return {
        "id": SENT,
        "organisation": world.organisation.pk,
        "kind": "time",
        "stage": "hear",
        "what": {"en": "Days"},
        "on": "2026-01-05",
    }


def registration(world):
    place = {"organisation": world.organisation.pk, "programme": world.programme.pk}
    return {"id": SENT, "sure": True, **place, "identity": {"called": "Aizada Osmonova"}}


def agreed(world):
    words = {"text": world.consent_text.pk, "text_hash": "0" * 64, "language": "en"}
    return {"id": SENT, "recipient": world.authority_office.pk, "way": "oral", **words}


DESCRIBED = {"names": {"en": "Sairon"}}
IDENTITY = {"identity": {"called": "Gulnora"}}
KEEPS_PEOPLE = ("relay", "coordinator")

DOORS = {
    # organisations, programmes, territories
    "GET /api/organisations": everyone(),
    "GET /api/organisations/{id}": everyone(args=of("organisation")),
    "PUT /api/organisations/{id}": door(
        "coordinator", "administrator", args=of("organisation"), data=lambda _: DESCRIBED
    ),
    "GET /api/organisations/{id}/members": everyone(args=of("organisation")),
    "GET /api/organisations/{id}/lines": everyone(args=of("organisation")),
    "GET /api/programmes": everyone(),
    "GET /api/programmes/{id}": door(*PARTNERS, args=of("programme")),
    "GET /api/programmes/{id}/contributions": door(*PARTNERS, args=of("programme")),
    "POST /api/programmes/{id}/contributions": door(
        *("coordinator", "evidence_officer", "administrator"),
        status=201,
        authority=409,
        args=of("programme"),
        data=contribution,
    ),
    "DELETE /api/contributions/{id}": door(
        *("coordinator", "evidence_officer", "administrator"), args=of("contribution")
    ),
    "GET /api/territories": everyone(),
    "GET /api/territories/{id}": everyone(args=of("country")),
    # people
    "GET /api/people": everyone(),
    "GET /api/people/{id}": door(*BESIDE, args=of("person")),
    "POST /api/people": door(*BESIDE, "other_companion", status=201, data=registration, rest=422),
    "POST /api/people/search": door(
        *(*BESIDE, "other_companion"),
        data=lambda world: {"organisation": world.organisation.pk, "names": ["Gulnora"]},
        rest=422,
    ),
    "POST /api/people/{id}/forget-request": door(*BESIDE, args=of("person")),
    "POST /api/people/{id}/reveal": door(*BESIDE, args=of("person"), data=lambda _: {"why": "to call her"}),
    "PUT /api/people/{id}/identity": door(*BESIDE, args=of("person"), data=lambda _: IDENTITY),
    "POST /api/people/{id}/contacts": door(
        *BESIDE, status=201, args=of("person"), data=lambda _: {"id": SENT, "value": "+996 555 2"}
    ),
    "POST /api/contacts/{id}/end": door(*BESIDE, args=of("contact")),
    "POST /api/people/{id}/unlock": door("coordinator", args=of("person")),
    "POST /api/people/{id}/forget": door("coordinator", args=of("person")),
    # consents
    "GET /api/programmes/{id}/consent-texts": door(*PARTNERS, args=of("programme")),
    "GET /api/people/{id}/consents": door(*BESIDE, args=of("person")),
    "POST /api/people/{id}/consents": door(*BESIDE, status=409, args=of("person"), data=agreed),
    "POST /api/consents/{id}/withdraw": door(*BESIDE, args=of("consent")),
    # messages
    "GET /api/messages": everyone(),
    "POST /api/messages/incoming": door(
        *(*BESIDE, "other_companion"),
        status=201,
        data=lambda world: {"id": SENT, "line": world.line.value, "words": "Come on Monday"},
        rest=422,
    ),
    "POST /api/messages/read": everyone(data=lambda world: {"messages": [world.message.pk]}),
    "POST /api/people/{id}/messages": door(
        *BESIDE, status=201, args=of("person"), data=lambda _: {"id": SENT, "words": "See you on Monday"}
    ),
    "POST /api/messages/{id}/assign": door(
        *KEEPS_PEOPLE, args=of("unassigned"), data=lambda world: {"person": world.person.pk}, rest=422, companion=404
    ),
    "POST /api/messages/{id}/pass-on": door(*BESIDE, args=of("message")),
}


def furnish(world):
    """Add what no page below has needed yet."""
    from tests.programmes.factories import ContributionFactory

    world.contribution = ContributionFactory(programme=world.programme, organisation=world.organisation)
