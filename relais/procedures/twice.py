"""Someone who stands in two rows, of one file or of several, is found and refused: everyone is counted once.

Identifiers are read on their own, some at a time, and each becomes a mark of 8 bytes; the identifiers themselves are compared only
where marks are equal. None is kept, none is repeated in a message.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from relais.procedures.caseload import CaseloadError
from relais.procedures.sources import Source, refusals

PERSON = "person"
"""The column of identifiers, where no other is named."""

AT_ONCE = 1_000
"""How many people with equal marks are compared at a time."""

Marks = NDArray[np.int64]


def once(paths: Sequence[str | Path], person: str | None = None, asked: Collection[str] = ()) -> None:
    """Refuse a file that is named twice, and someone who stands in two rows of these files; raises `CaseloadError`.

    A column `person` named by hand has to be in every file. Otherwise files that have a column `person` are compared, unless it is
    one of the columns `asked` about: then it names no one.
    """
    sources = [Source(Path(each)) for each in paths]
    _refuse_same(sources)
    column = person or PERSON
    if person:
        _refuse_missing(sources, person)
    elif column in asked:
        return
    sources = [each for each in sources if column in each.names]
    marks = [np.zeros(0, dtype=np.int64), *(_mark(each, column) for each in sources)]
    for places in _suspects(marks):
        _compare(sources, column, places)


def _refuse_same(sources: Sequence[Source]) -> None:
    """Refuse a file that is there twice, also by another name for it."""
    known = set()
    for path in (each.path for each in sources):
        there = path.stat().st_dev, path.stat().st_ino
        if there in known:
            raise CaseloadError(f"{path}: this file is named twice, its people would count twice; name it once")
        known.add(there)


def _refuse_missing(sources: Sequence[Source], person: str) -> None:
    """Refuse a file without the column of identifiers that was named by hand."""
    for source in sources:
        if person not in source.names:
            close = get_close_matches(person, source.names, 1)
            meant = f"did you mean {close[0]!r}?" if close else "name the column of identifiers, or name none"
            raise CaseloadError(f"{source.path.name}: column {person} is missing; {meant}")


def _mark(source: Source, column: str) -> Marks:
    """Give everyone of a file a mark."""
    with refusals(source.path):
        found = [np.fromiter(map(hash, each), np.int64, len(each)) for each in _identifiers(source, column)]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])


def _identifiers(source: Source, column: str) -> Iterator[list[Any]]:
    """Give the identifiers of a file, some at a time; a number is the same as its digits, as a CSV file holds them."""
    kind = source.schema.field(column).type
    if pa.types.is_nested(kind.value_type if pa.types.is_dictionary(kind) else kind):
        raise CaseloadError(f"column {column} is {kind}: give each person one identifier, in words or a whole number")
    row = 0
    for batch in source.batches([column], codes=False):
        each = batch.column(0)
        if each.null_count:
            place = int(each.is_null().to_numpy(zero_copy_only=False).argmax())
            raise CaseloadError(f"column {column}, row {row + place + 1} is empty: give each person an identifier")
        if pa.types.is_dictionary(each.type):
            each = each.dictionary_decode()
        yield (each.cast(pa.string()) if pa.types.is_integer(each.type) else each).to_pylist()
        row += len(each)


def _suspects(marks: list[Marks]) -> Iterator[NDArray[np.intp]]:
    """Give the places of people whose marks are equal, by chance or not, those met again first before others."""
    whole = np.concatenate(marks)
    marks.clear()
    ordered = np.sort(whole)
    if not (ordered[1:] == ordered[:-1]).any():
        return
    order = np.argsort(whole, kind="stable")
    again = np.sort(order[1:][ordered[1:] == ordered[:-1]])
    for start in range(0, len(again), AT_ONCE):
        yield np.flatnonzero(np.isin(whole, whole[again[start : start + AT_ONCE]]))


def _compare(sources: Sequence[Source], column: str, places: NDArray[np.intp]) -> None:
    """Refuse these files if someone stands in two of these places: equal marks may be chance, equal identifiers are not."""
    first: dict[Any, tuple[Source, int]] = {}
    start = 0
    for source in sources:
        row = 0
        for people in _identifiers(source, column):
            for place in places[slice(*np.searchsorted(places, (start, start + len(people))))] - start:
                who, here = people[place], row + int(place) + 1
                before, there = first.setdefault(who, (source, here))
                if before is not source:
                    raise CaseloadError(
                        f"{source.path}: column {column}, row {here}: the same person as in {before.path}, row {there}; "
                        "keep one row a person, in one file"
                    )
                if there != here:
                    raise CaseloadError(
                        f"{source.path.name}: column {column}, row {here}: the same person as in row {there}; "
                        "keep one row a person"
                    )
            start, row = start + len(people), row + len(people)
