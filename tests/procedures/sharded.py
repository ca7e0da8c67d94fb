"""People in shards, made in the process that replays them: in a module of its own, which another process can import."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import numpy as np

from relais.procedures.caseload import Caseload, CaseloadError, Codes
from relais.procedures.sources import refusals
from relais.procedures.terms import EvidenceType, Requirement, Step, Version

PAPERS = (EvidenceType(key="birth"), EvidenceType(key="witness"))


def version(*lists):
    asked = Requirement(key="who", lists=tuple(map(frozenset, lists)))
    return Version(steps=(Step(key="apply", requirements=(asked,)),), evidence_types=PAPERS)


def people(seed: int) -> Caseload:
    rng = np.random.default_rng(seed)
    sexes = Codes(rng.integers(-1, 2, 500), ("f", "m"))
    return Caseload.of({paper.key: rng.integers(0, 3, 500) for paper in PAPERS}, {"sex": sexes})


def slowly(seed: int, folder: Path) -> Caseload:
    """Say which process has begun, and take a while: long enough to be killed in the middle of it."""
    (folder / f"{seed}-{os.getpid()}-{time.monotonic_ns()}").touch()
    time.sleep(0.3)
    return people(seed)


def dying_once(seed: int, folder: Path) -> Caseload:
    """Die the first time."""
    mark = folder / f"died-{seed}"
    if seed == 1 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return people(seed)


def failing_once(seed: int, folder: Path) -> Caseload:
    """Fail the first time, as a disk in the network does."""
    mark = folder / f"failed-{seed}"
    if seed == 1 and not mark.exists():
        mark.touch()
        raise OSError(116, "stale file handle")
    return people(seed)


def unreadable_once(seed: int, folder: Path) -> Caseload:
    """Fail the first time, as a file that is read from such a disk does."""
    with refusals(folder / "people.parquet"):
        return failing_once(seed, folder)


def always_failing() -> Caseload:
    raise OSError(116, "stale file handle")


def refused(folder: Path) -> Caseload:
    """Note that someone asked, and refuse what is in it."""
    (folder / f"{time.monotonic_ns()}").touch()
    raise CaseloadError("people.parquet: column birth, row 3: 7 means nothing here")


def always_dying() -> Caseload:
    os.kill(os.getpid(), signal.SIGKILL)
