"""From a collapsed caseload to the best set of each size, by counting every set or by searching."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_

import numpy as np

from relais.procedures.actions import Action
from relais.procedures.lattice import (
    ACTIONS,
    Counts,
    TooManyTerms,
    best_of_each_size,
    costs_of,
    every_subset,
    flipped,
)
from relais.procedures.limits import Rules
from relais.procedures.masks import Collapsed, Situations, bits_of
from relais.procedures.search import Found, Problem, Search, greedy, swapped


def compacted(collapsed: Collapsed, order: Sequence[Action], rules: Rules) -> tuple[Problem, tuple[int, ...]]:
    """Give the problem over the actions that could matter to anyone, and which of `order` these are.

    Those are the actions that clear something for someone, what widens conditions, and whatever these require.
    """
    place = {action.key: number for number, action in enumerate(order)}
    moved = [place[action.key] for action in collapsed.actions]
    gain, harm = _moved(collapsed.gain, moved), _moved(collapsed.harm, moved)
    useful = reduce(or_, (*gain.clauses, *harm.clauses), 0)
    useful = reduce(or_, (rules.along[each] for each in bits_of(useful)), useful)
    kept = tuple(bits_of(useful))
    to = [kept.index(number) if number in kept else -1 for number in range(len(order))]
    small = replace(
        rules,
        costs=tuple(rules.costs[each] for each in kept),
        along=tuple(_mask(rules.along[each], to) for each in kept),
        against=tuple(_mask(rules.against[each] & useful, to) for each in kept),
        most=min(rules.most, len(kept)),
    )
    widenings = sum(1 << number for number, each in enumerate(kept) if order[each].is_harmful)
    return Problem(_moved(gain, to), _moved(harm, to), widenings, small, collapsed.groups), kept


def counted(problem: Problem) -> list[Found]:
    """Count every set and give the best of each size; raises `TooManyTerms` when there are too many to count."""
    number, rules = problem.actions, problem.rules
    if number > ACTIONS:
        raise TooManyTerms
    values = _every(problem, problem.gain)
    if not rules.is_free or rules.floors or rules.ceilings:
        values = values.astype(np.int64)
        values[_forbidden(problem)] = -1
    sizes = best_of_each_size(values, number, rules.most)
    found: list[Found] = []
    for best in sizes:
        before = found[-1] if found else Found(None, -1, -1)
        found.append(Found(best[1], best[0], best[0]) if best is not None and best[0] > before.value else before)
    return found


def searched(problem: Problem, most: int, until: Callable[[], bool]) -> list[Found]:
    """Search for the best set of each size up to `most`; a larger set is looked for from the smaller ones."""
    found: list[Found] = []
    ceiling = problem.gain.count(((1 << problem.actions) - 1) & ~problem.widenings ^ problem.widenings)
    for size in range(most + 1):
        chosen = greedy(problem, size)[-1]
        seeds = [chosen, swapped(problem, chosen, size, until)]
        seeds += [each.mask for each in found[-1:] if each.mask is not None]
        found.append(Search(problem, size, until).run(seeds, ceiling))
    return found


def gentler(problem: Problem, mask: int) -> int:
    """Leave out what adds nothing, and exchange an action for a gentler one that unlocks as many and harms no more."""
    value, harm = problem.value(mask), _harm(problem, mask)

    def as_good(other: int) -> bool:
        return problem.allows(other) and problem.value(other) >= value and _harm(problem, other) <= harm

    for place in reversed(bits_of(mask)):
        if as_good(mask & ~(1 << place)):
            mask &= ~(1 << place)
            continue
        others = (1 << other for other in range(place) if not mask >> other & 1)
        mask = next((other for bit in others if as_good(other := mask & ~(1 << place) | bit)), mask)
    return mask


def _harm(problem: Problem, mask: int) -> int:
    """Count whom a set newly blocks."""
    return problem.harm.total - problem.harm.count(mask ^ problem.widenings)


def _every(problem: Problem, situations: Situations, group: int | None = None) -> Counts:
    """Count, for every set, the people of a group whose clauses it satisfies."""
    people = situations.people if group is None else situations.people * situations.within[:, group]
    return flipped(every_subset(situations, people, problem.actions), problem.widenings, problem.actions)


def _forbidden(problem: Problem) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say of every set whether some limit but the size forbids it."""
    rules, number = problem.rules, problem.actions
    sets = np.arange(1 << number)
    wrong = np.zeros(1 << number, dtype=bool)
    for place in range(number):
        has, needs, not_with = sets >> place & 1 != 0, rules.along[place], rules.against[place]
        if needs.bit_count() > 1:
            wrong |= has & (sets & needs != needs)
        if not_with:
            wrong |= has & (sets & not_with != 0)
    if rules.budget is not None:
        wrong |= costs_of(rules.costs, number) > rules.budget
    for floor in rules.floors:
        wrong |= _every(problem, problem.gain, problem.groups.index((floor.by, floor.value))) < floor.at_least
    for ceiling in rules.ceilings:
        group = problem.groups.index((ceiling.by, ceiling.value))
        all_of_them = int((problem.harm.people * problem.harm.within[:, group]).sum())
        wrong |= all_of_them - _every(problem, problem.harm, group) > ceiling.at_most
    return wrong


def _moved(situations: Situations, to: Sequence[int]) -> Situations:
    """Give the situations with each action at another place."""
    return replace(situations, clauses=tuple(_mask(clause, to) for clause in situations.clauses))


def _mask(mask: int, to: Sequence[int]) -> int:
    """Give a mask with each bit at another place."""
    return sum(1 << to[place] for place in bits_of(mask))
