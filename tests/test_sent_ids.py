"""The id a device gives what it sends: that of something else neither overwrites nor reveals it, and breaks no page."""

import pytest
from django.core.cache import cache
from django.db import transaction

from tests import doors
from tests.elsewhere import CANARY, NEAR, ours, settle, settle_near
from tests.personas import World, furnish
from tests.test_bodies import PERSONAS, REFUSED, state, who_may
from tests.test_doors import JSON, address_of


@pytest.fixture(scope="module")
def taken(django_db_setup, django_db_blocker):
    """The furnished world, and a row of another organisation and of another companion from each table."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = furnish(World())
        far, near = settle(world), settle_near(world)
        yield world, {table: [*rows[:1], *near.get(table, [])[:1]] for table, rows in far.items()}
        transaction.set_rollback(True)


def sending(world):
    """Give each door something is sent through under an id of its sender's, and what is sent."""
    for name, door in doors.listed():
        body = door.data(world) if name.startswith("POST ") or door.method == "post" else {}
        if "id" in body and who_may(door):
            yield name, door, body


def table_of(id):
    """Say in which table a row is that was just sent."""
    return next((model._meta.label_lower for model in ours() if model._base_manager.filter(pk=id).exists()), None)


@pytest.mark.django_db
def test_an_id_that_is_taken_elsewhere_is_refused(taken):
    world, theirs = taken
    clients = {each: world.client_of(each) for each in (*PERSONAS, "administrator")}
    before, found, tried = state(), {}, 0
    for name, door, body in sending(world):
        client, address = clients[who_may(door)], address_of(name, door.args(world)) + door.query
        cache.clear()  # of how often one called
        with transaction.atomic():
            client.post(address, body, **(JSON if " " in name else {}))
            table = table_of(body["id"])
            transaction.set_rollback(True)
        for row in theirs.get(table, []):
            tried += 1
            with transaction.atomic():
                answer = client.post(address, {**body, "id": str(row)}, **(JSON if " " in name else {}))
                told = [word for word in (CANARY, NEAR) if word in answer.content.decode()]
                if answer.status_code not in REFUSED or told or state() != before:
                    found[name, table] = answer.status_code, told
                transaction.set_rollback(True)
    assert found == {}
    assert tried > 30
