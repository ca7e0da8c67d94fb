"""The same replay over people who are in several places, added up exactly: processes of one machine, or machines of a cluster.

A shard is a file of people (a territory, an organisation), or a function that gives a caseload where it runs. Each shard is replayed
whole by one worker, which sends back a few kilobytes of counts; nothing of a person travels. A shard whose worker dies, or whose
file cannot be read this time, is tried again; what a refusal says of its content is as true the next time, and ends the replay.
Since every figure counts people, the sum is the answer for all of them, whatever the order.

Before several files are replayed, one process (on a cluster, one worker) reads their identifiers and refuses someone who stands in two of
them (`twice.py`). Files without identifiers, and functions, cannot be compared: cut by territory or organisation so that each has
their own people.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial, reduce
from multiprocessing import get_context
from operator import add
from pathlib import Path
from typing import Any, TypeVar

from relais.procedures.caseload import Caseload, CaseloadError
from relais.procedures.files import Columns, Progress, read_caseload
from relais.procedures.replay import Replay, replay
from relais.procedures.sources import Unreadable
from relais.procedures.terms import Version
from relais.procedures.twice import once

T = TypeVar("T")
Shard = str | Path | Callable[[], Caseload]

TRIES = 3
"""How often a shard is tried whose worker died, or that could not be read."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is done with each shard."""

    version: Version
    baseline: Version
    by: tuple[str, ...] = ()
    columns: Columns | None = None
    not_asked: tuple[str, ...] = ()
    person: str | None = None
    checked: bool = False

    def __call__(self, shard: Shard, progress: Progress | None = None) -> Replay:
        """Replay one shard, saying how many of its people are read."""
        if callable(shard):
            caseload = shard()
        else:
            told = {"person": self.person, "checked": self.checked, "progress": progress}
            caseload = read_caseload(shard, self.columns, not_asked=self.not_asked, **told)
        return replay(caseload, self.version, self.baseline, self.by)

    def or_refusal(self, shard: Shard) -> Replay | CaseloadError:
        """Replay one shard; give what is refused of its content instead of raising it, so that nobody tries again."""
        try:
            return self(shard)
        except Unreadable:
            raise
        except CaseloadError as refused:
            return refused

    def compare(self, files: Sequence[str | Path]) -> Task:
        """Look for someone who stands in two rows of several files, so that each need not be looked at again."""
        if len(files) < 2:
            return self
        once(files, self.person, self.columns.names if self.columns else ())
        return replace(self, checked=True)


def one_by_one(task: Task, shards: Sequence[Shard], progress: Progress | None = None) -> Replay:
    """Replay shards one after the other, in this process."""
    if len(shards) == 1:
        return task(shards[0], progress)
    task = _patiently(partial(task.compare, _files(shards)))
    return _added((_patiently(partial(task, shard)) for shard in shards), len(shards), progress)


def on_processes(task: Task, shards: Sequence[Shard], workers: int, progress: Progress | None = None) -> Replay:
    """Replay shards on some processes of this machine; those that failed, or were lost with a process that died, are tried again."""
    task = _patiently(partial(task.compare, _files(shards)))
    done: dict[int, Replay] = {}
    failed: Exception | None = None
    for _ in range(TRIES):
        left = [place for place in range(len(shards)) if place not in done]
        failed = None
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            running = {pool.submit(task.or_refusal, shards[place]): place for place in left}
            for future in as_completed(running):
                try:
                    done[running[future]] = _given(future.result())
                except (BrokenProcessPool, OSError, Unreadable) as trouble:
                    failed = trouble
                    continue
                except CaseloadError:
                    pool.shutdown(cancel_futures=True)
                    raise
                if progress:
                    progress(len(done), len(shards))
        if failed is None:
            return reduce(add, done.values())
    raise _giving_up(failed, len(shards) - len(done)) from failed


def on_cluster(task: Task, shards: Sequence[Shard], cluster: Any, progress: Progress | None = None) -> Replay:
    """Replay shards on a Dask cluster: its address, or the cluster itself; a shard that failed, or whose worker died, is tried again.

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
            task = client.submit(_patiently, partial(task.compare, _files(shards)), pure=False).result()
            futures = client.map(task.or_refusal, list(shards), pure=False, retries=TRIES - 1)
            finished = distributed.as_completed(futures, with_results=True)
            return _added((_given(found) for _, found in finished), len(shards), progress)
        except (distributed.KilledWorker, OSError, Unreadable) as failed:
            raise _giving_up(failed, 1) from failed


def _files(shards: Iterable[Shard]) -> list[str | Path]:
    """Name the shards that are files."""
    return [each for each in shards if not callable(each)]


def _patiently(do: Callable[[], T]) -> T:
    """Try again what could not be read."""
    for _ in range(TRIES - 1):
        with suppress(OSError, Unreadable):
            return do()
    try:
        return do()
    except OSError as failed:
        raise _giving_up(failed, 1) from failed


def _given(found: Replay | CaseloadError) -> Replay:
    """Give what was found, and raise what was refused."""
    if isinstance(found, CaseloadError):
        raise found
    return found


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


def _giving_up(failed: Exception | None, shards: int) -> CaseloadError:
    """Say what to do about shards that failed each time."""
    if isinstance(failed, Unreadable):
        return CaseloadError(str(failed))
    if isinstance(failed, OSError):
        return CaseloadError(f"shards failed {TRIES} times ({failed}); see whether their disk and the network answer")
    return CaseloadError(
        f"{shards} shards could not be replayed: their worker died each time, as when memory runs out; "
        "cut them smaller, or use fewer workers"
    )
