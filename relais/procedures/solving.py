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
from relais.procedures.search import Found, Problem, Search, Tell, greedy, swapped, unheard


def compacted(collapsed: Collapsed, order: Sequence[Action], rules: Rules) -> tuple[Problem, tuple[int, ...]]:
    """Give the problem over the actions that could matter to anyone, and which of `order` these are.

    Those are the actions that clear something for someone, what widens conditions, and whatever these require.
    """
    place = {action.key: number for number, action in enumerate(order)}
    moved = [place[action.key] for action in collapsed.actions]
    widenings = sum(1 << number for number, each in enumerate(order) if each.is_harmful)
    gain, harm = _moved(collapsed.gain, moved), _moved(collapsed.harm, moved)
    problem = Problem(gain, harm, widenings, rules, collapsed.groups)
    useful = reduce(or_, (*gain.clauses, *harm.clauses), 0)
    kept = tuple(bits_of(reduce(or_, (rules.along[each] for each in bits_of(useful)), useful)))
    return _only(problem, kept), kept


def best_sets(problem: Problem, most: int | None, until: Callable[[], bool], tell: Tell = unheard) -> list[Found]:
    """Give the best set of each size: of all sizes, or of those up to `most` where sets are too many to count."""
    kept = _undominated(problem)
    lean = _only(problem, kept)
    try:
        found = _counted(lean)
    except TooManyTerms:
        found = _searched(lean, lean.rules.most if most is None else min(most, lean.rules.most), until, tell)
    # Actions that only do what others do better add nothing: a larger set is as good as the best one.
    longest = problem.rules.most if most is None or lean.actions <= ACTIONS else min(most, problem.rules.most)
    found += [found[-1]] * (longest + 1 - len(found))
    return [each if each.mask is None else replace(each, mask=_mask(each.mask, kept)) for each in found]


def _undominated(problem: Problem) -> tuple[int, ...]:
    """Leave out each action that another one can stand in for: it clears all the same and more, and costs no more.

    Only where no limit tells the two apart, so that exchanging one for the other is always allowed.
    """
    rules = problem.rules
    clears = [0] * problem.actions
    for number, clause in enumerate(problem.gain.clauses):
        for place in bits_of(clause):
            clears[place] |= 1 << number
    tied = reduce(or_, (rules.against[place] for place in range(problem.actions)), problem.widenings)
    tied |= reduce(or_, (mask for mask in rules.along if mask.bit_count() > 1), 0)
    free = [] if rules.ceilings else [place for place in range(problem.actions) if not tied >> place & 1]

    def stands_in(one: int, other: int) -> bool:
        cheap = rules.budget is None or rules.costs[one] <= rules.costs[other]
        more = clears[one] != clears[other] or one < other
        return one != other and cheap and more and clears[other] & ~clears[one] == 0

    gone = {other for other in free if any(stands_in(one, other) for one in free)}
    return tuple(place for place in range(problem.actions) if place not in gone)


def _counted(problem: Problem) -> list[Found]:
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


def _searched(problem: Problem, most: int, until: Callable[[], bool], tell: Tell) -> list[Found]:
    """Search for the best set of each size up to `most`; a larger set is looked for from the smaller ones."""
    found: list[Found] = []
    steps = greedy(problem, most)
    for size in range(most + 1):
        tell(size, max(0, found[-1].value) if found else 0, problem.gain.total)
        chosen = max((each for each in steps if each.bit_count() <= size), key=lambda each: each.bit_count())
        seeds = [chosen, swapped(problem, chosen, size, until)]
        seeds += [each.mask for each in found[-1:] if each.mask is not None]
        found.append(Search(problem, size, until, tell).run(seeds, problem.gain.total))
    return found


def gentler(problem: Problem, mask: int) -> int:
    """Leave out what adds nothing, and exchange an action for a gentler one that unlocks as many and harms no more."""
    value, harm = problem.value(mask), _harm(problem, mask)

    def as_good(other: int) -> bool:
        return problem.allows(other) and problem.value(other) >= value and _harm(problem, other) <= harm

    for place in reversed(bits_of(mask)):
        rest = mask & ~(1 << place)
        if as_good(rest):
            mask = rest
            continue
        others = [rest | 1 << other for other in range(place) if not mask >> other & 1]
        worth = zip(others, problem.values(others), strict=True)
        mask = next((other for other, unlocked in worth if unlocked >= value and as_good(other)), mask)
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


def _only(problem: Problem, kept: Sequence[int]) -> Problem:
    """Give the problem over some of its actions; the others are never taken."""
    rules = problem.rules
    to = [kept.index(place) if place in kept else -1 for place in range(problem.actions)]
    small = replace(
        rules,
        costs=tuple(rules.costs[each] for each in kept),
        along=tuple(_mask(rules.along[each], to) for each in kept),
        against=tuple(_mask(rules.against[each], to) for each in kept),
        most=min(rules.most, len(kept)),
    )
    return Problem(
        _moved(problem.gain, to), _moved(problem.harm, to), _mask(problem.widenings, to), small, problem.groups
    )


def _moved(situations: Situations, to: Sequence[int]) -> Situations:
    """Give the situations with each action at another place, or nowhere."""
    return replace(situations, clauses=tuple(_mask(clause, to) for clause in situations.clauses))


def _mask(mask: int, to: Sequence[int]) -> int:
    """Give a mask with each bit at another place; those that go to -1 are left out.

    >>> _mask(0b101, [3, 0, -1])
    8
    """
    return sum(1 << to[place] for place in bits_of(mask) if to[place] >= 0)
