"""People as columns of bits: what replay reads, built once from plain arrays and kept.

One bit a person: each kind of evidence is two rows of bits (held, cannot be got), each clause of a condition two rows (true,
false), each value of a grouping one. In every pair a person with neither bit is not known, so Kleene's logic is a handful of
bitwise operations on 64 people at a time (O'Neil and Quass, "Improved query performance with variant indexes", SIGMOD 1997).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from relais.procedures.terms import Clause, Held, Op

Bits = NDArray[np.uint64]
"""One bit a person, 64 to a word, the first person in the lowest bit; bits past the last person are 0."""

WORD = 64
BLOCK = 1 << 19
"""People handled at a time, so that the rows in use (64 kB each) stay close to the processor."""

NARROW = 32
"""Up to how many values an attribute is kept as one row of bits a value; above, a code a person takes less room."""

NUMBERED = 1_000
"""How many different numbers people may be grouped by: regions have numbers, people should not be found by theirs."""

NOT_KNOWN = ""
"""The value under which a grouping counts the people of whom it is not known."""


class CaseloadError(ValueError):
    """Arrays that are not a caseload; the message names the column, the row and the remedy."""


@dataclass(frozen=True, slots=True)
class Codes:
    """An attribute with a few values: `codes[i]` is an index into `labels`, or -1 where it is not known.

    >>> Codes.of(["female", None, "male"])
    Codes(codes=array([ 0, -1,  1], dtype=int16), labels=('female', 'male'))
    """

    codes: NDArray[Any]
    labels: tuple[str, ...]

    @classmethod
    def of(cls, values: Sequence[str | None], labels: Sequence[str] = ()) -> Codes:
        """Build codes from words, `None` where not known; labels not given are found, in alphabetical order."""
        known = tuple(labels) or tuple(sorted({value for value in values if value is not None}))
        index = {label: code for code, label in enumerate(known)}
        codes = (-1 if value is None else index[value] for value in values)
        return cls(np.fromiter(codes, dtype=np.int16, count=len(values)), known)


@dataclass(frozen=True, slots=True)
class Numbers:
    """An attribute that is a whole number of at least 0, such as an age in years; -1 where it is not known."""

    values: NDArray[Any]

    @classmethod
    def of(cls, values: Sequence[int | None]) -> Numbers:
        """Build numbers from a list, `None` where not known."""
        return cls(np.array([-1 if value is None else value for value in values], dtype=np.int32))

    def banded(self, starts: Sequence[int], labels: Sequence[str]) -> Codes:
        """Sort people into bands that begin at `starts`; below the first they are not known.

        >>> Numbers(np.array([17, 18, -1, 70])).banded([0, 18, 60], ["child", "adult", "elder"]).codes.tolist()
        [0, 1, -1, 2]
        """
        return Codes((np.searchsorted(starts, self.values, side="right") - 1).astype(np.int16), tuple(labels))

    def named(self, name: str) -> Codes:
        """Give each number its own value, e.g. the number of a region; raises `CaseloadError` where there are too many.

        >>> Numbers.of([7, None, 3]).named("region")
        Codes(codes=array([ 1, -1,  0]), labels=('3', '7'))
        """
        found = np.unique(self.values[self.values >= 0])
        if len(found) > NUMBERED:
            raise CaseloadError(
                f"cannot group by {name}: it holds {len(found):,} different numbers; sort them into bands, as ages are, "
                "or group by another column"
            )
        codes = np.searchsorted(found, self.values)
        return Codes(np.where(self.values < 0, -1, codes), tuple(map(str, found.tolist())))


@dataclass(frozen=True, slots=True)
class Values:
    """An attribute as one row of bits for each of its values; who is in none of them is not known.

    >>> Values.of(Codes.of(["female", None, "male"])).rows.tolist()
    [[1], [4]]
    """

    rows: NDArray[np.uint64]
    labels: tuple[str, ...]

    @classmethod
    def of(cls, codes: Codes) -> Values:
        """Give each value its row."""
        rows = np.zeros((len(codes.labels), -(-len(codes.codes) // WORD)), dtype=np.uint64)
        for code, row in enumerate(rows):
            row[:] = pack(codes.codes == code)
        return cls(rows, codes.labels)


Attribute = Codes | Numbers | Values


@dataclass(frozen=True, slots=True)
class Truths:
    """What is true and what is false of each person, in bits; neither is not known, both never happens."""

    true: Bits
    false: Bits

    def __and__(self, other: Truths) -> Truths:
        """Join by *and*, as `assess.every`."""
        return Truths(self.true & other.true, self.false | other.false)

    def __or__(self, other: Truths) -> Truths:
        """Join by *or*, as `assess.some`."""
        return Truths(self.true | other.true, self.false & other.false)


@dataclass(slots=True)
class Caseload:
    """Many people as bits. Build it with `Caseload.of`; `len(caseload)` is the number of people.

    >>> caseload = Caseload.of({"passport": [1, 0, 2]}, {"sex": Codes.of(["female", None, "male"])})
    >>> len(caseload), count(caseload.evidence("passport").false)
    (3, 1)
    """

    people: int
    held: dict[str, Truths]
    attributes: dict[str, Attribute]
    _clauses: dict[Clause, Truths] = field(default_factory=dict)
    _groups: dict[str, dict[str, Bits]] = field(default_factory=dict)
    _sizes: dict[str, dict[str, int]] = field(default_factory=dict)
    _numbered: dict[str, Codes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep attributes with few values as rows of bits."""
        self.attributes = {
            name: Values.of(each) if isinstance(each, Codes) and len(each.labels) <= NARROW else each
            for name, each in self.attributes.items()
        }

    @classmethod
    def of(
        cls,
        evidence: Mapping[str, ArrayLike],
        attributes: Mapping[str, Codes | Numbers] | None = None,
        people: int | None = None,
    ) -> Caseload:
        """Build a caseload from columns of equal length, one row a person.

        `evidence[key][i]` is 0 where it is not known, 1 held, 2 cannot be got (`terms.Held`). `attributes` are what
        conditions read and what people are grouped by. `people` is only needed when there is no column at all.
        Evidence and attributes that have no column are not known of anyone: see `lacks`.
        A row of 24 kinds of evidence takes 6 bytes. Raises `CaseloadError`.
        """
        columns = {key: np.asarray(column) for key, column in evidence.items()}
        attributes = dict(attributes or {})
        lengths = {key: len(column) for key, column in columns.items()}
        lengths |= {key: len(_raw(attribute)) for key, attribute in attributes.items()}
        people = people if people is not None else next(iter(lengths.values()), 0)
        for key, length in lengths.items():
            if length != people:
                raise CaseloadError(f"column {key} has {length} rows, the caseload {people}: give one row a person")
        for key, column in columns.items():
            _check(key, column, 0, 2, "0 (not known), 1 (held) or 2 (cannot be got)")
        for key, attribute in attributes.items():
            _check_attribute(key, attribute)
        held = {key: Truths(pack(each == Held.HELD), pack(each == Held.CANNOT)) for key, each in columns.items()}
        return cls(people, held, {**attributes})

    def __len__(self) -> int:
        """The number of people."""
        return self.people

    def evidence(self, key: str) -> Truths:
        """Who holds a kind of evidence (true) and who cannot get it (false)."""
        found = self.held.get(key)
        return self._unknown() if found is None else found

    def clause(self, clause: Clause) -> Truths:
        """Of whom a clause is true or false; worked out once and kept."""
        if clause not in self._clauses:
            self._clauses[clause] = self.clause_in(clause, slice(0, -(-self.people // WORD)))
        return self._clauses[clause]

    def clause_in(self, clause: Clause, part: slice) -> Truths:
        """Of whom of these words of people a clause is true or false; nothing is kept."""
        attribute = self.attributes.get(clause.attribute)
        return self._unknown(part) if attribute is None else _compare(clause, attribute, part)

    def groups(self, name: str) -> dict[str, Bits]:
        """The people of each value of a grouping, those of whom it is not known last; worked out once and kept."""
        if name not in self._groups:
            labels, rows = self.groups_in(name, slice(0, -(-self.people // WORD)))
            everyone = pack(np.ones(self.people, dtype=bool))
            not_known = everyone & ~np.bitwise_or.reduce(rows, axis=0, initial=0) if len(rows) else everyone
            self._groups[name] = dict(zip(labels, rows, strict=True)) | {NOT_KNOWN: not_known}
        return self._groups[name]

    def groups_in(self, name: str, part: slice) -> tuple[tuple[str, ...], NDArray[np.uint64]]:
        """The values of a grouping, and a row of bits for each: who of these words of people has it; nothing is kept."""
        attribute = self.attributes.get(name)
        if isinstance(attribute, Numbers):
            attribute = self._numbered.get(name) or self._numbered.setdefault(name, attribute.named(name))
        if attribute is None:
            raise CaseloadError(f"cannot group by {name}: there is no such column")
        if isinstance(attribute, Values):
            return attribute.labels, attribute.rows[:, part]
        values = Values.of(Codes(attribute.codes[_people(part)], attribute.labels))
        return values.labels, values.rows

    def sizes(self, name: str) -> dict[str, int]:
        """How many people each value of a grouping has, those of whom it is not known last; worked out once and kept."""
        if name not in self._sizes:
            found: dict[str, int] = {}
            for part in blocks(self.people):
                for label, row in zip(*self.groups_in(name, part), strict=True):
                    found[label] = found.get(label, 0) + count(row)
            self._sizes[name] = found | {NOT_KNOWN: self.people - sum(found.values())}
        return self._sizes[name]

    @property
    def known(self) -> frozenset[str]:
        """The attributes of which something is known of at least one person; of nobody, every column there is."""
        return frozenset(name for name, each in self.attributes.items() if not self.people or _is_known(each))

    @property
    def nbytes(self) -> int:
        """How much memory the people take."""
        evidence = sum(each.true.nbytes + each.false.nbytes for each in self.held.values())
        return evidence + sum(_raw(each).nbytes for each in self.attributes.values())

    def _unknown(self, part: slice = slice(None)) -> Truths:
        """Nothing known of anyone."""
        words = -(-self.people // WORD)
        nobody = np.zeros(len(range(words)[part]), dtype=np.uint64)
        return Truths(nobody, nobody)


def pack(people: NDArray[np.bool_]) -> Bits:
    """Turn one truth a person into bits.

    >>> pack(np.array([True, False, True])).tolist()
    [5]
    """
    words = -(-len(people) // WORD)
    packed = np.zeros(words * 8, dtype=np.uint8)
    bits = np.packbits(people, bitorder="little")
    packed[: len(bits)] = bits
    return packed.view("<u8").astype(np.uint64, copy=False)


def unpack(bits: Bits, people: int) -> NDArray[np.uint8]:
    """Turn bits back into 0 or 1 a person.

    >>> unpack(pack(np.array([True, False, True])), 3).tolist()
    [1, 0, 1]
    """
    return np.unpackbits(bits.astype("<u8").view(np.uint8), count=people, bitorder="little")


def count(bits: Bits) -> int:
    """Count the people in a row of bits."""
    return int(np.add.reduce(np.bitwise_count(bits), dtype=np.uint32))


def _raw(attribute: Attribute) -> NDArray[Any]:
    """The array behind an attribute."""
    match attribute:
        case Codes():
            return attribute.codes
        case Numbers():
            return attribute.values
        case Values():
            return attribute.rows


def _is_known(attribute: Attribute) -> bool:
    """Say whether an attribute holds anything at all."""
    raw = _raw(attribute)
    return bool(raw.any() if isinstance(attribute, Values) else (raw >= 0).any())


def _people(part: slice) -> slice:
    """The people in these words."""
    return slice(part.start * WORD, part.stop * WORD)


def _check(key: str, column: NDArray[Any], least: int, most: int | None, allowed: str) -> None:
    """Refuse a column with a value that means nothing, and say where the first one stands."""
    if column.ndim != 1 or (column.size and not np.issubdtype(column.dtype, np.integer)):
        raise CaseloadError(
            f"column {key} is {column.dtype} in {column.ndim} dimensions: give whole numbers, {allowed}"
        )
    wrong = column < least if most is None else (column < least) | (column > most)
    if wrong.any():
        row = int(wrong.argmax())
        raise CaseloadError(f"column {key}, row {row}: {column[row]} means nothing here; use {allowed}")


def _check_attribute(key: str, attribute: Codes | Numbers) -> None:
    """Refuse codes without a label and numbers below zero."""
    if isinstance(attribute, Numbers):
        _check(key, attribute.values, -1, None, "-1 (not known) or a number of at least 0")
        return
    if NOT_KNOWN in attribute.labels or len(set(attribute.labels)) < len(attribute.labels):
        raise CaseloadError(f"column {key}: each label is given once and is not empty")
    _check(
        key, attribute.codes, -1, len(attribute.labels) - 1, f"-1 (not known) or the index of one of {attribute.labels}"
    )


def _compare(clause: Clause, attribute: Attribute, part: slice) -> Truths:
    """Say of whom of these words of people a clause is true and of whom false."""
    if clause.is_numeric != isinstance(attribute, Numbers):
        kind = "numbers" if isinstance(attribute, Numbers) else f"one of {attribute.labels}"
        raise CaseloadError(f"column {clause.attribute} holds {kind}: it cannot be compared with {clause.value!r}")
    if isinstance(attribute, Values):
        return _compare_rows(clause, attribute, part)
    raw = _raw(attribute)[_people(part)]
    known = raw >= 0
    match clause.op:
        case Op.GE:
            true = raw >= clause.value
        case Op.LT:
            true = known & (raw < clause.value)
        case _:
            wanted = clause.values if isinstance(attribute, Numbers) else _codes(attribute, clause)
            true = known & (np.isin(raw, list(wanted)) == (clause.op in (Op.IS, Op.IN)))
    return Truths(pack(true), pack(known & ~true))


def _compare_rows(clause: Clause, values: Values, part: slice) -> Truths:
    """Compare where every value has its row: those wanted on one side, all the others on the other."""
    wanted = _codes(values, clause)
    others = [code for code in range(len(values.labels)) if code not in wanted]
    named, other = (np.bitwise_or.reduce(values.rows[codes, part], axis=0, initial=0) for codes in (wanted, others))
    return Truths(named, other) if clause.op in (Op.IS, Op.IN) else Truths(other, named)


def _codes(attribute: Codes | Values, clause: Clause) -> list[int]:
    """The codes of the values a clause names; a value nobody has is simply nobody's."""
    return [code for code, label in enumerate(attribute.labels) if label in clause.values]


def blocks(people: int) -> Iterator[slice]:
    """Cut the words of a caseload into blocks of `BLOCK` people.

    >>> list(blocks(100))
    [slice(0, 2, None)]
    """
    step, words = BLOCK // WORD, -(-people // WORD)
    for start in range(0, max(1, words), step):
        yield slice(start, min(start + step, words))
