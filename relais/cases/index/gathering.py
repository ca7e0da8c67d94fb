"""Gathers a whole procedure into columns, a few thousand cases at a time, so that nothing larger than the index is held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from relais.cases.index.columns import CANNOT, HELD, NUMBERS, WORDS, Array, Column, Columns, Rows
from relais.procedures.caseload import pack


class Places(dict[Any, int]):
    """The place of each value, given when it is first met; 0 is for what is not known."""

    def __missing__(self, value: Any) -> int:
        place = self[value] = len(self)
        return place


def gather(chunks: Iterable[Rows], kinds: int) -> Columns:
    """Put together cases read in chunks; every chunk but the last has a number of cases that fills whole words of bits."""
    places = {name: Places({None: 0}) for name in (*WORDS, *NUMBERS)}
    codes: dict[str, list[Array]] = {name: [] for name in places}
    tokens: list[Array] = []
    held: list[Array] = []
    for rows in chunks:
        tokens.append(rows.tokens)
        states = rows.states(kinds).T
        lines = [pack(states[number] == state) for number in range(kinds) for state in (HELD, CANNOT)]
        held.append(np.stack(lines) if lines else np.zeros((0, 0), dtype=np.uint64))
        for name, known in places.items():
            found = np.fromiter(map(known.__getitem__, rows.answers[name]), dtype=np.uint32, count=len(rows))
            codes[name].append(found.astype(np.min_scalar_type(len(known) - 1)))
    if not tokens:
        return Columns.empty().with_rows(nobody(), kinds)
    answers = {
        name: Column(np.concatenate(codes[name]), tuple(value for value in known if value is not None))
        for name, known in places.items()
    }
    return Columns(np.concatenate(tokens), np.concatenate(held, axis=1), answers)


def nobody() -> Rows:
    """Give no case at all."""
    return Rows(np.zeros(0, dtype=np.uint64), (), dict.fromkeys((*WORDS, *NUMBERS), ()))
