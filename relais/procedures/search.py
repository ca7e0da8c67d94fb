"""Look for the best set among too many to count: greedy and swaps for a good one, branch and bound for the proof.

The bound shares out each situation's people over the clauses it still needs, and a clause's share over each action that satisfies
it: no set of j more actions unlocks more than the j largest sums (weak duality of the linear relaxation, as for the densest
k-subhypergraph; A. H. Land and A. G. Doig, *Econometrica* 28, 1960). Situations that need more than j more actions are left out first, which is what
makes it tight. Stopped early, what is left of the tree still bounds the best there can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import add, and_, or_

import numpy as np
from numpy.typing import NDArray

from relais.procedures.caseload import WORD
from relais.procedures.limits import Rules
from relais.procedures.masks import Situations, bits_of, words_of

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Places = NDArray[np.int64]

Tell = Callable[[int, int, int], None]
"""Told, when it changes, of sets of which size is looked for, how many the best so far unlocks, and how many any could."""

FEW = 4
"""From how many sets on it pays to look at what they have in common."""

SLACK = 1e-6
"""Shares are fractions of people and add up to whole people: less than this is rounding."""


def unheard(_size: int, _best: int, _bound: int) -> None:
    """Tell nobody how far a search is."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best set found, as a mask and how many it unlocks, and how many any set at all could: equal means proven.

    `mask` is `None` when no set within the limits was found.
    """

    mask: int | None
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether no other set is better."""
        return self.bound <= self.value or (self.mask is None and self.bound < 0)


@dataclass
class Problem:
    """Situations, widenings and limits over the same places; asks what a set does and whether it may be taken."""

    gain: Situations
    harm: Situations
    widenings: int
    rules: Rules
    groups: tuple[tuple[str, str], ...] = ()
    _known: dict[int, tuple[int, bool]] = field(default_factory=dict)

    @property
    def actions(self) -> int:
        """How many actions there are."""
        return len(self.rules.costs)

    def value(self, mask: int) -> int:
        """Count whom a set unlocks."""
        return self.weigh(mask)[0]

    def values(self, masks: Sequence[int]) -> list[int]:
        """Count whom each of some sets unlocks, faster where they have most of their actions in common."""
        shared = reduce(and_, masks, -1)
        joined = reduce(or_, masks, 0)
        if len(masks) < FEW or (joined ^ shared) & self.widenings:
            return [self.value(mask) for mask in masks]
        left = self.gain.left(shared ^ self.widenings)
        # Only those near enough can make a difference: whoever lacks more clauses than any action satisfies stays where they are.
        most = self.at_once * max((mask ^ shared).bit_count() for mask in masks)
        near = self.gain.only((left != 0) & (self.lacking(shared) <= most))
        done = int(self.gain.people[left == 0].sum())
        return [done + near.count(mask ^ self.widenings) for mask in masks]

    def lacking(self, mask: int) -> Places:
        """Count the clauses each situation still lacks."""
        gain, taken = self.gain, mask ^ self.widenings
        unmet = words_of(sum(1 << p for p, clause in enumerate(gain.clauses) if not clause & taken), gain.width)
        counts = (np.bitwise_count(gain.needs[:, word] & unmet[word]).astype(np.int64) for word in range(gain.width))
        return reduce(add, counts)

    @cached_property
    def at_once(self) -> int:
        """How many clauses of one situation an action satisfies at most."""
        clauses = self.gain.clauses
        if all(clause.bit_count() == 1 for clause in clauses):
            return 1
        hits = [sum(1 << p for p, clause in enumerate(clauses) if clause >> a & 1) for a in range(self.actions)]
        words = (words_of(hit, self.gain.width) for hit in hits)
        return max(
            (int(np.bitwise_count(self.gain.needs & each).sum(axis=1).max(initial=1)) for each in words), default=1
        )

    def allows(self, mask: int) -> bool:
        """Say whether a set keeps to all limits."""
        return self.rules.fits(mask) and self.weigh(mask)[1]

    def weigh(self, mask: int) -> tuple[int, bool]:
        """Count whom a set unlocks, and say whether it keeps to the floors and ceilings."""
        if mask not in self._known:
            freed = self.gain.satisfied(mask ^ self.widenings)
            kept = self.meets_floors(freed)
            if kept and self.rules.ceilings:
                shut = ~self.harm.satisfied(mask ^ self.widenings)
                kept = all(self._in(self.harm, shut, c.by, c.value) <= c.at_most for c in self.rules.ceilings)
            self._known[mask] = int(self.gain.people[freed].sum()), kept
        return self._known[mask]

    def meets_floors(self, freed: Flags) -> bool:
        """Say whether enough people of each group are in these situations."""
        return all(self._in(self.gain, freed, each.by, each.value) >= each.at_least for each in self.rules.floors)

    def _in(self, situations: Situations, chosen: Flags, by: str, value: str) -> int:
        """Count the chosen people of a group."""
        return int(situations.people[chosen & situations.within[:, self.groups.index((by, value))]].sum())

    def additions(self, mask: int) -> Iterator[int]:
        """Give the sets that are one action more, with what it brings along."""
        for place in range(self.actions):
            if not mask >> place & 1 and self.rules.fits(more := mask | self.rules.along[place]):
                yield more


def greedy(problem: Problem, most: int, promise: Sequence[float] | None = None) -> list[int]:
    """Take, again and again, the action that unlocks most people now; between equals the one that promises most.

    Gives the set after each choice, from none on; what an action requires is taken with it. Limits on groups are not looked at.
    """
    sets = [0]
    promise = promise or [0.0] * problem.actions
    while True:
        more = [each for each in problem.additions(sets[-1]) if each.bit_count() <= most]
        if not more:
            return sets
        new = [sum(promise[place] for place in bits_of(each & ~sets[-1])) for each in more]
        found = zip(problem.values(more), new, (-each for each in more), strict=True)
        sets.append(-max(found)[2])


def top_blockers(problem: Problem, bars: Sequence[int], most: int) -> list[int]:
    """Take the actions with the longest bars, as one does who reads the bar chart; the set after each choice."""
    sets = [0]
    for place in sorted(range(problem.actions), key=lambda place: (-bars[place], place)):
        more = sets[-1] | problem.rules.along[place]
        if more != sets[-1] and more.bit_count() <= most and problem.rules.fits(more):
            sets.append(more)
    return sets


def swapped(problem: Problem, mask: int, most: int, until: Callable[[], bool]) -> int:
    """Exchange one action for another as long as that unlocks more people."""
    while not until():
        sets = [more for place in bits_of(mask) for more in _exchanged(problem, mask, place, most)]
        value, better = max(sets, default=(-1, mask))
        if value <= problem.value(mask):
            return mask
        mask = better
    return mask


def _exchanged(problem: Problem, mask: int, place: int, most: int) -> list[tuple[int, int]]:
    """Give what each set unlocks that has another action in place of one."""
    more = [each for each in problem.additions(_without(problem, mask, place)) if each.bit_count() <= most]
    return list(zip(problem.values(more), more, strict=True))


def _without(problem: Problem, mask: int, place: int) -> int:
    """Give a set without an action and whatever requires it."""
    return sum(1 << each for each in bits_of(mask) if not problem.rules.along[each] >> place & 1)


class Search:
    """Branch and bound for one size; `Search(problem, most, until).run(seeds)`."""

    def __init__(self, problem: Problem, most: int, until: Callable[[], bool], tell: Tell = unheard) -> None:
        """Lay the situations out as pairs of a situation and a clause it needs."""
        self.problem, self.most, self.until, self.tell = problem, most, until, tell
        gain, actions = problem.gain, problem.actions
        clauses = range(len(gain.clauses))
        self.has = np.array([[clause >> a & 1 for a in range(actions)] for clause in gain.clauses], dtype=bool)
        self.has = self.has.reshape(len(gain.clauses), actions)
        widening = np.array([problem.widenings >> a & 1 for a in range(actions)], dtype=bool)
        self.good, self.bad = self.has & ~widening, self.has & widening
        needs = [np.flatnonzero(gain.needs[:, p // WORD] >> np.uint64(p % WORD) & np.uint64(1)) for p in clauses]
        self.situation = np.concatenate([*needs, np.zeros(0, dtype=np.int64)])
        self.clause = np.repeat(np.arange(len(gain.clauses)), [len(each) for each in needs])
        self.people = gain.people.astype(np.float64)
        self.hits = self._hits()
        # With a ceiling on harm, an action that unlocks nobody may still spare those whom a widened condition shuts out.
        spares = problem.harm.clauses if problem.rules.ceilings else ()
        self.sparing = reduce(or_, spares, 0) & ~problem.widenings
        self.best: int | None = None
        self.bound = gain.total
        self.best_value, self.open_bound, self.ceiling, self.stopped = -1, -1, 0, False

    def _hits(self) -> Floats:
        """Say how much of an action a clause takes at least: less than one where one action satisfies several at once."""
        if self.problem.at_once == 1:
            return np.ones(len(self.good))
        rows = np.zeros((len(self.people), len(self.problem.gain.clauses)), dtype=np.float32)
        rows[self.situation, self.clause] = 1
        shared = (rows @ self.good.astype(np.float32)).max(axis=0, initial=1)
        return np.array([1 / shared[mine].max(initial=1) for mine in self.good], dtype=np.float64)

    def run(self, seeds: list[int], ceiling: int) -> Found:
        """Search from the best of some sets; no set is known to unlock more than `ceiling`."""
        for seed in seeds:
            if seed.bit_count() <= self.most:
                self._offer(seed, self.problem.value(seed))
        order = np.lexsort((self.clause, self.situation))
        needing = np.zeros(len(self.people), dtype=bool)
        needing[self.situation] = True
        self.ceiling = ceiling
        self._node(0, 0, (self.situation[order], self.clause[order]), int(self.people[~needing].sum()))
        bound = max(self.best_value, self.open_bound)
        return Found(self.best, self.best_value, min(ceiling, bound))

    def _offer(self, mask: int, value: int) -> None:
        """Keep a set if it is better than the best, and allowed."""
        if value > self.best_value and self.problem.allows(mask):
            self.best, self.best_value = mask, value
            self.tell(self.most, value, self.bound)

    def _node(self, taken: int, out: int, pairs: tuple[Places, Places], done: int) -> None:
        """Search all sets that hold `taken` and nothing of `out`; `done` people need nothing of what is left in `pairs`."""
        rules, left = self.problem.rules, self.most - taken.bit_count()
        while self.best_value < self.ceiling:
            out |= self._impossible(taken, out)
            pairs, done, spared, shares = self._reduce(taken, out, pairs, done, left)
            self._offer(taken, done + spared)
            bound = done + spared + int(self._most_of(shares, left, taken) + SLACK)
            if bound <= self.best_value or not self._reaches_floors(taken, pairs[0]):
                return
            choice = self._choose(taken, out, shares)
            if choice is None:
                return
            if self.stopped or self.until():
                self.stopped, self.open_bound = True, max(self.open_bound, bound)
                return
            if not taken:
                # All sets not looked at yet are under the root: its bound is the bound of the whole search.
                self.bound = min(self.ceiling, bound)
                self.tell(self.most, max(0, self.best_value), self.bound)
            self._node(taken | rules.along[choice], out, pairs, done)
            out |= 1 << choice

    def _impossible(self, taken: int, out: int) -> int:
        """Name the actions that can no longer join a set."""
        rules, mask = self.problem.rules, 0
        for place in [] if rules.is_free else range(self.problem.actions):
            if not (taken | out) >> place & 1:
                more = taken | rules.along[place]
                mask |= 0 if not more & out and self._fits(more) else 1 << place
        return mask

    def _fits(self, mask: int) -> bool:
        """Say whether a set keeps to the size searched and to what does not depend on people."""
        return mask.bit_count() <= self.most and self.problem.rules.fits(mask)

    def _reduce(
        self, taken: int, out: int, pairs: tuple[Places, Places], done: int, left: int
    ) -> tuple[tuple[Places, Places], int, int, Floats]:
        """Leave out the pairs that are satisfied and the situations that are done or beyond reach, and share out the rest.

        Also counts those who only need that some condition is not widened, and gives each action's share.
        """
        situation, clause = pairs
        if not len(clause):
            return pairs, done, 0, np.zeros(self.problem.actions)
        has, not_out = self._flags(taken), ~self._flags(taken | out)
        met = (self.good & has).any(axis=1)
        spared = (self.bad & ~has).any(axis=1) & ~met
        beyond = ~(met | spared | (self.good & not_out).any(axis=1))
        need = np.where(met | spared, 0.0, self.hits) + np.where(beyond, np.inf, 0.0)
        first = np.flatnonzero(np.concatenate([[True], situation[1:] != situation[:-1]]))
        length = np.diff(np.append(first, len(situation)))
        q, open_ = np.add.reduceat(need[clause], first), np.add.reduceat((~met)[clause].astype(np.int64), first)
        people = self.people[situation[first]]
        done += int(people[open_ == 0].sum())
        free = int(people[(q == 0) & (open_ > 0)].sum())
        kept = (open_ > 0) & (q <= left + SLACK)
        share = np.divide(people, q, out=np.zeros_like(people), where=kept & (q > 0))
        keep = np.repeat(kept, length) & ~met[clause]
        weights = np.repeat(share, length)[keep]
        situation, clause = situation[keep], clause[keep]
        sums = np.bincount(clause, weights=weights, minlength=len(need)) * np.where(met | spared, 0.0, self.hits)
        return (situation, clause), done, free, (sums @ self.good) * not_out

    def _most_of(self, shares: Floats, left: int, taken: int) -> float:
        """Add up the most that the actions still allowed could be given."""
        ranked = np.sort(shares)[::-1]
        most = float(ranked[: max(0, left)].sum())
        rules = self.problem.rules
        if rules.budget is None:
            return most
        costs, rest, worth = np.array(rules.costs, dtype=np.float64), rules.budget - rules.cost(taken), 0.0
        for place in np.argsort(-shares / np.maximum(costs, SLACK)):
            part = 1.0 if costs[place] <= rest else rest / costs[place]
            worth, rest = worth + part * float(shares[place]), rest - part * costs[place]
            if part < 1:
                break
        return min(most, worth)

    def _reaches_floors(self, taken: int, situation: Places) -> bool:
        """Say whether the floors can still be met by those unlocked and those within reach."""
        problem = self.problem
        if not problem.rules.floors:
            return True
        reach = problem.gain.satisfied(taken ^ problem.widenings)
        reach[situation] = True
        return problem.meets_floors(reach)

    def _choose(self, taken: int, out: int, shares: Floats) -> int | None:
        """Give the action to decide next, the one with the largest share; nothing if none can make a difference."""
        place = int(shares.argmax())
        if shares[place] > 0:
            return place
        undecided = self.sparing & ~taken & ~out
        return undecided.bit_length() - 1 if undecided else None

    def _flags(self, mask: int) -> Flags:
        """Turn a mask into one truth an action."""
        return np.array([mask >> place & 1 for place in range(self.problem.actions)], dtype=bool)
