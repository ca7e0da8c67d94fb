"""Every URL and every API operation, opened by every persona (tests/doors.py says how to list them)."""

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import doors
from tests.personas import World, furnish

# Pages of Django and of allauth that Relais shows as they are, and files: each has its own tests.
NOT_OURS = {"set_language", "jsi18n"}
JSON = {"content_type": "application/json"}


def url_names(resolver=None, namespace=""):
    """Every name the resolver knows, with its namespace."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from url_names(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{namespace}{entry.name}"


def test_every_url_is_listed():
    listed = {name for name, _ in doors.listed()} | NOT_OURS
    missing = sorted(name for name in url_names() if name not in listed and not name.startswith("api-"))
    assert not missing, "no tests/<app>/doors.py says who may open these"


def test_every_api_operation_is_listed(client):
    described = client.get("/api/openapi.json").json()["paths"]
    operations = {f"{method.upper()} {path}" for path, methods in described.items() for method in methods}
    listed = {name for name, _ in doors.listed() if " " in name}
    assert operations - listed == set(), "no tests/<app>/doors.py says who may call these"
    assert listed - operations == set(), "these doors lead nowhere"


def test_every_listed_url_exists():
    known = set(url_names())
    gone = sorted(name for name, _ in doors.listed() if " " not in name and name not in known)
    assert not gone, "these doors lead nowhere"


@pytest.fixture(scope="module")
def standing_world(django_db_setup, django_db_blocker):
    """One furnished world for all doors: each leaves it as it was, and building it takes longer than opening one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnish(World())
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "door"), [pytest.param(*entry, id=f"{entry[1].method} {entry[0]}") for entry in doors.listed()]
)
def test_each_persona_gets_the_status_the_table_says(name, door, standing_world):
    address = address_of(name, door.args(standing_world)) + door.query
    method = name.split()[0].lower() if " " in name else door.method
    found = {persona: status(standing_world, persona, method, address, door) for persona in doors.PERSONAS}
    assert found == {persona: door.status_for(persona) for persona in doors.PERSONAS}, address


def address_of(name, args):
    """Where a URL name, or `METHOD /path/{id}`, leads."""
    if " " not in name:
        return reverse(name, args=args)
    path = name.split()[1]
    for value in args:
        start, end = path.index("{"), path.index("}")
        path = path[:start] + str(value) + path[end + 1 :]
    return path


def status(world, persona, method, address, door):
    """Open the door as this persona, and leave everything as it was."""
    client = world.client_of(persona)
    sent_as = JSON if address.startswith("/api/") and method != "get" else {}
    with transaction.atomic():
        response = getattr(client, method)(address, door.data(world), **sent_as)
        transaction.set_rollback(True)
    return response.status_code
