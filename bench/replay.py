"""How many people a second are replayed: Relais beside other engines, on the same invented people, answers compared.

    relais bench replay --people 10000000

One replay is two versions of 12 requirements over 24 kinds of evidence, with every answer, by six groupings (42 values). Each
measure runs in a process of its own, so that its memory is its own; the best of several rounds is told, in CPU seconds, because
other work on the machine does not count in them. The bits stand beside the interpreter
(assess.py) on the first 1,000 people, every other engine beside the bits on all. The people are read from a Parquet file that is made once, in var/.
"""

import importlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bench import peers
from bench.people import AGED, GROUPS, PAPERS, gathered, tables, versions
from relais.procedures.caseload import Caseload
from relais.procedures.files import Columns, read_caseload
from relais.procedures.gather import NUMBERS
from relais.procedures.replay import replay

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "bench-replay"
SMALLEST, FEW, SAMPLE = 10_000, 100_000, 1_000
BY = list(GROUPS)


@dataclass(frozen=True)
class Measured:
    """One engine at one size; `equal` says whether its answers are those it stands `beside`."""

    engine: str
    release: str
    people: int
    cpu_seconds: float
    people_per_core_second: int
    peak_mb: float
    equal: bool
    index_bytes_a_person: float = 0.0
    build_cpu_seconds: float = 0.0
    build_peak_mb: float = 0.0
    beside: str = "the bits"


def measure(people: int, limit: float, *, others: bool, tell: Callable[[str], None]) -> Iterator[Measured]:
    """Measure each engine at growing sizes, as long as it may take no more than `limit` CPU seconds."""
    largest = {"bits": people, "duckdb": people} | (dict.fromkeys(peers.PEERS, people) if others else {})
    for engine, most in largest.items():
        size = FEW if engine in ("bits", "duckdb", "polars", "openfisca") else SMALLEST
        size = min(size, people)
        while size <= most:
            make(size, tell)
            tell(f"{engine}, {size:,} people")
            found = _apart(engine, size)
            if found is None:
                break
            yield found
            if found.cpu_seconds * 10 > limit:
                break
            size *= 10


def make(people: int, tell: Callable[[str], None]) -> Path:
    """Make the file of people, once."""
    path = FOLDER / f"{people}.parquet"
    if not path.exists():
        tell(f"inventing {people:,} people")
        FOLDER.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        writer = None
        for table in tables(people):
            writer = writer or pq.ParquetWriter(part, table.schema)
            writer.write_table(table)
        writer.close()
        part.rename(path)
    return path


def _apart(engine: str, people: int) -> Measured | None:
    """Measure in a process of its own; None when the engine is not installed."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.replay", engine, str(people)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode == 3:
        return None
    if done.returncode:
        raise SystemExit(f"{engine} failed on {people:,} people:\n{done.stderr}")
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def once(engine: str, people: int) -> Measured:
    """Measure one engine in this process."""
    draft, in_force = versions()
    path = FOLDER / f"{people}.parquet"
    wanted = Columns(evidence=PAPERS, attributes={AGED: NUMBERS} | {name: frozenset(GROUPS[name]) for name in BY})
    begun = time.process_time()
    caseload: Caseload = read_caseload(path, wanted)
    build, build_peak = time.process_time() - begun, _peak()
    expected = replay(caseload, draft, in_force, BY)
    if engine == "bits":
        seconds, answer = _best(lambda: replay(caseload, draft, in_force, BY), rounds=7)
        kept = caseload.nbytes / max(1, people)
        sample = next(pq.ParquetFile(path).iter_batches(batch_size=SAMPLE))
        equal = answer == expected and as_specified(sample)
        beside = f"the interpreter, the first {sample.num_rows:,} people"
        return replace(_row(engine, "", people, seconds, equal, kept, build, build_peak), beside=beside)
    if engine == "duckdb":
        # Loaded here alone: they take memory that the bits do not need.
        sql, databases = (importlib.import_module(f"relais.procedures.{name}") for name in ("sql", "tables"))
        table = databases.Files([path])
        seconds, answer = _best(lambda: sql.replay(table, draft, in_force, BY), rounds=2)
        return _row(engine, databases.duckdb.__version__, people, seconds, answer == expected)
    columns = peers.columns_of(caseload)
    run, release = peers.PEERS[engine](columns, (in_force, draft))
    seconds, answer = _best(lambda: peers.summary(columns, run()), rounds=2)
    return _row(engine, release, people, seconds, peers.same(answer, peers.summary_of(expected)))


def as_specified(sample: pa.RecordBatch) -> bool:
    """Say whether the bits count of some people what the interpreter says of each of them."""
    draft, in_force = versions()
    found = replay(gathered([pa.Table.from_batches([sample])]), draft, in_force, BY)
    return peers.same(peers.summary_of(found), peers.specified(sample.to_pylist(), (in_force, draft)))


def _row(engine: str, release: str, people: int, seconds: float, equal: bool, *more: float) -> Measured:  # noqa: FBT001
    return Measured(engine, release, people, seconds, int(people / seconds), _peak(), equal, *more)


def _best(run: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """Give the CPU seconds of the best round, and its answer."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        answer = run()
        times.append(time.process_time() - begun)
    return min(times), answer


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def growth(rows: list[Measured]) -> list[dict[str, Any]]:
    """Say how the time per person grows from the smallest size of each engine."""
    found = []
    for engine in dict.fromkeys(row.engine for row in rows):
        own = [row for row in rows if row.engine == engine]
        base = own[0].cpu_seconds / own[0].people
        found += [
            {"engine": engine, "people": row.people, "times_base": round(row.cpu_seconds / row.people / base, 2)}
            for row in own
        ]
    return found


if __name__ == "__main__":
    try:
        print(json.dumps(asdict(once(sys.argv[1], int(sys.argv[2])))))
    except ModuleNotFoundError as missing:
        print(missing, file=sys.stderr)
        sys.exit(3)
