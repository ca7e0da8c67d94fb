"""Bundles: two or three actions that do little apart and much together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from relais.procedures.actions import Action
from relais.procedures.caseload import WORD
from relais.procedures.masks import bits_of
from relais.procedures.search import Problem

LOOKED_AT = 200
"""How many of the largest situations are looked at for bundles, and how many of the likeliest bundles are weighed."""

FAR_ABOVE = 2
"""A bundle unlocks at least so many times what its parts do apart."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Actions that only work together: what all of them unlock, and the most that their parts unlock apart, added up."""

    actions: tuple[Action, ...]
    together: int
    apart: int


def bundles(problem: Problem, actions: Sequence[Action], blocked: int, most: int = 10) -> tuple[Bundle, ...]:
    """Find the pairs and triples that unlock at least one in a hundred of the blocked, and twice what their parts do.

    The parts of a triple may be a pair and a single action. The bundle that adds most comes first; of those that do the same about the same
    requirements the gentlest stands for all.
    """
    found: dict[tuple[frozenset[str], int], tuple[int, Bundle]] = {}
    for mask in _likely(problem):
        places = bits_of(mask)
        together = problem.value(mask)
        apart = max(problem.value(mask & ~(1 << each)) + problem.value(1 << each) for each in places)
        if together * 100 >= blocked and together >= FAR_ABOVE * apart and together > 0:
            about = frozenset(actions[each].requirement or actions[each].step for each in places)
            bundle = Bundle(tuple(actions[each] for each in places), together, apart)
            same = found.get((about, together))
            if same is None or mask < same[0]:
                found[about, together] = mask, bundle
    ranked = sorted(found.values(), key=lambda pair: (pair[1].apart - pair[1].together, pair[0]))
    return tuple(bundle for _, bundle in ranked[:most])


def _likely(problem: Problem) -> list[int]:
    """Give the sets of two or three actions that some situations need, those that most people need first."""
    gain = problem.gain
    sizes = np.bitwise_count(gain.needs).sum(axis=1)
    people: dict[int, int] = {}
    rows = np.flatnonzero((sizes >= 2) & (sizes <= 3))
    for row in rows[np.argsort(-gain.people[rows], kind="stable")][:LOOKED_AT].tolist():
        mask = sum(int(word) << WORD * number for number, word in enumerate(gain.needs[row].tolist()))
        clauses = [gain.clauses[place] & ~problem.widenings for place in bits_of(mask)]
        for chosen in _choices([bits_of(clause) for clause in clauses]):
            if 2 <= chosen.bit_count() <= 3 and _stand(problem, chosen):
                people[chosen] = people.get(chosen, 0) + int(gain.people[row])
    return sorted(people, key=lambda mask: (-people[mask], mask))[:LOOKED_AT]


def _choices(clauses: Sequence[Sequence[int]]) -> set[int]:
    """Give every way to take one action of each clause."""
    found = {0}
    for clause in clauses:
        found = {mask | 1 << place for mask in found for place in clause}
    return found


def _stand(problem: Problem, mask: int) -> bool:
    """Say whether the actions may be taken together."""
    return not any(problem.rules.against[one] >> other & 1 for one, other in combinations(bits_of(mask), 2))
