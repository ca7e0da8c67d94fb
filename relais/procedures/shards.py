"""The same replay over people who are in several places, added up exactly: processes of one machine, or machines of a cluster.

A shard is a file of people (a territory, an organisation), or a function that gives a caseload where it runs. Each shard is replayed
whole by one worker, which sends back a few kilobytes of counts; nothing of a person travels. A shard whose worker dies is given to
another. Since every figure counts people, the sum is the answer for all of them, whatever the order.

Nobody sees two shards at once, so a person who stands in two of them is counted twice: cut by territory or organisation so
that each has their own.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import reduce
from multiprocessing import get_context
from operator import add
from pathlib import Path
from typing import Any

from relais.procedures.caseload import Caseload, CaseloadError
from relais.procedures.files import Columns, Progress, read_caseload
from relais.procedures.replay import Replay, replay
from relais.procedures.terms import Version

Shard = str | Path | Callable[[], Caseload]

TRIES = 3
"""How often a shard is tried whose worker died."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is done with each shard."""

    version: Version
    baseline: Version
    by: tuple[str, ...] = ()
    columns: Columns | None = None
    not_asked: tuple[str, ...] = ()
    person: str = "person"

    def __call__(self, shard: Shard, progress: Progress | None = None) -> Replay:
        """Replay one shard, saying how many of its people are read."""
        if callable(shard):
            caseload = shard()
        else:
            caseload = read_caseload(
                shard, self.columns, not_asked=self.not_asked, person=self.person, progress=progress
            )
        return replay(caseload, self.version, self.baseline, self.by)


def one_by_one(task: Task, shards: Sequence[Shard], progress: Progress | None = None) -> Replay:
    """Replay shards one after the other, in this process."""
    if len(shards) == 1:
        return task(shards[0], progress)
    return _added(map(task, shards), len(shards), progress)


def on_processes(task: Task, shards: Sequence[Shard], workers: int, progress: Progress | None = None) -> Replay:
    """Replay shards on some processes of this machine; those lost with a process that died are tried again."""
    done: dict[int, Replay] = {}
    for attempt in range(1, TRIES + 1):
        left = [place for place in range(len(shards)) if place not in done]
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            running = {pool.submit(task, shards[place]): place for place in left}
            try:
                for future in as_completed(running):
                    done[running[future]] = future.result()
                    if progress:
                        progress(len(done), len(shards))
                break
            except BrokenProcessPool as died:
                if attempt == TRIES:
                    raise CaseloadError(_dying(len(shards) - len(done))) from died
    return reduce(add, done.values())


def on_cluster(task: Task, shards: Sequence[Shard], cluster: Any, progress: Progress | None = None) -> Replay:
    """Replay shards on a Dask cluster: its address, or the cluster itself; a shard whose worker died is tried on another.

    Needs the extra `cluster`. The files of shards are read where the workers are. Raises `CaseloadError`.
    """
    try:
        distributed = importlib.import_module("distributed")
    except ModuleNotFoundError as missing:
        raise CaseloadError("Dask is not installed here; install relais[cluster], or use --workers") from missing
    try:
        client = distributed.Client(cluster, timeout="10s")
    except (OSError, TimeoutError, ValueError) as nobody:
        raise CaseloadError(f"no Dask scheduler answers at {cluster}; start one, or use --workers") from nobody
    with client:
        try:
            futures = client.map(task, list(shards), pure=False)
            finished = distributed.as_completed(futures, with_results=True)
            return _added((found for _, found in finished), len(shards), progress)
        except distributed.KilledWorker as died:
            raise CaseloadError(_dying(1)) from died


def _added(found: Iterable[Replay], of: int, progress: Progress | None) -> Replay:
    """Add answers as they come, and say how far it is."""
    whole: Replay | None = None
    for number, each in enumerate(found, 1):
        whole = each if whole is None else whole + each
        if progress:
            progress(number, of)
    if whole is None:
        raise CaseloadError("there is no shard; name at least one file")
    return whole


def _dying(shards: int) -> str:
    return (
        f"{shards} shards could not be replayed: their worker died each time, as when memory runs out; "
        "cut them smaller, or use fewer workers"
    )
