"""The open cases of a procedure with what finds each of them again: read once on the day a rule changes, and kept by nobody.

The index of a site knows no ids; whoever must move cases, or keep what was foretold of each, reads this instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import numpy as np

from relais.cases.index import reading
from relais.cases.index.columns import Array, Rows
from relais.cases.index.gathering import Places, gather
from relais.cases.index.view import caseload_from
from relais.cases.queries import CaseQuerySet, as_text
from relais.cases.who import Who
from relais.kernel import clock
from relais.procedures.assess import Standing
from relais.procedures.caseload import Caseload
from relais.procedures.cohort import ID, Ids, as_bytes

STANDINGS = (Standing.OPEN.value, Standing.PASSES.value, Standing.BLOCKED.value)
"""In the order of the numbers `replay.standing` gives."""


@dataclass(frozen=True, slots=True)
class Roll:
    """Cases in no order; the row of each is the same in every column and in the caseload.

    `standing` holds places in `STANDINGS`: where each stands in its version. `carried_by` holds places in `companions`.
    """

    read_at: datetime
    ids: Ids
    companions: tuple[UUID, ...]
    carried_by: Array
    standing: Array
    caseload: Caseload

    def __len__(self) -> int:
        return len(self.ids)

    def cases(self, rows: Array) -> list[UUID]:
        """Give the ids of the cases in some rows."""
        written = self.ids[rows].tobytes()
        return [UUID(bytes=written[start : start + ID]) for start in range(0, len(written), ID)]


def read_roll(cases: CaseQuerySet, procedure: UUID, today: date | None = None) -> Roll:
    """Read cases of one procedure, in one pass; whoever is not counted any more must not be among them."""
    read_at, kinds, reader = clock.now(), reading.kinds_of(procedure), _Reader()
    columns = gather(reader.rows(cases), 1 + max(kinds, default=-1))
    return Roll(
        read_at,
        np.concatenate([as_bytes([]), *reader.ids]),
        tuple(map(UUID, reader.companions)),
        np.concatenate([np.zeros(0, dtype=np.uint32), *reader.carried_by]),
        np.concatenate([np.zeros(0, dtype=np.uint8), *reader.standing]),
        caseload_from(columns, kinds, (today or clock.today()).year),
    )


@dataclass
class _Reader:
    ids: list[Ids] = field(default_factory=list)
    companions: Places = field(default_factory=Places)
    carried_by: list[Array] = field(default_factory=list)
    standing: list[Array] = field(default_factory=list)

    def rows(self, cases: CaseQuerySet) -> Iterator[Rows]:
        who = Who()
        for chunk in reading.chunks(cases, as_text("companion"), "standing"):
            self.ids.append(as_bytes(reading.column(chunk, 0)))
            self.carried_by.append(self.companions.of(reading.column(chunk, 3), len(chunk)))
            standings = [STANDINGS.index(each) for each in reading.column(chunk, 4)]
            self.standing.append(np.array(standings, dtype=np.uint8))
            yield reading.as_rows(chunk, who)
