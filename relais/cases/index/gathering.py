"""Gathers a whole procedure into columns, some thousand cases at a time, so that nothing larger than the index is held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from relais.cases.index.columns import CANNOT, HELD, Array, Column, Columns, Rows
from relais.cases.who import NUMBERS, WORDS, Answers
from relais.procedures.caseload import pack


class Places(dict[Any, int]):
    """The place of each value, given when it is first met."""

    def __missing__(self, value: Any) -> int:
        place = self[value] = len(self)
        return place

    def of(self, values: Iterable[Any], count: int) -> Array:
        """Give the place of each of so many values."""
        return np.fromiter(map(self.__getitem__, values), dtype=np.uint32, count=count)


def gather(chunks: Iterable[Rows], kinds: int) -> Columns:
    """Put together cases read in chunks; every chunk but the last has a number of cases that fills whole words of bits."""
    words = Places()
    people: list[Array] = []
    tokens: list[Array] = []
    held: list[Array] = []
    who: Mapping[str, Answers] = {}
    for rows in chunks:
        tokens.append(rows.tokens)
        states = rows.states(kinds).T
        lines = [pack(states[number] == state) for number in range(kinds) for state in (HELD, CANNOT)]
        held.append(np.stack(lines) if lines else np.zeros((0, 0), dtype=np.uint64))
        people.append(words.of(rows.people, len(rows)))
        who = rows.who
    if not tokens:
        return Columns.empty().with_rows(nobody(), kinds)
    of_words, word = [who[each] for each in words], np.concatenate(people)
    answers = {name: _column([said[place] for said in of_words], word) for place, name in enumerate((*WORDS, *NUMBERS))}
    return Columns(np.concatenate(tokens), np.concatenate(held, axis=1), answers)


def _column(said: list[Any], word: Array) -> Column:
    """Number what each word says, 0 for what is not known, and give each person the number of their word."""
    numbers = Places({None: 0})
    of_word = numbers.of(said, len(said))
    codes = of_word.astype(np.min_scalar_type(len(numbers) - 1))[word]
    return Column(codes, tuple(value for value in numbers if value is not None))


def nobody() -> Rows:
    """Give no case at all."""
    return Rows(np.zeros(0, dtype=np.uint64), (), (), {})
