"""Who opens the pages of hearing: everyone of a partner reads, each their part; few write."""

from datetime import UTC, date, datetime
from uuid import uuid4

from relais.cases.models import Case
from tests.barriers.factories import BarrierFactory, BarrierGroupFactory
from tests.doors import Door


def furnish(world):
    home = {"programme": world.programme, "organisation": world.organisation, "author": world.companion}
    world.heard_case = Case.objects.create(
        person=world.person,
        programme=world.programme,
        organisation=world.organisation,
        procedure=world.procedure,
        version=world.version,
        companion=world.companion,
        opened_on=date(2026, 10, 1),
        opened_at=datetime(2026, 10, 1, tzinfo=UTC),
        opened_by=world.companion,
        changed_at=datetime(2026, 10, 1, tzinfo=UTC),
    )
    world.barrier = BarrierFactory(case=world.heard_case, headline="Kept inside")
    world.waiting = BarrierFactory(**home, waiting=True, recorded_by=world.relay, approved_at=None, approved_how="")
    world.shared = BarrierFactory(**home, shared=True, answered=True)
    world.grouped = BarrierFactory(**home, group=BarrierGroupFactory(programme=world.programme))
    BarrierFactory(shared=True, programme=world.other_programme, organisation=world.elsewhere)


def one(name):
    return lambda world: [getattr(world, name).pk]


READERS = {"companion": 200, "other_companion": 200, "relay": 200, "coordinator": 200, "rest": 200}
HEARERS = dict.fromkeys(("companion", "other_companion", "relay", "coordinator", "coordinator_elsewhere"), 200)
APPROVERS = dict.fromkeys(("companion", "other_companion", "coordinator", "coordinator_elsewhere"), 200)
COORDINATORS = {"coordinator": 200, "coordinator_elsewhere": 200}
ON_THE_TABLE = {"companion": 200, "coordinator": 200, "authority": 200, "evidence_officer": 200, "administrator": 200}


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
}  # fmt: skip
