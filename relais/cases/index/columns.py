"""What the index keeps of each case: two bits a proof, one small number an answer, and a token to find the case again.

Rows are in no order. A case that ends is replaced by the last row, so there is never a gap to skip or to clean up. Columns are
never changed in place: whoever is replaying keeps theirs while the next ones are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relais.cases.who import NUMBERS, WORDS, Answers
from relais.procedures.caseload import WORD, unpack

HELD, CANNOT = ord("1"), ord("2")

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One answer: `values[codes[i] - 1]` of the case in row i, 0 where it is not known.

    `values` are the words or the numbers anyone ever gave, in the order they were met.
    """

    codes: Array
    values: tuple[Any, ...]

    def taking(self, rows: Array, answers: Sequence[Any], people: int) -> Column:
        """Give the column for so many people, with the answers of some rows put in."""
        values = list(self.values)
        places = {value: place for place, value in enumerate(values, 1)}
        for answer in dict.fromkeys(answers):
            if answer is not None and answer not in places:
                values.append(answer)
                places[answer] = len(values)
        codes = np.zeros(people, dtype=np.min_scalar_type(len(values)))
        kept = min(people, len(self.codes))
        codes[:kept] = self.codes[:kept]
        codes[rows] = [0 if answer is None else places[answer] for answer in answers]
        return Column(codes, tuple(values))

    def decoded(self) -> Array:
        """Give the answer itself in each row."""
        return np.array([None, *self.values], dtype=object)[self.codes]


@dataclass(frozen=True, slots=True)
class Rows:
    """Some cases as read from the database: tokens, digits of what is known, who each person is, and what such a word says."""

    tokens: Array
    known: Sequence[str]
    people: Sequence[str]
    who: Mapping[str, Answers]

    def __len__(self) -> int:
        return len(self.known)

    def answers(self) -> dict[str, Sequence[Any]]:
        """Give the answers of each person by name, None if not known."""
        said = list(zip(*(self.who[word] for word in self.people), strict=True)) or [()] * len((*WORDS, *NUMBERS))
        return dict(zip((*WORDS, *NUMBERS), said, strict=True))

    def states(self, kinds: int) -> Array:
        """Give the digit of each kind of evidence, one row a case."""
        width = max(kinds, 1)
        # What is shorter ends in zero bytes, what is longer is cut.
        return np.array(self.known, dtype=f"S{width}").view(np.uint8).reshape(len(self), width)[:, :kinds]


@dataclass(frozen=True, slots=True)
class Columns:
    """The cases of a procedure. `held[2 * n]` are the bits of who holds evidence number n, the next of who cannot get it."""

    tokens: Array
    held: Array
    answers: dict[str, Column]

    @classmethod
    def empty(cls) -> Columns:
        """Give the columns of nobody."""
        nobody = {name: Column(np.zeros(0, dtype=np.uint8), ()) for name in (*WORDS, *NUMBERS)}
        return cls(np.zeros(0, dtype=np.uint64), np.zeros((0, 0), dtype=np.uint64), nobody)

    @property
    def people(self) -> int:
        """How many cases there are."""
        return len(self.tokens)

    @property
    def kinds(self) -> int:
        """How many kinds of evidence there are."""
        return len(self.held) // 2

    def arrays(self) -> dict[str, Array]:
        """Give every array under a name."""
        return {"tokens": self.tokens, "held": self.held} | {name: each.codes for name, each in self.answers.items()}

    def find(self, tokens: Array) -> Array:
        """Give the row of each token, -1 for one that is not here."""
        order = np.argsort(tokens)
        sought = tokens[order]
        place = np.minimum(np.searchsorted(sought, self.tokens), max(len(sought) - 1, 0))
        rows = np.full(len(tokens), -1, dtype=np.int64)
        if len(sought):
            here = np.flatnonzero(sought[place] == self.tokens)
            rows[order[place[here]]] = here
        return rows

    def without(self, tokens: Array) -> Columns:
        """Take cases out; the last rows move into the gaps."""
        gone = self.find(tokens)
        gone = np.sort(gone[gone >= 0])
        if not len(gone):
            return self
        people = self.people - len(gone)
        gaps = gone[gone < people]
        moving = np.setdiff1d(np.arange(people, self.people), gone, assume_unique=True)
        held = self.held.copy()
        _put(held, gaps, get_bits(held, moving))
        held = held[:, : -(-people // WORD)].copy()
        if people % WORD:
            held[:, -1] &= np.uint64((1 << people % WORD) - 1)
        answers = {name: replace(each, codes=_moved(each.codes, gaps, moving, people)) for name, each in self._items()}
        return Columns(_moved(self.tokens, gaps, moving, people), held, answers)

    def with_rows(self, rows: Rows, kinds: int) -> Columns:
        """Put cases in, each in the place it has or in a new one at the end."""
        kinds = max(kinds, self.kinds)
        at = self.find(rows.tokens)
        new = at < 0
        at[new] = self.people + np.arange(new.sum())
        people = self.people + int(new.sum())
        tokens = np.concatenate([self.tokens, rows.tokens[new]])
        held = np.zeros((2 * kinds, -(-people // WORD)), dtype=np.uint64)
        held[: len(self.held), : self.held.shape[1]] = self.held
        if len(rows):
            states = rows.states(kinds).T
            _put(held, at, np.stack([states == HELD, states == CANNOT], axis=1).reshape(2 * kinds, len(rows)))
        said = rows.answers()
        answers = {name: each.taking(at, said[name], people) for name, each in self._items()}
        return Columns(tokens, held, answers)

    def in_order(self) -> Iterator[tuple[str, Array]]:
        """Give what is known of each case in the order of the tokens, to compare with another index."""
        order = np.argsort(self.tokens)
        yield "tokens", self.tokens[order]
        for number, bits in enumerate(self.held):
            yield f"held {number}", unpack(bits, self.people)[order]
        for name, column in self._items():
            yield name, column.decoded()[order]

    def _items(self) -> list[tuple[str, Column]]:
        return list(self.answers.items())


def _moved(array: Array, gaps: Array, moving: Array, people: int) -> Array:
    moved = array.copy()
    moved[gaps] = moved[moving]
    return moved[:people].copy()


def get_bits(bits: Array, rows: Array) -> Array:
    """Read bits of some rows, a truth for each row of bits and each row asked for."""
    found: Array = (bits[:, rows // WORD] >> (rows % WORD).astype(np.uint64)) & np.uint64(1)
    truths: Array = found != 0
    return truths


def _put(bits: Array, rows: Array, truths: Array) -> None:
    """Write bits of some rows, each named once."""
    words, bit = rows // WORD, np.uint64(1) << (rows % WORD).astype(np.uint64)
    for line, true in zip(bits, truths, strict=True):
        np.bitwise_and.at(line, words, ~bit)
        np.bitwise_or.at(line, words[true], bit[true])
