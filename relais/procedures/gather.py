"""Gathers people into a caseload from Arrow columns that arrive a batch at a time, so that no wide table is ever in memory.

Every column is checked as it comes. What is wrong is said once, with the column, the row (the first person is row 1) and what to
do about it; values of a person are never repeated in the message of an identifier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from relais.procedures.caseload import BLOCK, Attribute, Caseload, CaseloadError, Codes, Numbers, Truths, pack
from relais.procedures.terms import Held

LABELS = 10_000
"""How many different words a column may hold; one with more names people rather than groups of them."""

LARGEST = int(np.iinfo(np.int64).max)
"""The largest number a column may hold."""

ALLOWED = "use 0 (not known), 1 (held) or 2 (cannot be got)"
NUMBERS = frozenset[str]()
"""The values of an attribute that is a number: none is listed."""


def even(batches: Iterable[pa.RecordBatch], schema: pa.Schema, size: int = BLOCK) -> Iterator[pa.Table]:
    """Regroup batches into tables of whole blocks, the last one as long as it comes; there is always a last one.

    >>> batch = pa.record_batch({"birth": [0, 1, 2]})
    >>> [len(table) for table in even([batch, batch, batch], batch.schema, size=4)]
    [4, 4, 1]
    """
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        waiting.append(batch)
        rows += batch.num_rows
        while rows >= size:
            table = pa.Table.from_batches(waiting)
            yield table.slice(0, size)
            waiting, rows = table.slice(size).to_batches(), rows - size
    yield pa.Table.from_batches(waiting) if waiting else schema.empty_table()


class Proofs:
    """One kind of evidence: two rows of bits."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.held, self.cannot = [pack(np.zeros(0, dtype=bool))], [pack(np.zeros(0, dtype=bool))]

    def add(self, column: pa.ChunkedArray, row: int) -> None:
        """Take the next people; `row` is how many came before."""
        known = self.read(column, row)
        wrong = (known < 0) | (known > max(Held))
        if wrong.any():
            place = int(wrong.argmax())
            raise self.refusal(row + place, known[place])
        self.held.append(pack(known == Held.HELD))
        self.cannot.append(pack(known == Held.CANNOT))

    def read(self, column: pa.ChunkedArray, row: int) -> NDArray[Any]:
        """Give numbers, also of digits, as a CSV file holds them; nothing written is not known."""
        if pa.types.is_null(column.type):
            return np.zeros(len(column), dtype=np.int8)
        if pa.types.is_integer(column.type):
            return column.fill_null(0).to_numpy()
        if not is_words(column.type):
            raise CaseloadError(f"column {self.name} is {column.type}: give whole numbers; {ALLOWED}")
        words = Words(self.name, None)
        words.add(column, row)
        for label, place in zip(words.known, words.first, strict=True):
            if label not in ("0", "1", "2"):
                raise self.refusal(place, repr(label))
        return np.array([*map(int, words.known), 0], dtype=np.int8)[words.gathered()]

    def refusal(self, row: int, value: Any) -> CaseloadError:
        """Say which value is none."""
        return CaseloadError(f"column {self.name}, row {row + 1}: {value} means nothing here; {ALLOWED}")

    def truths(self) -> Truths:
        """Give the whole column."""
        held, cannot = np.concatenate(self.held), np.concatenate(self.cannot)
        self.held, self.cannot = [], []
        return Truths(held, cannot)


class Words:
    """An attribute in words: each word has a code, and the row where it was first met."""

    def __init__(self, name: str, values: Collection[str] | None) -> None:
        self.name, self.values = name, values
        self.codes = [np.zeros(0, dtype=np.int16)]
        self.known: dict[str, int] = {}
        self.first: list[int] = []

    def add(self, column: pa.ChunkedArray, row: int) -> None:
        """Take the next people."""
        for chunk in column.chunks:
            self.codes.append(self.codes_of(_words(chunk), row))
            row += len(chunk)

    def codes_of(self, chunk: pa.DictionaryArray, row: int) -> NDArray[Any]:
        """Give each person the code of their word, -1 where there is none."""
        indices = chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        labels = chunk.dictionary.to_pylist()
        code = np.full(len(labels) + 1, -1, dtype=np.int16)
        for index, place in zip(*np.unique(indices, return_index=True), strict=True):
            if index >= 0 and labels[index]:
                code[index] = self.code(labels[index], row + int(place))
        return code[indices]

    def code(self, label: str, row: int) -> int:
        """Give a word its code, the next one if it is new."""
        if label not in self.known:
            if len(self.known) == LABELS:
                raise CaseloadError(
                    f"column {self.name}, row {row + 1}: more than {LABELS:,} different values; group people by "
                    "something that many share, or leave the column out"
                )
            if self.values and label not in self.values:
                known = ", ".join(sorted(self.values))
                raise CaseloadError(
                    f"column {self.name}, row {row + 1}: {label!r} is no value of it; use one of: {known}"
                )
            self.known[label] = len(self.known)
            self.first.append(row)
        return self.known[label]

    def gathered(self) -> NDArray[Any]:
        """Give the codes of everyone so far."""
        codes, self.codes = np.concatenate(self.codes), []
        return codes

    def attribute(self) -> Attribute:
        """Give the whole column, its words in alphabetical order."""
        codes = self.gathered()
        labels = sorted(self.known)
        place = {label: code for code, label in enumerate(labels)}
        return Codes(smallest(np.array([*(place[label] for label in self.known), -1])[codes]), tuple(labels))


class Counts:
    """An attribute that is a whole number of at least 0, given as numbers or, in a CSV file, as digits."""

    def __init__(self, name: str) -> None:
        self.name, self.values = name, [np.zeros(0, dtype=np.int8)]

    def add(self, column: pa.ChunkedArray, row: int) -> None:
        """Take the next people."""
        if not pa.types.is_integer(column.type):
            column = self.read(column, row)
        known = column.is_valid().to_numpy()
        values = column.fill_null(0).to_numpy()
        wrong = (values < 0) | (values > LARGEST)
        if wrong.any():
            place = int(wrong.argmax())
            raise self.refusal(row + place, values[place])
        # Wide enough for -1 first: in an unsigned column it would be a large number.
        self.values.append(smallest(np.where(known, values.astype(np.int64), -1)))

    def read(self, column: pa.ChunkedArray, row: int) -> pa.ChunkedArray:
        """Read digits as numbers."""
        if is_words(column.type):
            column = column.cast(pa.string())
            odd = pc.invert(pc.match_substring_regex(column, r"^[0-9]{1,18}$"))
            if pc.any(odd, min_count=0).as_py():
                place = pc.index(odd, value=True).as_py()
                raise self.refusal(row + place, repr(column[place].as_py()))
        return column.cast(pa.int64())

    def refusal(self, row: int, value: Any) -> CaseloadError:
        """Say which value is none."""
        return CaseloadError(
            f"column {self.name}, row {row + 1}: {value} means nothing here; give a whole number of at least 0 and at "
            f"most {LARGEST}, and leave it empty (null) where it is not known"
        )

    def attribute(self) -> Numbers:
        """Give the whole column."""
        return Numbers(np.concatenate(self.values))


def gather(
    tables: Iterable[pa.Table], evidence: Collection[str], values: Mapping[str, Collection[str] | None]
) -> Caseload:
    """Build a caseload from tables of whole blocks.

    `evidence` names the columns of proofs; `values` the attributes, each with the words it may hold, `NUMBERS`, or None when
    the column says itself what it is. Raises `CaseloadError`.
    """
    people = 0
    proofs = {name: Proofs(name) for name in evidence}
    attributes: dict[str, Words | Counts] = {}
    for table in tables:
        for name, proof in proofs.items():
            proof.add(table.column(name), people)
        for name, allowed in values.items():
            column = table.column(name)
            if name not in attributes:
                attributes[name] = kind_of(name, column.type, allowed)
            attributes[name].add(column, people)
        people += len(table)
    held = {name: proof.truths() for name, proof in proofs.items()}
    return Caseload(people, held, {name: each.attribute() for name, each in attributes.items()})


def kind_of(name: str, kind: pa.DataType, values: Collection[str] | None) -> Words | Counts:
    """Choose how a column is read."""
    words = is_words(kind) or pa.types.is_boolean(kind) or pa.types.is_null(kind)
    if pa.types.is_integer(kind) and values:
        raise CaseloadError(f"column {name} holds numbers ({kind}): give words, one of: {', '.join(sorted(values))}")
    if values == NUMBERS and pa.types.is_boolean(kind):
        raise CaseloadError(f"column {name} holds yes or no ({kind}): the procedure compares it with numbers")
    if not words and not pa.types.is_integer(kind):
        raise CaseloadError(
            f"column {name} is {kind}: give words, or whole numbers (int16, int32); null where not known"
        )
    return Words(name, values) if words and values != NUMBERS else Counts(name)


def is_words(kind: pa.DataType) -> bool:
    """Say whether a column holds words."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def smallest(values: NDArray[Any]) -> NDArray[Any]:
    """Keep whole numbers in the fewest bytes.

    >>> smallest(np.array([-1, 127])).dtype, smallest(np.array([128])).dtype
    (dtype('int8'), dtype('int16'))
    """
    most = int(values.max(initial=0))
    kinds = (np.int8, np.int16, np.int32, np.int64)
    return values.astype(next(kind for kind in kinds if most <= np.iinfo(kind).max))


def _words(chunk: pa.Array) -> pa.DictionaryArray:
    """Give a column as words and their numbers; true and false are yes and no."""
    if pa.types.is_boolean(chunk.type):
        return pa.DictionaryArray.from_arrays(chunk.cast(pa.int8()), pa.array(["no", "yes"]))
    if pa.types.is_null(chunk.type):
        chunk = chunk.cast(pa.string())
    if pa.types.is_string_view(chunk.type):
        chunk = chunk.cast(pa.large_string())
    return chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
