"""Count the people that every set of actions unlocks, all sets at once: for up to about 20 actions.

A situation that needs all of some actions is a term [needs within set]; one that needs one of several is expanded to such terms
by inclusion and exclusion (the Moebius transform of an *or*). The sum over subsets (zeta transform) of the terms then
gives the count of each of the 2^n sets in n 2^n / 2 additions (F. Yates, *The design and analysis of factorial experiments*, 1937; A. Bjorklund
et al., "Fourier meets Moebius: fast subset convolution", STOC 2007). The best set of each size is folded out of the counts one action at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from relais.procedures.caseload import WORD
from relais.procedures.masks import Situations

ACTIONS = 20
"""Up to how many actions every set is counted: 2^20 counts are 4 MB and some milliseconds."""

TERMS = 200_000
"""How many terms the situations may be expanded to; beyond it the sets are searched instead."""

ODD = 16
"""A few columns more than needed keep the rows of a table from competing for one place in the processor's memory."""

Whole = NDArray[np.int64]

Counts = NDArray[np.int64]
"""`counts[set]` for each of the 2^n sets, as masks."""


class TooManyTerms(ValueError):
    """Situations that would expand to more terms than are worth adding up."""


def every_subset(situations: Situations, people: NDArray[np.int64], actions: int) -> Counts:
    """Count the people whom each set of actions satisfies; `people` are those of each situation, or of a group of them.

    >>> two = Situations((0b01, 0b10, 0b11), np.array([[0b011], [0b100]], np.uint64), np.array([5, 7]), np.zeros((2, 0), bool))
    >>> every_subset(two, two.people, 2).tolist()  # 5 need both actions, 7 need either
    [0, 7, 7, 12]
    """
    needed, signs = _terms(situations, people)
    wide = np.int64 if int(np.abs(signs).sum()) >= 2**31 else np.int32
    return subset_sums(needed, signs.astype(wide), actions)


def subset_sums(needed: Whole, signs: Whole, actions: int) -> Counts:
    """Add up, for each set of actions, the signs of the terms whose needs are within it.

    >>> subset_sums(np.array([0b00, 0b01, 0b11]), np.array([1, 10, 1000]), 2).tolist()
    [1, 11, 1, 1011]
    """
    # Long rows add fast: each half of the actions is summed along rows of the other, first only where there is anything.
    low, high = actions // 2, actions - actions // 2
    above, column = np.unique(needed >> low, return_inverse=True)
    table = np.zeros((1 << low, len(above) + ODD), dtype=signs.dtype)[:, : len(above)]
    np.add.at(table, (needed & ((1 << low) - 1), column), signs)
    _sum_along(table, low)
    turned = np.zeros((1 << high, 1 << low), dtype=signs.dtype)
    turned[above] = table.T
    _sum_along(turned, high)
    return turned.reshape(-1)


def _sum_along(table: Counts, actions: int) -> None:
    """Add each row to those of the sets that also hold one more action."""
    for place in range(actions if table.size else 0):
        pairs = table.reshape(-1, 2, 1 << place, table.shape[1], copy=False)
        pairs[:, 1] += pairs[:, 0]


def flipped(counts: Counts, mask: int, actions: int) -> Counts:
    """Reverse the sense of some actions: `flipped(counts, mask, n)[set] == counts[set ^ mask]`.

    >>> flipped(np.array([1, 2, 3, 4]), 0b10, 2).tolist()
    [3, 4, 1, 2]
    """
    for place in range(actions):
        if mask >> place & 1:
            counts = counts.reshape(-1, 2, 1 << place)[:, ::-1].reshape(-1)
    return counts


def costs_of(costs: Sequence[int], actions: int) -> NDArray[np.int64]:
    """Add up the cost of every set.

    >>> costs_of([1, 5], 2).tolist()
    [0, 1, 5, 6]
    """
    total = np.zeros(1, dtype=np.int64)
    for place in range(actions):
        total = np.concatenate([total, total + costs[place]])
    return total


def best_of_each_size(values: Counts, actions: int, most: int) -> list[tuple[int, int] | None]:
    """Give the best set of each size up to `most`, as (value, mask); a value below 0 is not allowed.

    Between equals the action with the highest place is left out first.

    >>> best_of_each_size(np.array([0, 7, 7, 12]), 2, 2)
    [(0, 0), (7, 1), (12, 3)]
    """
    folds = [values.reshape(1, -1)]
    for place in reversed(range(actions)):
        halves = folds[-1].reshape(len(folds[-1]), 2, 1 << place)
        sizes = min(len(halves), most) + 1
        folded = np.full((sizes, 1 << place), -1, dtype=values.dtype)
        folded[: len(halves)] = halves[:sizes, 0]
        np.maximum(folded[1:], halves[: sizes - 1, 1], out=folded[1:])
        folds.append(folded)
    return [_unfold(folds, size, actions) for size in range(most + 1)]


def _unfold(folds: list[Counts], size: int, actions: int) -> tuple[int, int] | None:
    """Find back which set a best value came from."""
    if size >= len(folds[-1]) or folds[-1][size, 0] < 0:
        return None
    value, mask = int(folds[-1][size, 0]), 0
    for place in range(actions):
        before = folds[actions - 1 - place]
        if size and size <= len(before) and before[size - 1, mask | 1 << place] == value:
            mask, size = mask | 1 << place, size - 1
    return value, mask


def _terms(situations: Situations, people: Whole) -> tuple[Whole, Whole]:
    """Expand the situations to signed counts of sets that are needed whole."""
    needs = [
        (situations.needs[:, place // WORD] >> np.uint64(place % WORD)) & np.uint64(1) != 0
        for place in range(len(situations.clauses))
    ]
    single = [(clause, need) for clause, need in zip(situations.clauses, needs, strict=True) if clause.bit_count() == 1]
    several = [(clause, need) for clause, need in zip(situations.clauses, needs, strict=True) if clause.bit_count() > 1]
    mask = np.zeros(len(people), dtype=np.int64)
    for clause, need in single:
        mask |= np.where(need, clause, 0)
    # What is left to expand of each situation is numbered, so that situations with the same rest are one from there on.
    rest, levels = np.zeros(len(people), dtype=np.int64), []
    for _, need in reversed(several):
        level, rest = np.unique(rest * 2 + need, return_inverse=True)
        levels.append(level)
    sign = people.astype(np.int64)
    for clause, _ in several:
        found = levels.pop()[rest]
        rest, needed = found >> 1, (found & 1).astype(bool)
        if int(needed.sum()) << clause.bit_count() > TERMS:
            raise TooManyTerms
        then, there, minus = rest[needed], mask[needed], -sign[needed]
        parts = [(rest[~needed], mask[~needed], sign[~needed])]
        parts += [(then, there | part, minus if part.bit_count() % 2 == 0 else -minus) for part in _parts(clause)]
        rest, mask, sign = _merged(*(np.concatenate(each) for each in zip(*parts, strict=True)))
    return mask, sign


def _parts(clause: int) -> Iterator[int]:
    """Give every set of one or more actions of a clause.

    >>> list(_parts(0b101))
    [5, 4, 1]
    """
    part = clause
    while part:
        yield part
        part = (part - 1) & clause


def _merged(rest: Whole, mask: Whole, sign: Whole) -> tuple[Whole, Whole, Whole]:
    """Add up terms that need the same and have the same left to expand; what cancels out is gone."""
    order = np.lexsort((mask, rest))
    rest, mask, sign = rest[order], mask[order], sign[order]
    first = np.ones(len(rest), dtype=bool)
    first[1:] = (rest[1:] != rest[:-1]) | (mask[1:] != mask[:-1])
    start = np.flatnonzero(first)
    total = np.add.reduceat(sign, start) if len(start) else sign
    kept = total != 0
    return rest[start][kept], mask[start][kept], total[kept]
