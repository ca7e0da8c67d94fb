"""The index as it stands now: taken from memory or from its file, brought up to what the journal says, built when neither will do."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from threading import Lock, RLock
from uuid import UUID

import numpy as np

from relais.cases.index import files, reading
from relais.cases.index.columns import Columns, Rows
from relais.cases.index.files import Kept
from relais.cases.index.gathering import gather, nobody
from relais.cases.index.tokens import tokens_of
from relais.procedures.models import Procedure

MOST_HELD = 8
WRITE_AFTER = 1_000


@dataclass
class Held:
    """The index of one procedure in this process; one thread at a time brings it up to date."""

    lock: RLock = field(default_factory=RLock)
    kept: Kept | None = None
    unwritten: int = 0


_held: OrderedDict[UUID, Held] = OrderedDict()
_lock = Lock()


def current_columns(procedure: Procedure) -> Kept:
    """Give the people with an open case in a procedure, as they are now, with where the journal stood."""
    held = _of(procedure.pk)
    with held.lock:
        _bring_up_to_date(procedure.pk, held)
        assert held.kept is not None
        return held.kept


def build(procedure: Procedure) -> int:
    """Build the index of a procedure anew; say how many people it holds."""
    held = _of(procedure.pk)
    with held.lock:
        _let_go(held)
        _take(held, _built(procedure.pk))
        _write(procedure.pk, held)
        assert held.kept is not None
        return held.kept.columns.people


def drop(procedure: Procedure) -> bool:
    """Forget the index of a procedure, in this process and on disk; say whether it had a file."""
    with _lock:
        _held.pop(procedure.pk, None)
    return files.drop(procedure.pk)


def check(procedure: Procedure) -> list[str]:
    """Compare the index with what the rows of the database say now, case by case and proof by proof; name what differs."""
    held = _of(procedure.pk)
    with held.lock:
        _bring_up_to_date(procedure.pk, held)
        assert held.kept is not None
        ours = held.kept.columns
    fresh = _gathered(procedure.pk, reading.read_one_by_one(procedure.pk))
    return list(_differences(ours.with_rows(nobody(), fresh.kinds), fresh))


def size_of(procedure: Procedure) -> int:
    """Say how many bytes the file of a procedure takes."""
    file = files.place(procedure.pk)
    return file.stat().st_size if file.exists() else 0


def _of(procedure: UUID) -> Held:
    with _lock:
        held = _held.setdefault(procedure, Held())
        _held.move_to_end(procedure)
        while len(_held) > MOST_HELD:
            _held.popitem(last=False)
        return held


def _bring_up_to_date(procedure: UUID, held: Held) -> None:
    if held.kept is None:
        held.kept = files.read(procedure)
    if held.kept is None or not _follow(procedure, held):
        with files.alone(procedure):
            _let_go(held)
            held.kept = files.read(procedure)
            if held.kept is None or not _follow(procedure, held):
                _let_go(held)
                _take(held, _built(procedure))
                held.unwritten = WRITE_AFTER
    if held.unwritten >= WRITE_AFTER:
        _write(procedure, held)


def _follow(procedure: UUID, held: Held) -> bool:
    """Do to the index what the journal says happened since; say whether that was possible."""
    assert held.kept is not None
    # The mark is taken first: what is committed while we read is read again the next time, which changes nothing.
    now = reading.mark()
    if now == held.kept.mark:
        return True
    columns = held.kept.columns
    found = reading.touched(held.kept.mark, now, columns.people)
    if found is None:
        return False
    if found.cases or found.people:
        columns, changed = _followed(procedure, columns, found)
        held.unwritten += changed
    held.kept = Kept(columns, now)
    return True


def _followed(procedure: UUID, columns: Columns, found: reading.Touched) -> tuple[Columns, int]:
    rows, gone = reading.read_some(procedure, found)
    if gone:
        columns = columns.without(tokens_of(gone))
    if len(rows):
        columns = columns.with_rows(rows, 1 + max(reading.kinds_of(procedure), default=-1))
    return columns, len(rows) + len(gone)


def _built(procedure: UUID) -> Kept:
    now = reading.mark()
    return Kept(_gathered(procedure, reading.read_all(procedure)), now)


def _gathered(procedure: UUID, rows: Iterable[Rows]) -> Columns:
    return gather(rows, 1 + max(reading.kinds_of(procedure), default=-1))


def _take(held: Held, kept: Kept) -> None:
    held.kept = kept


def _let_go(held: Held) -> None:
    held.kept, held.unwritten = None, 0


def _write(procedure: UUID, held: Held) -> None:
    assert held.kept is not None
    mapped = files.write(procedure, held.kept)
    held.unwritten = 0
    if mapped is not None and mapped.mark == held.kept.mark:
        # The same bits, now shared with the other processes of this machine.
        held.kept = mapped


def _differences(one: Columns, other: Columns) -> Iterator[str]:
    ours, theirs = dict(one.in_order()), dict(other.in_order())
    for name in ours.keys() | theirs.keys():
        if name not in ours or name not in theirs or not np.array_equal(ours[name], theirs[name]):
            yield name
