"""What became of the people of a prediction, as it was last let out: the columns behind a page, until enough of them changed.

Two looks at the page then differ by nobody or by many. No name and no code is kept, only what `cases.fates` reads.
"""

import io
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relais.cases.fates import Fates, fates_since, returns_since
from relais.procedures.cohort import Cohort, Ids
from relais.programmes.models import Snapshot
from relais.programmes.services import settle
from relais.roundtables.models import Foretold

Numbers = NDArray[Any]


@dataclass(frozen=True)
class Became:
    """What became of cases, which of them had a dossier given back and why, and the day it was so."""

    fates: Fates
    returned: Ids
    reasons: list[str]
    on: date


def settled_fates(kept: Foretold, cohort: Cohort, today: date) -> Became:
    """Give what became of the people a prediction was about, as it was last let out."""
    procedure = kept.version.procedure
    fates = fates_since(procedure, kept.on)
    returned, _days, reasons = returns_since(procedure, kept.on)
    now = Became(fates, returned, reasons, today)

    def differs(snapshot: Snapshot) -> int:
        return _people_changed(cohort, _read(bytes(snapshot.content), snapshot.taken_on), now)

    snapshot = settle(
        programme=procedure.programme, about=f"observed {kept.pk}", differs=differs, content=lambda: _written(now)
    )
    return _read(bytes(snapshot.content), snapshot.taken_on)


def _written(found: Became) -> bytes:
    words = json.dumps([found.fates.kinds, found.reasons]).encode()
    file = io.BytesIO()
    columns = {name: getattr(found.fates, name) for name in ("ids", "fate", "day", "kind")}
    np.savez_compressed(
        file, **columns, returned=found.returned.astype("S16"), words=np.frombuffer(words, dtype=np.uint8)
    )
    return file.getvalue()


def _read(content: bytes, on: date) -> Became:
    with np.load(io.BytesIO(content), allow_pickle=False) as found:
        kinds, reasons = json.loads(found["words"].tobytes())
        fates = Fates(found["ids"], found["fate"], found["day"], found["kind"], [tuple(kind) for kind in kinds])
        return Became(fates, found["returned"], reasons, on)


def _people_changed(cohort: Cohort, one: Became, other: Became) -> int:
    """Count of how many people of the cohort anything is told differently."""
    differ = np.zeros(len(cohort), dtype=bool)
    for mine, theirs in zip(_lined(cohort, one), _lined(cohort, other), strict=True):
        differ |= mine != theirs
    return int(differ.sum())


def _lined(cohort: Cohort, found: Became) -> list[Numbers]:
    """Give what is told of each person of the cohort, in its order, as words that compare."""
    place, fates = cohort.place(found.fates.ids), found.fates
    here = place >= 0
    lined = []
    kinds = np.array(["|".join(kind) for kind in fates.kinds] or [""])
    for column in (fates.fate, fates.day, kinds[fates.kind] if len(fates.kind) else fates.kind.astype(str)):
        row = np.zeros(len(cohort), dtype=column.dtype)
        row[place[here]] = column[here]
        lined.append(row)
    back = [""] * len(cohort)
    for where, reason in zip(cohort.place(found.returned).tolist(), found.reasons, strict=True):
        if where >= 0:
            back[where] += f"{reason} "
    return [*lined, np.array(back)]
