"""Who a prediction was about, and what it said of each of them: one byte a person beside the id of their case.

A replay gives counts, which is all a page needs on the day. To say later where it was wrong one must know of whom it spoke;
this keeps that in 17 bytes a person, so that a million are written and read at once and no row is made of anyone.

>>> from uuid import UUID
>>> kept = Cohort.of([UUID(int=7), UUID(int=3)], [Said.STILL_BLOCKED, Said.UNLOCKED])
>>> Cohort.read(kept.as_bytes()).of_case(UUID(int=3)).name
'UNLOCKED'
>>> len(kept.as_bytes())
34
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

import numpy as np
from numpy.typing import ArrayLike, NDArray

from relais.procedures.caseload import Caseload
from relais.procedures.replay import standing
from relais.procedures.terms import Version

ID = 16
Ids = NDArray[np.bytes_]
"""Ids of cases as their sixteen bytes."""


class Said(IntEnum):
    """What a replay said of one person: how they stood before, and how under the new version."""

    UNLOCKED = 1
    MAY_UNLOCK = 2
    STILL_BLOCKED = 3
    NEWLY_BLOCKED = 4
    MAY_BLOCK = 5
    PASSES = 6
    OPEN = 7
    NOW_BLOCKED = 8


OPEN, PASSES, BLOCKED = 0, 1, 2
FROM = {
    (BLOCKED, PASSES): Said.UNLOCKED,
    (BLOCKED, OPEN): Said.MAY_UNLOCK,
    (BLOCKED, BLOCKED): Said.STILL_BLOCKED,
    (OPEN, BLOCKED): Said.NOW_BLOCKED,
    (PASSES, BLOCKED): Said.NEWLY_BLOCKED,
    (PASSES, OPEN): Said.MAY_BLOCK,
    (PASSES, PASSES): Said.PASSES,
    (OPEN, PASSES): Said.PASSES,
    (OPEN, OPEN): Said.OPEN,
}
_TABLE = np.array([FROM[before, after] for before in range(3) for after in range(3)], dtype=np.uint8)


def said_of(caseload: Caseload, version: Version, baseline: Version) -> NDArray[np.uint8]:
    """Say of each person of a caseload, in its order, what changes for them: a `Said` a person."""
    found: NDArray[np.uint8] = _TABLE[standing(caseload, baseline) * 3 + standing(caseload, version)]
    return found


@dataclass(frozen=True, slots=True)
class Cohort:
    """Cases in the order of their ids, and what was said of each."""

    ids: Ids
    said: NDArray[np.uint8]

    @classmethod
    def of(cls, ids: Ids | Sequence[UUID | str], said: ArrayLike) -> Cohort:
        """Put cases in order; ids may be written with or without dashes, or be bytes already."""
        given = ids if isinstance(ids, np.ndarray) else as_bytes(ids)
        order = np.argsort(given)
        return cls(given[order], np.asarray(said, dtype=np.uint8)[order])

    @classmethod
    def read(cls, data: bytes | memoryview) -> Cohort:
        """Read back what `as_bytes` wrote."""
        raw = bytes(data)
        people = len(raw) // (ID + 1)
        return cls(
            np.frombuffer(raw, dtype="S16", count=people), np.frombuffer(raw, dtype=np.uint8, offset=people * ID)
        )

    def as_bytes(self) -> bytes:
        """Write it down: all ids, then one byte each."""
        return self.ids.astype("S16").tobytes() + self.said.tobytes()

    def __len__(self) -> int:
        """The number of people."""
        return len(self.said)

    def counts(self) -> dict[Said, int]:
        """Count people by what was said of them."""
        found = np.bincount(self.said, minlength=len(Said) + 1)
        return {each: int(found[each]) for each in Said}

    def place(self, ids: Ids) -> NDArray[np.int64]:
        """Give for each id where it stands in the cohort, -1 where it does not."""
        if not len(self):
            return np.full(len(ids), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self.ids, ids), len(self) - 1)
        return np.where(self.ids[places] == ids, places, -1)

    def of_case(self, id: UUID) -> Said | None:
        """Give what was said of one case."""
        place = int(self.place(as_bytes([id]))[0])
        return None if place < 0 else Said(int(self.said[place]))


def as_bytes(ids: Sequence[UUID | str]) -> Ids:
    """Turn ids into their sixteen bytes each.

    >>> as_bytes(["00000000-0000-0000-0000-000000000041"])[0][-1:]
    b'A'
    """
    written = "".join(each if isinstance(each, str) else each.hex for each in ids)
    return np.frombuffer(bytes.fromhex(written.replace("-", "")), dtype="S16")
