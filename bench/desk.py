"""What every desk page costs: queries and milliseconds (p50, p95), as coordinator and as authority, on the demonstration enlarged.

    relais bench desk --people 10000

The pages are opened in this process through the whole stack (middleware, lock, templates), warm, one after the other.
"""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relais.accounts.models import User

ROUNDS = 20
PAGES = {
    "coordinator": [
        "web:home",
        "cases:list",
        "cases:dossiers",
        "cases:batches",
        "cases:hand_over",
        "cases:follow_ups",
        "people:list",
        "people:duplicates",
        "people:inbox",
        "barriers:list",
        "barriers:counts",
        "barriers:share",
        "barriers:groups",
        "roundtables:list",
        "roundtables:decisions",
        "roundtables:commitments",
        "procedures:list",
        "missions:courses",
        "missions:trained",
        "directory:list",
        "programmes:list",
        "organisations:list",
        "journal:list",
        "reports:list",
    ],
    "authority": [
        "web:home",
        "cases:dossiers",
        "cases:batches",
        "roundtables:list",
        "barriers:list",
        "procedures:list",
    ],
    "companion": ["web:home", "cases:list", "barriers:list", "barriers:record"],
}


@dataclass(frozen=True)
class Measured:
    """One page for one persona: milliseconds on the server, and queries."""

    persona: str
    page: str
    p50: float
    p95: float
    queries: int
    kilobytes: float


def measure() -> Iterator[Measured]:
    """Open each page many times and say what it took."""
    settings.ALLOWED_HOSTS = ["testserver"]
    for role, pages in PAGES.items():
        user = User.objects.filter(memberships__role=role).order_by("date_joined").first()
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        for page in pages:
            address = reverse(page)
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            asked = len(queries)  # counted now: the next request empties the log
            if response.status_code != 200:
                raise SystemExit(f"{page} answered {response.status_code} to {user.username}.")
            times = sorted(_once(client, address) for _ in range(ROUNDS))
            yield Measured(
                role,
                page,
                statistics.median(times),
                times[int(ROUNDS * 0.95) - 1],
                asked,
                len(response.content) / 1000,
            )


def _once(client: Client, address: str) -> float:
    begun = time.perf_counter()
    client.get(address)
    return (time.perf_counter() - begun) * 1000
