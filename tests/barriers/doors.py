"""Who opens the pages of hearing: everyone of a partner reads, each their part; few write."""

from uuid import uuid4

from tests.barriers.factories import (
    BarrierFactory,
    BarrierGroupFactory,
    CandidateFactory,
    CriterionFactory,
    NeedsAssessmentFactory,
    ScoreFactory,
)
from tests.cases.factories import CaseFactory
from tests.doors import Door
from tests.people.factories import PersonFactory


def furnish(world):
    home = {"programme": world.programme, "organisation": world.organisation, "author": world.companion}
    world.heard_case = CaseFactory(
        person=PersonFactory(programme=world.programme, organisation=world.organisation, registered_by=world.companion),
        programme=world.programme,
        organisation=world.organisation,
        companion=world.companion,
    )
    world.barrier = BarrierFactory(case=world.heard_case, headline="Kept inside")
    world.waiting = BarrierFactory(**home, waiting=True, recorded_by=world.relay, approved_at=None, approved_how="")
    world.shared = BarrierFactory(**home, shared=True, answered=True)
    world.reworded = BarrierFactory(**home, shared=True, reworded="She is called Aida")
    world.grouped = BarrierFactory(**home, group=BarrierGroupFactory(programme=world.programme))
    BarrierFactory(shared=True, programme=world.other_programme, organisation=world.elsewhere)
    world.assessment = NeedsAssessmentFactory(programme=world.programme)
    roof = CriterionFactory(assessment=world.assessment, key="roof", weight=3)
    world.shelter = CandidateFactory(
        assessment=world.assessment, organisation=world.organisation, territory=world.country
    )
    ScoreFactory(candidate=world.shelter, criterion=roof)
    CandidateFactory(assessment=NeedsAssessmentFactory(programme=world.other_programme))


def one(name):
    return lambda world: [getattr(world, name).pk]


READERS = {"companion": 200, "other_companion": 200, "relay": 200, "coordinator": 200, "rest": 200}
HEARERS = dict.fromkeys(("companion", "other_companion", "relay", "coordinator", "coordinator_elsewhere"), 200)
APPROVERS = dict.fromkeys(("companion", "other_companion", "coordinator", "coordinator_elsewhere"), 200)
COORDINATORS = {"coordinator": 200, "coordinator_elsewhere": 200}
ON_THE_TABLE = {"companion": 200, "coordinator": 200, "authority": 200, "evidence_officer": 200, "administrator": 200}


NEAR = ("companion", "other_companion", "relay", "coordinator")
BOTH_SIDES = ("coordinator", "authority")
PARTNERS = (*NEAR, "authority", "evidence_officer", "administrator")


def proposed(world):
    return {"id": str(uuid4()), "label": "Shelter 99", "territory": str(world.country.pk), "people_count": 4,
            "organisation": str(world.organisation.pk)}  # fmt: skip


def recorded(world):
    return {"id": str(uuid4()), "kind": "fee", "headline": "The fee is too high", "people_count": 3,
            "sort": "barrier", "observed_on": "2026-11-01",
            "place": str(world.programme.partners.get(organisation=world.organisation).pk)}  # fmt: skip


DOORS = {
    "barriers:list": [
        Door(**READERS),
        Door(query="?kind=fee&state=heard&sort=barrier&days=90&page=2", **READERS),
        Door(query="?kind=nonsense&days=many&group=7", **READERS),
    ],
    "barriers:record": [
        Door(**HEARERS),
        Door(query="?kind=document", **HEARERS),
        Door("post", data=lambda _: {"kind": "fee"}, **dict.fromkeys(HEARERS, 422)),
        Door("post", data=recorded, companion=302, other_companion=302, coordinator=302, relay=422,
             coordinator_elsewhere=422),
    ],
    "barriers:record_case": [
        Door(args=one("heard_case"), companion=200, relay=200, coordinator=200),
        Door(args=one("heard_case"), query="?kind=document", companion=200, relay=200, coordinator=200),
        Door("post", args=one("heard_case"), data=recorded, companion=302, relay=302, coordinator=302),
    ],
    "barriers:detail": [
        Door(args=one("barrier"), companion=200, coordinator=200),
        Door(args=one("waiting"), companion=200, relay=200, coordinator=200),
        Door(args=one("shared"), **ON_THE_TABLE),
    ],
    "barriers:voice": Door(args=one("barrier")),
    "barriers:approve": Door(**APPROVERS),
    "barriers:approved": [
        Door(args=one("waiting"), companion=405, rest=405),
        Door("post", args=one("waiting"), companion=302),
    ],
    "barriers:as_told": [Door(args=one("shared")), Door(args=one("reworded"), companion=200, coordinator=200)],
    "barriers:told": [
        Door(args=one("shared"), rest=405),
        Door("post", args=one("shared"), companion=302, coordinator=302, authority=409, evidence_officer=409,
             administrator=409),
    ],
    "barriers:share": [Door(**COORDINATORS), Door("post", coordinator=302, coordinator_elsewhere=302)],
    "barriers:check": [
        Door(args=one("barrier"), coordinator=200),
        Door("post", args=one("barrier"), data=lambda _: {"headline": ""}, coordinator=422),
        Door("post", args=one("barrier"), data=lambda _: {"headline": "No paper"}, coordinator=302),
    ],
    "barriers:answer": [
        Door(args=one("shared"), coordinator=200, authority=200),
        Door("post", args=one("shared"), data=lambda _: {"state": "declined"}, coordinator=422, authority=422),
        Door("post", args=one("shared"), data=lambda _: {"state": "declined", "answer": "The law asks for it."},
             coordinator=302, authority=302),
    ],
    "barriers:ungroup": [
        Door(args=one("grouped"), rest=405),
        Door("post", args=one("grouped"), coordinator=302),
    ],
    "barriers:groups": [
        Door(**COORDINATORS),
        Door("post", data=lambda _: {"headline": "Alone"}, coordinator=422, coordinator_elsewhere=422),
        Door("post", data=lambda world: {"headline": "No birth certificate", "barriers": [str(world.barrier.pk)]},
             coordinator=302, coordinator_elsewhere=422),
    ],
    "barriers:group": Door(args=lambda world: [world.grouped.group_id], companion=200, coordinator=200),
    "barriers:counts": [Door(**READERS), *[
        Door(query=f"?by={by}&days=365", **READERS) for by in ("headline", "kind", "step", "requirement", "territory", "?")
    ]],
    "barriers:needs": Door(**READERS),
    "barriers:needs_detail": Door(args=one("assessment"), **dict.fromkeys(PARTNERS, 200)),
    "barriers:needs_weights": [
        Door(args=one("assessment"), **dict.fromkeys(BOTH_SIDES, 200)),
        Door("post", args=one("assessment"), data=lambda _: {"roof": 101}, **dict.fromkeys(BOTH_SIDES, 422)),
        Door("post", args=one("assessment"), data=lambda _: {"roof": 5}, **dict.fromkeys(BOTH_SIDES, 302)),
    ],
    "barriers:needs_agree": [
        Door(args=one("assessment"), rest=405),
        Door("post", args=one("assessment"), **dict.fromkeys(BOTH_SIDES, 302)),
    ],
    "barriers:candidate_propose": [
        Door(args=one("assessment"), **dict.fromkeys(NEAR, 200)),
        Door("post", args=one("assessment"), data=lambda _: {"label": ""}, **dict.fromkeys(NEAR, 422)),
        Door("post", args=one("assessment"), data=proposed, **dict.fromkeys(NEAR, 302)),
    ],
    "barriers:candidate_score": [
        Door(args=one("shelter"), **dict.fromkeys(NEAR, 200)),
        Door("post", args=one("shelter"), data=lambda _: {"roof-value": "9"}, **dict.fromkeys(NEAR, 422)),
        Door("post", args=one("shelter"), data=lambda _: {"roof-value": "3", "roof-because": "It leaks."},
             **dict.fromkeys(NEAR, 302)),
    ],
    "barriers:candidate_done": [
        Door(args=one("shelter"), rest=405),
        Door("post", args=one("shelter"), **dict.fromkeys(NEAR, 302)),
    ],
}  # fmt: skip
