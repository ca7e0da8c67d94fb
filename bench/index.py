"""What the index costs: from the database to the answer a draft's page waits for, and keeping up with what changes.

    relais bench index --cases 100000 --cases 1000000

A demonstration is made and enlarged (see grow.py) on SQLite and on a PostgreSQL that is started for it, each size on top of the
one before; they are kept in var/ and used again. Each measure runs in a process of its own, so that its peak of memory is its
own. Wall and CPU seconds are those of this process: what PostgreSQL itself burns is only in the wall.
"""

import json
import os
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bench.worlds import Tell, say, world

CHANGES = (1, 100, 1000)
ROUNDS = 5

Row = dict[str, Any]


def measure(sizes: list[int], databases: tuple[str, ...], tell: Tell) -> Iterator[Row]:
    """Make what is missing, and measure each size on each database, smallest first."""
    for name in databases:
        base: Row | None = None
        with world(name, tell) as here:
            for size in sorted(sizes):
                here.grow(size, tell)
                found = json.loads(here.run("bench.index", tell=tell))
                base = base or found
                yield {"database": name} | found | {"growth": _growth(base, found)}


def _growth(base: Row, found: Row) -> float:
    """Compare the CPU a person takes, from the database to the answer, with that at the smallest size."""
    return round((found["first_cpu"] / found["people"]) / (base["first_cpu"] / base["people"]), 2)


@dataclass(frozen=True)
class Timed:
    """Seconds something took."""

    wall: float
    cpu: float


def timed(what: str, deed: Callable[[], Any]) -> Timed:
    """Say what is done now, and how long it took."""
    say(what)
    wall, cpu = time.perf_counter(), time.process_time()
    deed()
    return Timed(time.perf_counter() - wall, time.process_time() - cpu)


def median(what: str, deed: Callable[[], Any]) -> Timed:
    """Say how long something took, the middle of a few times."""
    times = sorted((timed(what, deed) for _ in range(ROUNDS)), key=lambda each: each.wall)
    return times[ROUNDS // 2]


def measure_here() -> Row:
    """Measure the database this process is set to."""
    import django  # noqa: PLC0415 - the parent of this process has no database

    django.setup()
    from bench import indexed  # noqa: PLC0415

    return indexed.measure()


def peak() -> float:
    """Give the most memory this process ever took, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relais.config.settings")
    print(json.dumps(measure_here()))
