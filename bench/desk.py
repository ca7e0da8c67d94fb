"""What every desk page costs, on the demonstration enlarged: queries, wall and CPU milliseconds (p50, p95), kilobytes.

    relais bench desk --people 10000

Each list, and each page about one thing, is opened by each persona who may open it: through the whole stack (middleware,
lock, templates), in one process that started as a served one does, warm. A page about one thing is opened for several things
in turn. The machine may be shared, so CPU stands beside wall time. Rows beyond the limits are marked; nothing is asserted.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import doors
from relais.accounts.models import User
from relais.config.wsgi import application

ROUNDS = 40
THINGS = 8  # of one kind, opened in turn
MOST_QUERIES, MOST_MS = 30, 150.0


@dataclass(frozen=True)
class Measured:
    """One page for one persona, at its costliest in queries and kilobytes."""

    persona: str
    page: str
    p50: float
    p95: float
    cpu_p50: float
    cpu_p95: float
    queries: int
    kilobytes: float
    beyond: str


def measure(tell: Callable[[str], None], only: str = "") -> Iterator[Measured]:
    """Open each page many times and say what it took."""
    assert application  # served pages run in what starting it leaves in memory
    settings.ALLOWED_HOSTS = ["testserver"]
    for role, pages in doors.PAGES.items():
        user = User.objects.filter(memberships__role=role).order_by("date_joined").first()
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        for page, things in pages.items():
            if only not in page:
                continue
            tell(f"opening {page} as {role}")
            requests = [(reverse(page, args=args), data) for args, data in islice(things(user), THINGS)]
            if not requests:
                raise SystemExit(f"There is nothing to open {page} with as {role}.")
            yield _measured(role, page, client, requests)


def _measured(role: str, page: str, client: Client, requests: list[tuple[str, Any]]) -> Measured:
    asked, sizes = [], []
    for address, data in requests:
        _open(client, address, data)  # warm: templates, translations, the names held in memory
        with CaptureQueriesContext(connection) as queries:
            response = _open(client, address, data)
            asked.append(len(queries))  # counted now: the next request empties the log
        sizes.append(len(response.content) / 1000)
        if response.status_code != 200:
            raise SystemExit(f"{page} answered {response.status_code} to {role}: {address}")
    times = [_timed(client, *request) for request in islice(cycle(requests), ROUNDS)]
    wall, cpu = (sorted(column) for column in zip(*times, strict=True))
    beyond = [name for name, is_beyond in _limits(max(asked), _p95(wall)) if is_beyond]
    return Measured(
        role,
        page,
        statistics.median(wall),
        _p95(wall),
        statistics.median(cpu),
        _p95(cpu),
        max(asked),
        max(sizes),
        ", ".join(beyond),
    )


def _limits(queries: int, p95: float) -> list[tuple[str, bool]]:
    return [("queries", queries >= MOST_QUERIES), ("time", p95 >= MOST_MS)]


def _p95(values: list[float]) -> float:
    return values[int(len(values) * 0.95) - 1]


def _open(client: Client, address: str, data: Any) -> Any:
    return client.get(address) if data is None else client.post(address, data)


def _timed(client: Client, address: str, data: Any) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    _open(client, address, data)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
