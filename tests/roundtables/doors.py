"""Who opens the pages of the table: partners read, coordinators and authorities prepare, the authority adopts."""

from datetime import UTC, datetime
from uuid import uuid4

from relais.procedures.services import draft_version, share_draft
from tests.barriers.factories import BarrierFactory
from tests.doors import Door
from tests.roundtables.factories import (
    AgendaItemFactory,
    CommitmentFactory,
    ConsultationAnswerFactory,
    ConsultationFactory,
    DecisionFactory,
    ForetoldFactory,
    InviteeFactory,
    MeetingFactory,
    NoticeFactory,
    SeriesFactory,
    SeriesGuestFactory,
)

READERS = dict.fromkeys(
    ["companion", "other_companion", "relay", "coordinator", "authority", "evidence_officer", "administrator"], 200
)
PREPARERS = {"coordinator": 200, "authority": 200}
BESIDE_PEOPLE = {"companion": 200, "other_companion": 200, "relay": 200, "coordinator": 200}
EVERYONE = {**READERS, "coordinator_elsewhere": 200}
BACK = dict.fromkeys(EVERYONE, 302)


def furnish(world):
    world.table_draft = share_draft(
        version=draft_version(procedure=world.procedure, by=world.coordinator), by=world.coordinator
    )
    at = {"programme": world.programme, "organisation": world.organisation}
    world.table = MeetingFactory(**at, starts_at=datetime(2025, 1, 15, 4, tzinfo=UTC))
    world.table_to_come = MeetingFactory(**at, starts_at=datetime(2100, 1, 15, 4, tzinfo=UTC), public=True)
    InviteeFactory(meeting=world.table_to_come, user=world.companion)
    world.series = SeriesFactory(**at)
    SeriesGuestFactory(series=world.series, user=world.companion)
    MeetingFactory(**at, series=world.series, starts_at=datetime(2100, 2, 15, 4, tzinfo=UTC))
    world.ended_series = SeriesFactory(**at, ended_on=datetime(2026, 1, 1, tzinfo=UTC).date(), ended_because="Over.")
    SeriesFactory(programme=world.other_programme, organisation=world.elsewhere)
    world.agenda_item = AgendaItemFactory(meeting=world.table_to_come)
    AgendaItemFactory(meeting=world.table_to_come, version=world.table_draft)
    world.consultation = ConsultationFactory(**at, version=world.table_draft)
    ConsultationAnswerFactory(consultation=world.consultation, organisation=world.organisation)
    world.decision = DecisionFactory(meeting=world.table, version=world.table_draft, consultation=world.consultation)
    ForetoldFactory(decision=world.decision)
    world.decision.barriers.add(BarrierFactory(**at, shared=True, author=world.companion))
    world.commitment = CommitmentFactory(meeting=world.table, owner=world.companion, decision=world.decision)
    NoticeFactory(user=world.companion, programme=world.programme, about_id=world.table.pk)
    DecisionFactory(meeting=MeetingFactory(programme=world.other_programme, organisation=world.elsewhere))


def one(name):
    return lambda world: [getattr(world, name).pk]


def programme(world):
    return [world.programme.slug]


def posts(args, **statuses):
    return Door("post", args=args, data=lambda _: {"sent": "1"}, **statuses)


def turned(statuses, to):
    return dict.fromkeys(statuses, to)


DOORS = {
    "roundtables:list": [Door(**EVERYONE), Door(query="?past=1", **EVERYONE)],
    "roundtables:call": [Door(args=programme, **PREPARERS), posts(programme, **turned(PREPARERS, 422))],
    "roundtables:detail": [Door(args=one("table"), **READERS), Door(args=one("table_to_come"), **READERS)],
    "roundtables:move": [
        Door(args=one("table_to_come"), **PREPARERS),
        posts(one("table_to_come"), **turned(PREPARERS, 422)),
    ],
    "roundtables:cancel": [
        Door(args=one("table_to_come"), **PREPARERS),
        posts(one("table_to_come"), **turned(PREPARERS, 422)),
    ],
    "roundtables:invite": Door(args=one("table_to_come"), **PREPARERS),
    "roundtables:answer": posts(one("table_to_come"), **turned(READERS, 302)),
    "roundtables:minutes": [Door(args=one("table"), **PREPARERS), posts(one("table"), **turned(PREPARERS, 422))],
    "roundtables:ics": Door(is_file=True, args=one("table"), **READERS),
    "roundtables:agenda_propose": posts(one("table_to_come"), **turned(PREPARERS, 302)),
    "roundtables:agenda_add": posts(one("table_to_come"), **turned(READERS, 422)),
    "roundtables:agenda_item": posts(
        lambda world: [world.table_to_come.pk, world.agenda_item.pk], **turned(PREPARERS, 302)
    ),
    "roundtables:series_list": Door(**EVERYONE),
    "roundtables:series": [Door(args=one("series"), **READERS), Door(args=one("ended_series"), **READERS)],
    "roundtables:series_make": [Door(args=programme, **PREPARERS), posts(programme, **turned(PREPARERS, 422))],
    "roundtables:series_change": [
        Door(args=one("series"), **PREPARERS),
        posts(one("series"), **turned(PREPARERS, 422)),
    ],
    "roundtables:series_end": [Door(args=one("series"), **PREPARERS), posts(one("series"), **turned(PREPARERS, 422))],
    "roundtables:decide": [Door(args=one("table"), **PREPARERS), posts(one("table"), **turned(PREPARERS, 422))],
    "roundtables:decisions": Door(**EVERYONE),
    "roundtables:decision": Door(args=one("decision"), **READERS),
    "roundtables:observed": Door(args=one("decision"), **READERS),
    "roundtables:adopt": [
        Door(args=one("decision"), authority=200),
        posts(one("decision"), authority=422),
    ],
    "roundtables:commitments": [
        Door(**EVERYONE),
        Door(query="?show=mine", **EVERYONE),
        Door(query="?show=late", **EVERYONE),
    ],
    "roundtables:commit": [
        Door(args=programme, **PREPARERS),
        Door(args=programme, query=f"?meeting={uuid4()}"),
        posts(programme, **turned(PREPARERS, 422)),
    ],
    "roundtables:commitment_done": posts(one("commitment"), companion=302, coordinator=302),
    "roundtables:commitment_drop": [
        Door(args=one("commitment"), companion=200, coordinator=200),
        posts(one("commitment"), companion=422, coordinator=422),
    ],
    "roundtables:consultations": Door(**EVERYONE),
    "roundtables:ask": [Door(args=programme, **PREPARERS), posts(programme, **turned(PREPARERS, 422))],
    "roundtables:consultation": Door(args=one("consultation"), **READERS),
    "roundtables:consultation_answer": [
        Door(args=one("consultation"), **BESIDE_PEOPLE),
        posts(one("consultation"), **turned(BESIDE_PEOPLE, 422)),
    ],
    "roundtables:draft": Door(args=one("table_draft"), **READERS),
    "roundtables:studio": Door(args=one("table_draft"), **PREPARERS),
    "roundtables:tick": posts(one("table_draft"), **turned(PREPARERS, 302)),
    "roundtables:best": Door(args=one("table_draft"), **PREPARERS),
    "roundtables:take": posts(one("table_draft"), **turned(PREPARERS, 302)),
    "roundtables:burden": Door(args=one("table_draft"), evidence_officer=200, **PREPARERS),
    "roundtables:brief": Door(args=one("table_draft"), is_file=True, evidence_officer=200, **PREPARERS),
    "roundtables:draft_comment": posts(one("table_draft"), **turned(READERS, 422)),
    "roundtables:draft_to_table": posts(
        lambda world: [world.table_draft.pk, world.table_to_come.pk], **turned(PREPARERS, 302)
    ),
    "roundtables:retire": [
        Door(args=lambda world: [world.procedure.versions.get(state="in_force").pk], authority=200),
        posts(lambda world: [world.procedure.versions.get(state="in_force").pk], authority=422),
        Door(args=one("table_draft")),
    ],
    "roundtables:reported": Door(**EVERYONE),
    "roundtables:notices": Door(**EVERYONE),
    "roundtables:notices_seen": posts(lambda _: [], **BACK),
    "roundtables:calendar": Door(**EVERYONE),
    "roundtables:calendar_renew": posts(lambda _: [], **BACK),
    "roundtables:calendar_close": posts(lambda _: [], **BACK),
    "roundtables:feed": Door(args=lambda _: ["nobody-has-this"], visitor=404, person=404),
    "roundtables:public_feed": Door(is_file=True, args=programme, visitor=200, person=200, rest=200),
}
