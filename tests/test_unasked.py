"""What nobody asked for changes nothing: neither in a form nor in a body do more fields give more than the page offers."""

from datetime import date, datetime
from functools import partial
from uuid import UUID

import pytest
from django.db import models, transaction

from relais.journal.models import Entry, Head
from tests.elsewhere import ours
from tests.personas import World, furnish
from tests.shown import PERSONAS, forms_shown

DRAWN = {"code", "token_hash", "hash", "previous", "username"}  # anew each time
BUTTONS = {"undo"}  # what a page has more than one button for


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The furnished world."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnish(World())
        transaction.set_rollback(True)


def forged(field, world):
    """Give a value for a field that nobody was asked for, and that would do harm."""
    if field.is_relation:
        model = field.related_model
        theirs = world.elsewhere if isinstance(world.elsewhere, model) else model._base_manager.order_by("pk").last()
        return str(theirs.pk) if theirs else ""
    if field.choices:
        return str(list(field.flatchoices)[-1][0])
    by_type = {models.DateField: "1999-01-01", models.DateTimeField: "1999-01-01T00:00", models.BooleanField: "on"}
    return next((value for kind, value in by_type.items() if type(field) is kind), "7")


def everything_forged(world):
    """Give each column there is a value of its own."""
    return {
        field.name: forged(field, world)
        for model in ours()
        for field in model._meta.concrete_fields
        if field.name not in {"id", *BUTTONS}
    }


def rows():
    """Give all that is kept, row by row, with what is drawn anew each time left out."""
    return {
        (model._meta.label_lower, *(plain(value) for name, value in row.items() if name not in {"id", *DRAWN}))
        for model in ours()
        if model not in {Entry, Head}
        for row in model._base_manager.values()
    }


def plain(value):
    """Give a value, or what kind of value it is where each time gives another."""
    if isinstance(value, datetime):
        return "forged" if value.year == 1999 else "when"
    if isinstance(value, bytes | memoryview):
        return "sealed"
    return value if isinstance(value, UUID | date) else repr(value)


def done_by(send, before):
    """Give what a form changes when it is sent, and undo it; ids that were not there before are all alike."""
    known = {part for row in before for part in row if isinstance(part, UUID)}
    with transaction.atomic():
        status = send().status_code
        changed = rows() ^ before
        transaction.set_rollback(True)
    new = {part for row in changed for part in row if isinstance(part, UUID)} - known
    return status, {tuple("new" if part in new else part for part in row) for row in changed}


@pytest.mark.django_db
@pytest.mark.parametrize("persona", PERSONAS)
def test_more_fields_than_a_form_has_do_nothing(persona, world):
    client, more, different, sent = world.client_of(persona), everything_forged(world), {}, 0
    before = rows()
    for name, form in forms_shown(world, client, persona):
        body = form.data()
        extra = {each: value for each, value in more.items() if each not in {*form.held, *form.offered}}
        asked = done_by(partial(client.post, form.action, body), before)
        unasked = done_by(partial(client.post, form.action, {**extra, **body}), before)
        sent += asked[0] < 400
        if asked != unasked:
            different[name, form.action] = asked[0], unasked[0], sorted(map(str, asked[1] ^ unasked[1]))[:4]
    assert different == {}
    assert sent > 10


def objects(schema, parts, way=""):
    """Give each object a body may hold, with where."""
    if "$ref" in schema:
        schema = parts[schema["$ref"].rpartition("/")[2]]
    for inner in (*schema.get("anyOf", ()), *schema.get("allOf", ()), *filter(None, [schema.get("items")])):
        yield from objects(inner, parts, way)
    if "properties" in schema:
        yield way, schema
        for name, inner in schema["properties"].items():
            yield from objects(inner, parts, f"{way}.{name}")


@pytest.mark.django_db
def test_every_body_of_the_api_says_that_it_takes_nothing_more(client):
    described = client.get("/api/openapi.json").json()
    open_ended = [
        (method, path, way)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        if "requestBody" in operation
        for way, schema in objects(
            operation["requestBody"]["content"]["application/json"]["schema"], described["components"]["schemas"]
        )
        if schema.get("additionalProperties") is not False
    ]
    assert open_ended == []
