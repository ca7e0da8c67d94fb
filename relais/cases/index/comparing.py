"""Of how many people two states of an index say something different.

Rows keep their place but where someone left, so most are compared where they stand, word by word; the others are looked up.
"""

from __future__ import annotations

from itertools import zip_longest

import numpy as np

from relais.cases.index.columns import Array, Column, Columns, get_bits
from relais.procedures.caseload import unpack

MANY = 100
"""One row in so many."""


def people_changed(one: Columns, other: Columns) -> int:
    """Count who came, who left, and of whom something else is known now."""
    shared = min(one.people, other.people)
    stays = one.tokens[:shared] == other.tokens[:shared]
    differs = _in_place(one, other, shared) & stays
    left = _others(stays, one.people)
    came = _others(stays, other.people)
    _tokens, here, there = np.intersect1d(one.tokens[left], other.tokens[came], assume_unique=True, return_indices=True)
    moved = int(_looked_up(one, left[here], other, came[there]).sum())
    return int(differs.sum()) + moved + len(left) + len(came) - 2 * len(here)


def _others(stays: Array, people: int) -> Array:
    """Give the rows that do not stand at the same place in both."""
    return np.concatenate([np.flatnonzero(~stays), np.arange(len(stays), people)])


def _in_place(one: Columns, other: Columns, people: int) -> Array:
    """Say of each of the first rows whether the two differ there."""
    words = -(-people // 64)
    nothing = np.zeros(words, dtype=np.uint64)
    bits = nothing.copy()
    for mine, theirs in zip_longest(one.held, other.held):
        bits |= (nothing if mine is None else mine[:words]) ^ (nothing if theirs is None else theirs[:words])
    differs: Array = unpack(bits, people).astype(bool)
    rows = slice(0, people)
    for name, column in one.answers.items():
        differs |= _answers_differ(column, rows, other.answers[name], rows)
    return differs


def _looked_up(one: Columns, here: Array, other: Columns, there: Array) -> Array:
    """Say of some rows of one and their rows in the other whether they differ."""
    found = np.zeros(len(here), dtype=bool)
    for mine, theirs in zip_longest(one.held, other.held):
        found |= _bits(mine, here, one.people) != _bits(theirs, there, other.people)
    for name, column in one.answers.items():
        found |= _answers_differ(column, here, other.answers[name], there)
    return found


def _bits(line: Array | None, rows: Array, people: int) -> Array:
    """Read one line of bits at some rows, a line that is not there as nobody's; many are read from the line laid out."""
    if line is None:
        return np.zeros(len(rows), dtype=bool)
    many = len(rows) * MANY > people
    truths: Array = unpack(line, people).astype(bool)[rows] if many else get_bits(line[None], rows)[0]
    return truths


def _answers_differ(one: Column, here: Array | slice, other: Column, there: Array | slice) -> Array:
    """Compare answers, which may have other numbers in each; an index that was followed only adds numbers."""
    if other.values[: len(one.values)] == one.values:
        same: Array = one.codes[here] != other.codes[there]
        return same
    places = {value: place for place, value in enumerate(one.values, 1)}
    meaning = np.array([0, *(places.get(value, -1) for value in other.values)], dtype=np.int64)
    differ: Array = one.codes[here].astype(np.int64) != meaning[other.codes[there]]
    return differ
