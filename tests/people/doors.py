"""Who opens the pages about people, and who opens a person's own page."""

from relais.kernel import clock
from relais.people import services
from relais.people.models import ConsentText, DuplicatePair
from relais.people.proofs import Proof
from relais.people.visiting import MINUTES, proof_of
from tests.doors import Door
from tests.organisations.factories import LentLineFactory
from tests.people.factories import ConsentTextFactory, PersonFactory, consent

BESIDE = {"companion": 200, "relay": 200, "coordinator": 200}
AT_THE_DOOR = {**BESIDE, "other_companion": 200, "coordinator_elsewhere": 200}
DONE = {"companion": 302, "relay": 302, "coordinator": 302}
OWN = {"visitor": 302, "person": 200, "rest": 302}


def furnish(world):
    """Settle Gulnora, whom the companion registered, a record much like hers, and what was written and agreed."""
    home = {"organisation": world.organisation, "programme": world.programme, "registered_by": world.companion}
    world.person = PersonFactory(**home, birth_year=1984, sex="woman", language="ru")
    world.double = PersonFactory(**home, called="Gulnara Rahimova", birth_year=1984, sex="woman")
    services.propose_duplicates(person=world.double)
    world.pair = DuplicatePair.objects.get()
    world.merged = PersonFactory(**home)
    services.merge_people(kept=PersonFactory(**home), merged=world.merged, by=world.coordinator)
    world.line = LentLineFactory(organisation=world.organisation)
    world.contact = services.add_contact(person=world.person, by=world.companion, kind="phone", value="+996 555 1")
    world.consent_text = ConsentTextFactory(programme=world.programme, purpose=ConsentText.Purpose.CONTACT)
    world.consent = consent(
        world.person,
        world.authority_office,
        purpose=ConsentText.Purpose.CONTACT,
        way="witness",
        proof=Proof(witness="Zarina"),
    )
    world.unassigned = services.receive_message(lent_line=world.line, words="Come on Monday", by=world.relay)
    world.message = services.receive_message(
        lent_line=world.line, words="Come on Monday", by=world.relay, person=world.person
    )
    world.complaint = services.file_complaint(person=world.person, words="They shouted", by=world.companion)
    world.person_session = {
        "person_id": str(world.person.pk),
        "person_proof": proof_of(world.person),
        "person_until": clock.now().timestamp() + MINUTES * 60,
    }


def sent(world):
    """A form sent without its answers."""
    return {"sent": "1"}


def about(world):
    return [world.person.pk]


DOORS = {
    "people:list": Door(**AT_THE_DOOR, authority=200),
    "people:search": [Door(**AT_THE_DOOR), Door("post", data=sent, **dict.fromkeys(AT_THE_DOOR, 422))],
    "people:register": Door("post", **dict.fromkeys(AT_THE_DOOR, 302)),
    "people:detail": Door(args=about, **BESIDE),
    "people:correct": [Door(args=about, **BESIDE), Door("post", args=about, data=sent, **dict.fromkeys(BESIDE, 422))],
    "people:contact_add": [
        Door(args=about, **BESIDE),
        Door("post", args=about, data=sent, **dict.fromkeys(BESIDE, 422)),
    ],
    "people:contact_end": Door("post", args=lambda world: [world.contact.pk], **DONE),
    "people:consent_give": [
        Door(args=about, **BESIDE),
        Door("post", args=about, data=sent, **dict.fromkeys(BESIDE, 422)),
    ],
    "people:consent_proof": Door(args=lambda world: [world.consent.pk], **BESIDE),
    "people:consents": Door(coordinator=200, coordinator_elsewhere=200),
    "people:consent_confirm": Door("post", args=lambda world: [world.consent.pk], coordinator=302),
    "people:consent_withdraw": Door("post", args=lambda world: [world.consent.pk], **DONE),
    "people:messages": [Door(args=about, **BESIDE), Door("post", args=about, data=sent, **dict.fromkeys(BESIDE, 422))],
    "people:complaint_file": [
        Door(args=about, **BESIDE),
        Door("post", args=about, data=sent, **dict.fromkeys(BESIDE, 422)),
    ],
    "people:card": Door(args=about, is_file=True, **BESIDE),
    "people:portrait": [
        Door(args=about, **BESIDE),
        Door("post", args=about, data=sent, **dict.fromkeys(BESIDE, 422)),
    ],
    "people:portrait_drop": [
        Door("post", args=about, **DONE),
        Door(args=about, rest=405),
    ],
    "people:pin_set": Door("post", args=about, **BESIDE),
    "people:pin_unlock": Door("post", args=about, coordinator=302),
    "people:forget": [Door(args=about, coordinator=200), Door("post", args=about, coordinator=302)],
    "people:duplicates": Door(coordinator=200, coordinator_elsewhere=200),
    "people:merge": Door(
        "post",
        args=lambda world: [world.pair.pk],
        data=lambda world: {"kept": str(world.person.pk)},
        coordinator=302,
    ),
    "people:duplicate_dismiss": Door("post", args=lambda world: [world.pair.pk], coordinator=302),
    "people:merge_undo": Door("post", args=lambda world: [world.merged.pk], coordinator=302),
    "people:inbox": Door(**AT_THE_DOOR),
    "people:message_receive": Door("post", data=sent, **dict.fromkeys(AT_THE_DOOR, 422)),
    "people:message_assign": Door(
        "post", args=lambda world: [world.unassigned.pk], data=sent, relay=422, coordinator=422
    ),
    "people:message_pass_on": Door("post", args=lambda world: [world.message.pk], **DONE),
    "people:complaints": Door(coordinator=200, coordinator_elsewhere=200),
    "people:complaint_answer": [
        Door(args=lambda world: [world.complaint.pk], coordinator=200),
        Door("post", args=lambda world: [world.complaint.pk], data=sent, coordinator=422),
    ],
    "my:enter": [
        Door(visitor=200, person=200, rest=200),
        Door("post", data=lambda _: {"code": "1", "pin": "2"}, visitor=422, person=422, rest=422),
    ],
    "my:leave": Door("post", visitor=302, person=302, rest=302),
    "my:home": Door(**OWN),
    "my:messages": [Door(**OWN), Door("post", data=sent, **{**OWN, "person": 422})],
    "my:consents": [Door(**OWN), Door("post", data=sent, **{**OWN, "person": 422})],
    "my:consent_confirm": Door("post", args=lambda world: [world.consent.pk], visitor=302, person=302, rest=302),
    "my:consent_withdraw": Door("post", args=lambda world: [world.consent.pk], visitor=302, person=302, rest=302),
    "my:readers": Door(**OWN),
    "my:complaint": [Door(**OWN), Door("post", data=sent, **{**OWN, "person": 422})],
    "my:forget": [Door(**OWN), Door("post", visitor=302, person=302, rest=302)],
}
