"""Who may call which operation; whoever has no account is told to sign in (401)."""

from uuid import UUID

from relais.kernel.clock import today
from tests.doors import Door
from tests.programmes.factories import ContributionFactory

PARTNERS = ("companion", "other_companion", "relay", "coordinator", "authority", "evidence_officer", "administrator")
BESIDE = ("companion", "relay", "coordinator")
AT_THE_DOOR = (*BESIDE, "other_companion", "coordinator_elsewhere")
FAR = ("coordinator_elsewhere",)
VOLUNTEERS = (*BESIDE, "other_companion")
RUN_IT = ("coordinator", "administrator")
BOTH_SIDES = ("coordinator", "authority")
DAY = "2026-01-05"
SENT = UUID("0198a000-0000-7000-8000-000000000001")

RHYTHM = {"names": {"en": "Table"}, "rrule": "FREQ=MONTHLY;BYMONTHDAY=15", "starts_on": "2026-01-01",
          "starts_at_time": "10:00"}  # fmt: skip


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
# The smallest picture there is: one dot.
PORTRAIT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
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
    "POST /api/people/{id}/reveal": door(*BESIDE, args=of("person"), data=lambda _: {"why": "reach"}),
    "PUT /api/people/{id}/portrait": door(*BESIDE, args=of("person"), data=lambda _: {"picture": PORTRAIT}),
    "POST /api/people/{id}/portrait/reveal": door(*BESIDE, args=of("person"), data=lambda _: {"why": "meet"}),
    "DELETE /api/people/{id}/portrait": door(*BESIDE, args=of("person")),
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
    "POST /api/consents/{id}/confirm": door("coordinator", args=of("consent")),
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
    # procedures and drafts
    "GET /api/procedures": everyone(),
    "GET /api/procedures/{id}": door(*PARTNERS, args=of("procedure")),
    "GET /api/versions": everyone(),
    "GET /api/versions/{id}": door(*BOTH_SIDES, args=of("draft")),
    "GET /api/versions/{before}/compare/{after}": door(
        *BOTH_SIDES, args=lambda world: [world.version.pk, world.draft.pk]
    ),
    "GET /api/versions/{id}/replay": door("coordinator", "authority", "evidence_officer", args=of("table_draft")),
    "POST /api/procedures/{id}/drafts": door(
        *BOTH_SIDES, status=201, args=of("procedure"), data=lambda _: {"id": SENT}
    ),
    "POST /api/versions/{id}/share": door(*BOTH_SIDES, args=of("draft")),
    "POST /api/versions/{id}/discard": door(*BOTH_SIDES, args=of("draft")),
    "POST /api/versions/{id}/steps": door(
        *BOTH_SIDES, status=201, args=of("draft"), data=lambda _: {"names": {"en": "Wait"}}
    ),
    "PUT /api/steps/{id}": door(*BOTH_SIDES, args=of("draft_step"), data=lambda _: {"names": {"en": "Apply"}}),
    "DELETE /api/steps/{id}": door(*BOTH_SIDES, args=of("draft_last_step")),
    "POST /api/steps/{id}/requirements": door(
        *BOTH_SIDES, status=201, args=of("draft_step"), data=lambda _: {"names": {"en": "A stamp"}}
    ),
    "POST /api/requirements/{id}/lists": door(
        *BOTH_SIDES, args=of("draft_requirement"), data=lambda world: {"evidence_types": [world.case_paper.pk]}
    ),
    "DELETE /api/requirements/{id}": door(*BOTH_SIDES, args=of("draft_requirement")),
    "GET /api/versions/{id}/comments": door(*PARTNERS, args=of("table_draft")),
    "POST /api/versions/{id}/comments": door(
        *PARTNERS, status=201, args=of("table_draft"), data=lambda _: {"id": SENT, "text": "Good"}
    ),
    # offices, courses
    "GET /api/offices": everyone(),
    "GET /api/offices/{id}": door(*PARTNERS, args=of("office")),
    "PUT /api/offices/{id}": door(
        *BOTH_SIDES, args=of("office"), data=lambda world: {"names": {"en": "Office"}, "territory": world.country.pk}
    ),
    "POST /api/programmes/{id}/offices": door(
        *BOTH_SIDES,
        status=201,
        args=of("programme"),
        data=lambda world: {
            "id": SENT,
            "key": "kant",
            "names": {"en": "Kant"},
            "territory": world.country.pk,
            "organisation": world.authority_office.pk,
        },
    ),
    "POST /api/offices/{id}/confirm": door(*BOTH_SIDES, args=of("office")),
    "POST /api/offices/{id}/close": door(*BOTH_SIDES, args=of("office"), data=lambda _: {"closed_on": DAY}),
    "GET /api/courses": everyone(),
    "GET /api/courses/{id}": door(*PARTNERS, args=of("course")),
    "POST /api/courses/{id}/test": door(
        *PARTNERS, status=201, args=of("course"), data=lambda _: {"id": SENT, "answers": {"1": 0, "2": 0}}
    ),
    "GET /api/trainings": everyone(),
    "POST /api/courses/{id}/trainings": door(
        "coordinator",
        status=201,
        args=of("course"),
        data=lambda world: {
            "id": SENT,
            "user": world.companion.pk,
            "organisation": world.organisation.pk,
            "taken_on": DAY,
        },
    ),
    # cases
    "GET /api/cases": everyone(),
    "GET /api/cases/{id}": door(*BESIDE, args=of("case")),
    "GET /api/cases/{id}/assessment": door(*BESIDE, args=of("case")),
    "POST /api/cases": door(
        *BESIDE,
        status=201,
        rest=422,
        data=lambda world: {"id": SENT, "person": world.newcomer.pk, "procedure": world.procedure.pk, "opened_on": DAY},
    ),
    "POST /api/cases/{id}/hand-over": door(
        "coordinator", args=of("case"), data=lambda world: {"to": world.other_companion.pk}
    ),
    "POST /api/cases/{id}/close": door(
        "companion", "coordinator", args=of("case"), data=lambda _: {"outcome": "moved", "closed_on": today()}
    ),
    "POST /api/cases/{id}/reopen": door("companion", "coordinator", args=of("case")),
    "GET /api/cases/{id}/evidence": door(*BESIDE, args=of("case")),
    "PUT /api/cases/{id}/evidence/{key}": door(
        *BESIDE, args=lambda world: [world.case.pk, "photo"], data=lambda _: {"state": "held"}
    ),
    "GET /api/cases/{id}/steps": door(*BESIDE, args=of("case")),
    "PUT /api/cases/{id}/steps/{key}": door(
        *BESIDE, args=lambda world: [world.case.pk, "apply"], data=lambda _: {"done_on": DAY}
    ),
    "DELETE /api/cases/{id}/steps/{key}": door(*BESIDE, args=lambda world: [world.case.pk, "apply"]),
    "GET /api/cases/{id}/visits": door(*BESIDE, args=of("case")),
    "POST /api/cases/{id}/visits": door(
        *BESIDE, status=201, args=of("case"), data=lambda _: {"id": SENT, "happened_on": DAY, "minutes": 30}
    ),
    "POST /api/cases/{id}/visits/read": door(*BESIDE, args=of("case")),
    "GET /api/appointments": everyone(),
    "POST /api/cases/{id}/appointments": door(
        *BESIDE, status=201, args=of("case"), data=lambda _: {"id": SENT, "at": "2100-01-05T09:00:00Z"}
    ),
    "POST /api/appointments/{id}/go-along": door(*BESIDE, args=of("appointment")),
    "POST /api/appointments/{id}/close": door(*BESIDE, args=of("appointment"), data=lambda _: {"state": "kept"}),
    "GET /api/follow-ups": everyone(),
    "POST /api/cases/{id}/follow-ups": door(
        *BESIDE, status=201, args=of("case"), data=lambda _: {"first": DAY, "months": 2}
    ),
    "POST /api/follow-ups/{id}/record": door(*BESIDE, args=of("follow_up"), data=lambda _: {"happened_on": DAY}),
    # referrals, dossiers
    "GET /api/referrals": everyone(),
    "POST /api/cases/{id}/referrals": door(
        *BESIDE,
        status=201,
        args=of("case"),
        data=lambda world: {
            "id": SENT,
            "to": world.authority_office.pk,
            "need": "shelter",
            "override_reason": "tonight",
        },
    ),
    "POST /api/referrals/{id}/answer": door("authority", args=of("referral"), data=lambda _: {"accept": True}),
    "POST /api/referrals/{id}/close": door("authority", status=409, args=of("referral")),
    "POST /api/referrals/{id}/withdraw": door(*BESIDE, args=of("referral")),
    "POST /api/referrals/{id}/note": door(*BESIDE, args=of("referral")),
    "GET /api/batches": everyone(),
    "GET /api/batches/{id}": door(*BOTH_SIDES, args=lambda world: [world.dossier.batch.pk]),
    "POST /api/batches": door(
        "coordinator",
        status=409,
        data=lambda world: {"id": SENT, "cases": [world.case.pk], "authority": world.authority_office.pk},
    ),
    "POST /api/batches/{id}/receive": door("authority", args=lambda world: [world.dossier.batch.pk]),
    "GET /api/dossiers": everyone(),
    "GET /api/dossiers/{id}": door(*BOTH_SIDES, args=of("dossier")),
    "POST /api/dossiers/{id}/accept": door("authority", args=of("dossier")),
    "POST /api/dossiers/{id}/return": door("authority", args=of("dossier"), data=lambda _: {"reason": "missing"}),
    "POST /api/dossiers/{id}/withdraw": door("coordinator", args=of("dossier")),
    # complaints, duplicates
    "GET /api/complaints": everyone(),
    "POST /api/people/{id}/complaints": door(
        *BESIDE, status=201, args=of("person"), data=lambda _: {"id": SENT, "words": "Nobody came."}
    ),
    "POST /api/complaints/read": everyone(data=lambda world: {"complaints": [world.complaint.pk]}),
    "POST /api/complaints/{id}/answer": door(
        "coordinator", args=of("complaint"), data=lambda _: {"words": "We are sorry."}
    ),
    "GET /api/duplicates": everyone(),
    "POST /api/duplicates/{id}/compare": door("coordinator", args=of("pair")),
    "POST /api/duplicates/{id}/merge": door(
        "coordinator", args=of("pair"), data=lambda world: {"kept": world.pair.one_id}
    ),
    "POST /api/duplicates/{id}/dismiss": door("coordinator", args=of("pair")),
    "POST /api/people/{id}/part": door(coordinator=409, args=of("person")),
    "POST /api/people/{id}/pin": door(*BESIDE, args=of("person")),
    # members, invitations, tokens
    "PUT /api/members/{id}": door(*RUN_IT, args=of("member"), data=lambda _: {"role": "relay"}),
    "POST /api/members/{id}/end": door(*RUN_IT, args=of("member")),
    "GET /api/organisations/{id}/invitations": door(*RUN_IT, args=of("organisation")),
    "POST /api/organisations/{id}/invitations": door(
        *RUN_IT, status=201, args=of("organisation"), data=lambda _: {"id": SENT, "role": "companion"}
    ),
    "POST /api/invitations/{id}/withdraw": door(*RUN_IT, args=of("invitation")),
    "GET /api/organisations/{id}/tokens": door(*RUN_IT, args=of("organisation")),
    "POST /api/tokens/{id}/revoke": door(*RUN_IT, args=of("token")),
    # steps of a draft, groups, voices
    "PUT /api/versions/{id}/order": door(
        *BOTH_SIDES,
        args=of("draft"),
        data=lambda world: {"keys": [step.key for step in world.draft.steps.all()][::-1]},
    ),
    "POST /api/steps/{id}/merge": door(
        *BOTH_SIDES, args=of("draft_last_step"), data=lambda world: {"into": world.draft_step.pk}
    ),
    "GET /api/groups": everyone(),
    "POST /api/groups": door(
        "coordinator",
        status=201,
        rest=422,
        data=lambda world: {"id": SENT, "headline": "No birth certificate", "barriers": [world.shared.pk]},
    ),
    "POST /api/groups/{id}/barriers": door(
        "coordinator", args=lambda world: [world.grouped.group_id], data=lambda world: {"barriers": [world.shared.pk]}
    ),
    "POST /api/barriers/{id}/ungroup": door("coordinator", args=of("grouped")),
    "POST /api/visits/{id}/hear": door(*BESIDE, args=of("visit")),
    "POST /api/barriers/{id}/hear": door(args=of("barrier")),
    # barriers, needs
    "GET /api/barriers": everyone(),
    "GET /api/barriers/{id}": door("companion", "coordinator", args=of("barrier")),
    "POST /api/barriers": door(
        *BESIDE,
        status=201,
        other_companion=409,
        rest=422,
        data=lambda world: {
            "id": SENT,
            "kind": "fee",
            "headline": "Too dear",
            "programme": world.programme.pk,
            "organisation": world.organisation.pk,
            "author": world.companion.pk,
        },
    ),
    "POST /api/barriers/{id}/approve": door("companion", args=of("waiting")),
    "POST /api/barriers/{id}/as-told": door("companion", "coordinator", args=of("reworded")),
    "POST /api/barriers/{id}/share": door("coordinator", args=of("barrier")),
    "POST /api/barriers/{id}/answer": door(
        *BOTH_SIDES, args=of("shared"), data=lambda _: {"state": "solved", "answer": "Done"}
    ),
    "GET /api/needs": everyone(),
    "GET /api/needs/{id}": door(*PARTNERS, args=of("assessment")),
    "GET /api/needs/{id}/candidates": door(*PARTNERS, args=of("assessment")),
    "PUT /api/needs/{id}/weights": door(*BOTH_SIDES, args=of("assessment"), data=lambda _: {"weights": {"roof": 2}}),
    "POST /api/needs/{id}/agree": door(*BOTH_SIDES, args=of("assessment")),
    "POST /api/needs/{id}/candidates": door(
        *VOLUNTEERS,
        status=201,
        rest=422,
        args=of("assessment"),
        data=lambda world: {
            "id": SENT,
            "organisation": world.organisation.pk,
            "label": "Shelter Z",
            "territory": world.country.pk,
        },
    ),
    "PUT /api/candidates/{id}/scores": door(
        *VOLUNTEERS, args=of("shelter"), data=lambda _: {"scores": {"roof": {"value": 3, "because": "It leaks."}}}
    ),
    "POST /api/candidates/{id}/done": door(*VOLUNTEERS, args=of("shelter"), data=lambda _: {"done_on": DAY}),
    # round tables and what they agree
    "GET /api/meetings": everyone(),
    "GET /api/meetings/{id}": door(*PARTNERS, args=of("table")),
    "POST /api/programmes/{id}/meetings": door(
        *BOTH_SIDES,
        status=201,
        args=of("programme"),
        data=lambda _: {"id": SENT, "names": {"en": "Table"}, "starts_at": "2100-02-15T09:00:00Z"},
    ),
    "POST /api/meetings/{id}/move": door(
        *BOTH_SIDES, args=of("table_to_come"), data=lambda _: {"starts_at": "2100-02-15T09:00:00Z"}
    ),
    "POST /api/meetings/{id}/cancel": door(*BOTH_SIDES, args=of("table_to_come"), data=lambda _: {"reason": "Snow"}),
    "POST /api/meetings/{id}/invite": door(
        *BOTH_SIDES, args=of("table_to_come"), data=lambda _: {"labels": ["Villagers"]}
    ),
    "POST /api/meetings/{id}/answer": door(
        "companion",
        **dict.fromkeys(
            ("other_companion", "relay", "coordinator", "authority", "evidence_officer", "administrator"), 409
        ),
        args=of("table_to_come"),
        data=lambda _: {"coming": True},
    ),
    "PUT /api/meetings/{id}/minutes": door(*BOTH_SIDES, args=of("table"), data=lambda _: {"text": "We met."}),
    "GET /api/series": everyone(),
    "GET /api/series/{id}": door(*PARTNERS, args=of("series")),
    "POST /api/programmes/{id}/series": door(
        *BOTH_SIDES, status=201, args=of("programme"), data=lambda _: {"id": SENT, **RHYTHM}
    ),
    "PUT /api/series/{id}": door(*BOTH_SIDES, args=of("series"), data=lambda _: RHYTHM),
    "POST /api/series/{id}/end": door(*BOTH_SIDES, args=of("series"), data=lambda _: {"reason": "Done"}),
    "GET /api/meetings/{id}/agenda": door(*PARTNERS, args=of("table")),
    "POST /api/meetings/{id}/agenda": door(
        "companion",
        "coordinator",
        "authority",
        status=201,
        args=of("table_to_come"),
        data=lambda _: {"id": SENT, "title": "Stamps"},
    ),
    "POST /api/meetings/{id}/agenda/propose": door(*BOTH_SIDES, args=of("table_to_come")),
    "POST /api/agenda/{id}/keep": door(*BOTH_SIDES, args=of("agenda_item")),
    "POST /api/agenda/{id}/drop": door(*BOTH_SIDES, args=of("agenda_item")),
    "GET /api/consultations": everyone(),
    "POST /api/programmes/{id}/consultations": door(
        *BOTH_SIDES,
        status=201,
        args=of("programme"),
        data=lambda _: {
            "id": SENT,
            "question": "Two witnesses?",
            "asked_of": "villagers",
            "opens_on": "2100-01-01",
            "closes_on": "2100-01-10",
        },
    ),
    "POST /api/consultations/{id}/answers": door(
        *VOLUNTEERS, status=409, args=of("consultation"), data=lambda _: {"id": SENT, "choice": "for"}
    ),
    "GET /api/decisions": everyone(),
    "GET /api/decisions/{id}": door(*PARTNERS, args=of("decision")),
    "POST /api/meetings/{id}/decisions": door(
        *BOTH_SIDES,
        status=201,
        args=of("table"),
        data=lambda _: {"id": SENT, "title": "Stamps", "outcome": "declined", "reasons": "No"},
    ),
    "POST /api/versions/{id}/retire": door(
        "authority",
        args=lambda world: [world.procedure.versions.get(state="in_force").pk],
        data=lambda _: {"reason": "Repealed", "open_cases": "finish"},
    ),
    "POST /api/decisions/{id}/adopt": door("authority", args=of("decision")),
    "GET /api/commitments": everyone(),
    "POST /api/programmes/{id}/commitments": door(
        *BOTH_SIDES,
        status=201,
        args=of("programme"),
        data=lambda world: {
            "id": SENT,
            "organisation": world.organisation.pk,
            "what": "Print it",
            "due_on": "2100-01-01",
        },
    ),
    "POST /api/commitments/{id}/fulfil": door("companion", "coordinator", args=of("commitment")),
    "POST /api/commitments/{id}/drop": door(
        "companion", "coordinator", args=of("commitment"), data=lambda _: {"reason": "No"}
    ),
    # reports
    "GET /api/programmes/{id}/figures": door(*PARTNERS, args=of("programme")),
    "GET /api/programmes/{id}/tables": door(*PARTNERS, args=of("programme")),
    # news, the journal, packs
    "GET /api/notices": everyone(),
    "POST /api/notices/seen": everyone(),
    "GET /api/journal": everyone(),
    "GET /api/packs": door("administrator"),
    "GET /api/packs/{name}/check": door("administrator", args=lambda _: ["sairon"]),
}


def furnish(world):
    """Add what no page below has needed yet."""
    world.draft_step = world.draft.steps.first()
    world.draft_last_step = world.draft.steps.last()
    world.draft_requirement = world.draft_step.requirements.first()
    world.contribution = ContributionFactory(programme=world.programme, organisation=world.organisation)
