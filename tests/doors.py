"""Who gets in where: the table format, and how the tables are found.

Each app lists its URLs in `tests/<app>/doors.py`, and puts into the shared world the rows its pages are about:

    from tests.barriers.factories import BarrierFactory
    from tests.doors import Door


    def furnish(world):
        world.barrier = BarrierFactory(case=world.case)


    DOORS = {
        "barriers:list": Door(companion=200, coordinator=200, authority=200),
        "barriers:detail": Door(args=lambda world: [world.barrier.pk], companion=200, coordinator=200),
        "barriers:record": [
            Door(args=lambda world: [world.case.pk], companion=200, coordinator=200),
            Door("post", args=lambda world: [world.case.pk], companion=422, coordinator=422),
        ],
        "home": Door(visitor=200, person=200, rest=200),
        "GET /api/barriers": Door(visitor=401, person=401, companion=401, ...),
    }

`is_file=True` says that what comes is not a page (a PDF, a feed, a fragment); all other GETs that answer 200 are also opened in a
real browser, in three languages, and checked with axe. A persona that is not named gets `rest` (404: out of reach does not exist); `visitor` and `person` are sent to sign in (302)
unless named, because they have no account. A key is a URL name of the resolver, or `METHOD /path` of an API operation as OpenAPI
writes it. `furnish` runs floor by floor, so an app finds in `world` what the apps below it put there; `world` itself
(tests/personas.py) has every persona by name, `organisation`, `elsewhere` and `authority_office`.
Floors are the order of INSTALLED_APPS, lowest first.

`tests/test_doors.py` opens each door as each persona, and fails for a URL that no table lists.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

PERSONAS = [
    "visitor",
    "person",
    "companion",
    "other_companion",
    "relay",
    "coordinator",
    "coordinator_elsewhere",
    "authority",
    "evidence_officer",
    "administrator",
]


@dataclass(frozen=True)
class Door:
    """One way into one URL, and the status each persona must get."""

    method: str = "get"
    args: Callable[[Any], list] = lambda _: []
    data: Callable[[Any], dict] = lambda _: {}
    query: str = ""
    is_file: bool = False  # a PDF, a feed, a fragment: answered, but not read as a page
    visitor: int = 302
    person: int = 302
    companion: int | None = None
    other_companion: int | None = None
    relay: int | None = None
    coordinator: int | None = None
    coordinator_elsewhere: int | None = None
    authority: int | None = None
    evidence_officer: int | None = None
    administrator: int | None = None
    rest: int = field(default=404)

    def status_for(self, persona):
        """Answer the status this persona must get."""
        status = getattr(self, persona)
        return self.rest if status is None else status


def tables():
    """Import the `doors.py` of each app that has one, lower floors first."""
    floors = [name.removeprefix("relais.") for name in settings.INSTALLED_APPS if name.startswith("relais.")]
    written = {path.parent.name for path in Path(__file__).parent.glob("*/doors.py")}
    if strangers := written - set(floors):
        raise LookupError(f"{sorted(strangers)} are not among INSTALLED_APPS.")
    return [importlib.import_module(f"tests.{app}.doors") for app in floors if app in written]


def listed():
    """Every (URL name, door) of every table."""
    doors = [(name, entry) for table in tables() for name, entry in table.DOORS.items()]
    return [(name, door) for name, entry in doors for door in (entry if isinstance(entry, list) else [entry])]
