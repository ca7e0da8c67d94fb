"""The people figures may be told of: the index as it was last let out, until enough of them are no longer as they were.

Whoever looks at a draft on Monday and on Tuesday and subtracts finds either the same figures or the change of many people.
One rule for every page that replays, so that no two pages can be compared to find someone either.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from threading import RLock
from uuid import UUID

from relais.cases.index import files
from relais.cases.index.columns import Columns
from relais.cases.index.comparing import people_changed
from relais.cases.index.current import MOST_HELD, current_columns
from relais.cases.index.reading import kinds_of
from relais.cases.index.view import caseload_from
from relais.procedures.caseload import Caseload
from relais.procedures.models import Procedure
from relais.programmes.models import Snapshot
from relais.programmes.services import settle


@dataclass(frozen=True, slots=True)
class Settled:
    """The people a page may speak of, and the day they were so."""

    people: Caseload
    on: date


@dataclass
class _LetOut:
    """A snapshot as this process holds it: its columns, its caseloads by kinds, and of how many people an index differed."""

    stamp: UUID
    columns: Columns
    caseloads: dict[tuple[tuple[int, str], ...], Caseload] = field(default_factory=dict)
    compared: tuple[Columns, int] | None = None


_let_out: OrderedDict[UUID, _LetOut] = OrderedDict()
_lock = RLock()


def settled_caseload(procedure: Procedure) -> Settled:
    """Give the people with an open case in a procedure as they were last let out, or as they are if enough changed."""
    now = current_columns(procedure)
    with _lock:

        def differs(snapshot: Snapshot) -> int | None:
            known = _held(procedure.pk, snapshot)
            return None if known is None else _differing(known, now.columns)

        snapshot = settle(
            programme=procedure.programme,
            about=f"caseload {procedure.pk}",
            differs=differs,
            content=lambda: files.as_bytes(procedure.pk, now),
        )
        known = _held(procedure.pk, snapshot)
        assert known is not None
        kinds = kinds_of(procedure.pk)
        view = tuple(kinds.items())
        if view not in known.caseloads:
            known.caseloads = {view: caseload_from(known.columns, kinds, snapshot.taken_on.year)}
        return Settled(known.caseloads[view], snapshot.taken_on)


def _held(procedure: UUID, snapshot: Snapshot) -> _LetOut | None:
    """Give a snapshot as this process holds it; it is read once, and None when it cannot be."""
    known = _let_out.get(procedure)
    if known is None or known.stamp != snapshot.stamp:
        kept = files.from_bytes(procedure, snapshot.content)
        if kept is None:
            return None
        known = _let_out[procedure] = _LetOut(snapshot.stamp, kept.columns)
    _let_out.move_to_end(procedure)
    while len(_let_out) > MOST_HELD:
        _let_out.popitem(last=False)
    return known


def _differing(known: _LetOut, now: Columns) -> int:
    """Say of how many people something differs; asked again only when the index moved."""
    if known.compared is None or known.compared[0] is not now:
        known.compared = now, people_changed(known.columns, now)
    return known.compared[1]
