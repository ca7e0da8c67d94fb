"""Who opens the pages of cases, referrals and dossiers."""

from datetime import date

from relais.cases import services
from relais.cases.models import CaseEvidence
from relais.kernel import clock
from tests.cases.factories import (
    AppointmentFactory,
    CaseFactory,
    DossierFactory,
    EvidenceFactory,
    FollowUpFactory,
    ReferralFactory,
    in_same_place,
    paper,
)
from tests.doors import Door
from tests.people.factories import PersonFactory

DAY = date(2026, 1, 5)
ID = "0198a000-0000-7000-8000-0000000000aa"


def furnish(world):
    """Settle a case of the companion, with something of each kind, and a dossier the authority has to decide."""
    place = {"organisation": world.organisation, "programme": world.programme, "procedure": world.procedure}
    world.case = CaseFactory(**place, companion=world.companion, opened_on=DAY)
    world.own_case = in_same_place(world.case, person=world.person, companion=world.companion)
    world.case_paper = paper(world.procedure, "photo")
    EvidenceFactory(
        case=world.case, evidence_type=paper(world.procedure, "birth-certificate"), state=CaseEvidence.State.CANNOT_GET
    )
    world.case_step = world.case.version.steps.first()
    world.newcomer = PersonFactory(
        organisation=world.organisation, programme=world.programme, registered_by=world.companion
    )
    world.appointment = AppointmentFactory(case=world.case, wants_company=True)
    world.follow_up = FollowUpFactory(case=world.case, due_on=DAY)
    world.visit = services.note_visit(case=world.case, happened_on=DAY, voice=b"OggS", by=world.companion)
    world.referral = ReferralFactory(case=world.case, to=world.authority_office)
    world.dossier = DossierFactory(
        case=in_same_place(
            world.case, companion=world.companion, opened_on=DAY, papers={"photo": 1, "birth-certificate": 1}
        )
    )


def of(name, *more):
    """Give the arguments of a page about something of the world."""
    return lambda world: [getattr(world, name).pk, *(getattr(world, each).pk for each in more)]


BESIDE = dict.fromkeys(("companion", "relay", "coordinator"), 200)
AT_WORK = {**BESIDE, "other_companion": 200, "coordinator_elsewhere": 200}
EITHER_SIDE = dict.fromkeys(("coordinator", "coordinator_elsewhere", "authority"), 200)


def form(args, on=BESIDE, **answers):
    """A form: shown, refused when it says nothing, taken when filled in."""
    return [
        Door(args=args, **on),
        Door("post", args=args, data=lambda _: {"id": "x", "revision": "x"}, **dict.fromkeys(on, 422)),
        Door("post", args=args, data=lambda _: answers, **dict.fromkeys(on, 302)),
    ]


def deed(args, *personas, **answers):
    """A button: only pressed, never opened."""
    return [
        Door(args=args, rest=405),
        Door("post", args=args, data=lambda _: answers, **dict.fromkeys(personas, 302)),
    ]


WITHOUT_RELAY = dict.fromkeys(("companion", "coordinator"), 200)
LEADS = {"coordinator": 200}
DECIDES = {"authority": 200}
SOON = "2030-01-01T09:00"

DOORS = {
    "cases:list": Door(**AT_WORK),
    "cases:detail": Door(args=of("case"), **BESIDE),
    "cases:open": [
        Door(args=of("newcomer"), **BESIDE),
        Door("post", args=of("newcomer"), data=lambda _: {"id": "x"}, **dict.fromkeys(BESIDE, 422)),
        Door(
            "post",
            args=of("newcomer"),
            data=lambda world: {
                "id": ID,
                "procedure": world.procedure.pk,
                "opened_on": "2026-01-05",
                "companion": world.companion.pk,
            },
            **dict.fromkeys(BESIDE, 302),
        ),
    ],
    "cases:evidence": form(of("case", "case_paper"), state="1"),
    "cases:evidence_told": Door(
        args=lambda world: [world.case.pk, paper(world.procedure, "birth-certificate").pk], **BESIDE
    ),
    "cases:step": form(of("case", "case_step"), done_on="2026-01-06"),
    "cases:visit": form(of("case"), id=ID, words="She found the photograph.", happened_on="2026-01-06"),
    "cases:strain": form(of("case"), learning=2, effort=3, stress=4),
    "cases:own_strain": Door(args=of("own_case"), person=200, rest=302),
    "cases:close": form(of("case"), on=WITHOUT_RELAY, outcome="moved", closed_on="2026-01-06"),
    "cases:reopen": deed(of("case"), "companion", "coordinator"),
    "cases:carry": [
        Door(args=of("case"), **LEADS),
        Door("post", args=of("case"), data=lambda _: {"to": ""}, coordinator=422),
        Door("post", args=of("case"), data=lambda world: {"to": world.other_companion.pk}, coordinator=302),
    ],
    "cases:appointment": form(of("case"), id=ID, at=SOON),
    "cases:appointment_tell": form(of("appointment"), state="kept"),
    "cases:appointment_join": deed(of("appointment"), *BESIDE),
    "cases:follow_ups": Door(**AT_WORK),
    "cases:follow_up": form(of("follow_up"), happened_on="2026-01-06"),
    "cases:follow_up_plan": form(of("case"), first="2026-02-01", months="6"),
    "cases:refer": [
        Door(args=of("case"), **BESIDE),
        Door("post", args=of("case"), data=lambda _: {"id": "x"}, **dict.fromkeys(BESIDE, 422)),
        Door(
            "post",
            args=of("case"),
            data=lambda world: {"id": ID, "to": world.authority_office.pk, "need": "legal"},
            **dict.fromkeys(BESIDE, 302),
        ),
    ],
    "cases:referrals": Door(**EITHER_SIDE),
    "cases:referral": [
        Door(args=of("referral"), **DECIDES),
        Door("post", args=of("referral"), data=lambda _: {"answer": "refuse"}, authority=422),
        Door("post", args=of("referral"), data=lambda _: {"answer": "accept"}, authority=302),
    ],
    "cases:referral_own": [
        Door(args=of("referral"), **BESIDE),
        Door("post", args=of("referral"), **dict.fromkeys(BESIDE, 302)),
    ],
    "cases:voice": Door(is_file=True, args=of("visit"), **BESIDE),
    "cases:dossiers": [Door(**EITHER_SIDE), Door(query="?shown=decided", **EITHER_SIDE)],
    "cases:hand_over": Door(coordinator=200, coordinator_elsewhere=200),
    "cases:dossier": Door(args=of("dossier"), coordinator=200, authority=200),
    "cases:dossier_accept": deed(of("dossier"), "authority", "coordinator", decided_on=clock.today().isoformat()),
    "cases:dossier_return": [
        Door(args=of("dossier"), **DECIDES),
        Door("post", args=of("dossier"), data=lambda _: {"reason": ""}, authority=422),
        Door(
            "post",
            args=of("dossier"),
            data=lambda _: {"reason": "missing", "decided_on": clock.today().isoformat()},
            authority=302,
        ),
    ],
    "cases:dossier_withdraw": deed(of("dossier"), "coordinator"),
    "cases:batches": Door(**EITHER_SIDE),
    "cases:batch": [
        Door(args=lambda world: [world.dossier.batch_id], coordinator=200, authority=200),
        Door("post", args=lambda world: [world.dossier.batch_id], authority=302),
    ],
    "cases:manifest": Door(is_file=True, args=lambda world: [world.dossier.batch_id], coordinator=200, authority=200),
}
