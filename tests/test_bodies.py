"""An id inside what is sent is a door too: whatever row of others a form or a program names there, nothing happens.

The forms are those of the pages themselves, read as a browser reads them and sent as someone with ill will sends them.
"""

import hashlib
from functools import partial

import pytest
from django.core.cache import cache
from django.db import transaction

from relais.cases.index.reading import READINGS
from relais.journal.models import Entry, Head
from tests import doors
from tests.api.test_schema import OF_BODY, row
from tests.bodies import at, fields_naming_rows, with_row
from tests.elsewhere import CANARY, NEAR, everything, ours, settle, settle_near
from tests.personas import World, furnish
from tests.shown import PERSONAS, forms_shown
from tests.test_doors import JSON, address_of

REFUSED = {400, 403, 404, 409, 422}
# Asked for several at once, these do what is within reach and pass over the rest: taken, and nothing told or changed.
PASS_OVER = {
    ("barriers:share", "barriers"),
    ("POST /api/complaints/read", "complaints", 0),
    ("POST /api/messages/read", "messages", 0),
}
OWN_IDS = {("POST /api/cases/{id}/follow-ups", "ids", 0)}  # those of what is sent: test_sent_ids.py
# What the furnished world refuses even without ill will: nothing in it is complete, open, or asked twice.
NOT_NOW = {
    "POST /api/batches",
    "POST /api/consultations/{id}/answers",
    "POST /api/people/{id}/consents",
    ("roundtables:commit", "owner"),
    ("roundtables:decide", "version"),
    ("roundtables:series_make", "users"),
}


@pytest.fixture(scope="module")
def two_worlds(django_db_setup, django_db_blocker):
    """The furnished world, and for each persona what is out of their reach."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = furnish(World())
        theirs, near = settle(world), settle_near(world)
        both = {table: [*rows[:2], *near.get(table, [])[:2]] for table, rows in theirs.items()}
        yield world, {"companion": both, "coordinator": theirs, "authority": both, "administrator": both}
        transaction.set_rollback(True)


class Attack:
    """Sends one thing after another as one persona, and remembers what was taken, told, or changed."""

    def __init__(self, client, persona, theirs):
        self.client, self.theirs, self.before = client, theirs, state()
        self.untold = [CANARY] if persona == "coordinator" else [CANARY, NEAR]
        self.kind_of = {str(pk): table for table, rows in everything().items() for pk in rows}
        self.found, self.tried = set(), 0

    def rows_like(self, ids):
        """Give rows of others of the kind these ids are of; one of every kind when that does not say."""
        kinds = {self.kind_of[str(each)] for each in ids if str(each) in self.kind_of}
        if not kinds:
            return [str(rows[0]) for rows in self.theirs.values() if rows]
        return [str(pk) for kind in sorted(kinds) for pk in self.theirs[kind][:2]]

    def on(self, place, rows, send):
        """Name each row in one place, then look at what is kept."""
        cache.clear()  # of how often one called
        with transaction.atomic():
            for row in rows:
                self.tried += 1
                answer = send(row)
                if answer.status_code not in REFUSED:
                    self.found.add((place, "taken"))
                if any(name in answer.content.decode() for name in self.untold):
                    self.found.add((place, "told"))
            if state() != self.before:
                self.found.add((place, "changed"))
            transaction.set_rollback(True)

    def takes(self, send):
        """Say whether what is sent without ill will is taken."""
        with transaction.atomic():
            status = send().status_code
            transaction.set_rollback(True)
        return status not in REFUSED


def state():
    """Give all that is kept, as one hash; that a name was read on the way is no change, but a line of the journal."""
    kept = hashlib.sha256()
    for model in ours():
        if model is Head:
            continue
        rows = model._base_manager.exclude(verb__in=READINGS) if model is Entry else model._base_manager.all()
        kept.update(repr(sorted(map(repr, rows.values_list()))).encode())
    return kept.hexdigest()


def forms_of(world, client, persona):
    """Give each form a persona is shown that names rows, with the URL name of its page."""
    seen = set()
    for name, form in forms_shown(world, client, persona):
        if form.naming and form.action not in seen:
            seen.add(form.action)
            yield name, form


def operations(described):
    """Give each operation of the API that takes a body, its door, and the ways to its fields that name rows."""
    for name, door in doors.listed():
        if " " not in name or door.data is doors.Door.data:
            continue
        method, path = name.split()
        described_here = described["paths"][path][method.lower()].get("requestBody")
        if described_here:
            schema = described_here["content"]["application/json"]["schema"]
            ways = [(name, *way) for way in fields_naming_rows(schema, described["components"]["schemas"])]
            yield name, door, [way for way in ways if way not in OWN_IDS]


def who_may(door):
    """Give the persona with the least reach whom a door lets through; the companion where it lets nobody."""
    return next((each for each in (*PERSONAS, "administrator") if door.status_for(each) < 400), None)


@pytest.mark.django_db
@pytest.mark.parametrize("persona", PERSONAS)
def test_no_form_takes_a_row_of_others(persona, two_worlds):
    world, theirs = two_worlds
    attack, refused = Attack(world.client_of(persona), persona, theirs[persona]), set()
    for page, form in forms_of(world, attack.client, persona):
        send = partial(attack.client.post, form.action)
        for field in form.naming:
            bodies = [form.data(naming=field), form.data()]
            body = next((each for each in bodies if attack.takes(partial(send, each))), None)
            if body is None:
                refused.add((page, field))
            rows = attack.rows_like([*form.held.get(field, []), *form.offered.get(field, [])])
            attack.on(
                (page, field),
                rows,
                lambda row, field=field, body=body or bodies[0], send=send: send({**body, field: row}),
            )
    assert attack.found <= {(place, "taken") for place in PASS_OVER}
    assert attack.tried
    assert refused <= NOT_NOW


@pytest.mark.django_db
def test_no_operation_takes_a_row_of_others(two_worlds):
    world, theirs = two_worlds
    described = world.client_of("companion").get("/api/openapi.json").json()
    clients = {each: world.client_of(each) for each in theirs}
    attacks = {each: Attack(client, each, theirs[each]) for each, client in clients.items()}
    refused = set()
    for name, door, ways in operations(described):
        attack, body = attacks[who_may(door) or "coordinator"], door.data(world)
        send = partial(getattr(attack.client, name.split()[0].lower()), address_of(name, door.args(world)), **JSON)
        if ways and not attack.takes(partial(send, body)):
            refused.add(name)
        for _name, *way in ways:
            named = at(body, way) or [row(world, OF_BODY[each]) for each in way if each in OF_BODY]
            attack.on(
                (name, *way),
                attack.rows_like(named),
                lambda each, way=way, body=body, send=send: send(with_row(body, way, each)),
            )
    assert set().union(*(attack.found for attack in attacks.values())) == {
        (place, "taken") for place in PASS_OVER if " " in place[0]
    }
    assert sum(attack.tried for attack in attacks.values()) > 100
    assert refused <= NOT_NOW
