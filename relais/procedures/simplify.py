"""Find the smallest set of changes that opens the door to most people, and prove that no other set of that size opens it to more.

How to use it:

>>> from relais.procedures.actions import accept, apply, drop
>>> from relais.procedures.caseload import Caseload
>>> from relais.procedures.replay import replay
>>> from relais.procedures.terms import EvidenceType, Requirement, Step, Version
>>> papers = tuple(EvidenceType(key=key) for key in ("birth", "home", "work", "witness"))
>>> asked = tuple(Requirement(key=key, lists=(frozenset({key}),)) for key in ("birth", "home", "work"))
>>> version = Version(steps=(Step(key="apply", requirements=asked),), evidence_types=papers)
>>> people = Caseload.of({  # 3 miss only a proof of work; 4 miss proofs of birth and home, and could bring a witness
...     "birth": [1, 1, 1, 2, 2, 2, 2], "home": [1, 1, 1, 2, 2, 2, 2], "work": [2, 2, 2, 1, 1, 1, 1], "witness": [2] * 3 + [1] * 4})
>>> answer = simplify(people, version, [drop("work"), accept("birth", ["witness"]), drop("home")], Limits(most=2))
>>> best = answer.best(2)
>>> best.keys, best.unlocked, best.proven
(('accept:birth:witness', 'drop:home'), 4, True)
>>> answer.greedy[-1].unlocked  # the most at each step, which is not the most in the end
3
>>> replay(people, apply(version, best.actions), version).unlocked.least  # any answer can be replayed
4

- `propose(caseload, version)` (in `propose.py`) finds actions to begin with; `actions.py` builds, checks and applies them.
- `simplify(caseload, version, actions, limits, by=..., until=...)` does everything; `collapse(caseload, version, actions, limits.groups)` once and
  `solve(collapsed, limits, until=...)` for every change of limits or costs is the fast way when people are clicking.
- `answer.curve` holds the best set of at most k actions for k = 0, 1, 2, ...; `answer.best()` is the last of them. `answer.greedy` and `answer.top_blockers`
  are what choosing one by one, and reading the bar chart, would have given for the same k. `answer.bundles` only work together.
- `answer.outside` says who is still outside after the best set, and why; `answer.effect` is its replay beside the version, by group.

**What is counted.** Blocked people who pass for certain once the set is taken: `replay(...).unlocked.least`, never less and never more. Harm is
`replay(...).newly_blocked.least`. Counts here are exact: whoever shows them hides the small ones (`kernel.disclosure`).
**What is proven.** `choice.proven` says that no set of at most k actions within the limits unlocks more; otherwise none unlocks more than `choice.bound`.
**The method** is in `docs/method.md`: up to 20 actions every set is counted (`lattice.py`), beyond that branch and bound (`search.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from relais.procedures.actions import Action, apply, gentleness
from relais.procedures.bundles import Bundle, bundles
from relais.procedures.caseload import Caseload
from relais.procedures.limits import Limits, LimitsError, Rules
from relais.procedures.masks import Collapsed, bits_of, collapse
from relais.procedures.outside import Outside, outside
from relais.procedures.replay import Replay
from relais.procedures.replay import replay as replay_versions
from relais.procedures.search import Found, Problem, Tell, greedy, top_blockers, unheard
from relais.procedures.solving import best_sets, compacted, gentler
from relais.procedures.terms import Version

SEARCHED = 10
"""Up to how many actions together are looked for when there are too many to count every set, unless a limit says."""


def never() -> bool:
    """Never stop before the proof."""
    return False


@dataclass(frozen=True, slots=True)
class Choice:
    """A set of actions and what it does: how many it unlocks and newly blocks for certain, its cost, and the proof.

    No set of at most `size` actions within the limits unlocks more than `bound` people; `proven` when that is what this one unlocks.
    """

    size: int
    actions: tuple[Action, ...]
    unlocked: int
    newly_blocked: int
    cost: float
    bound: int

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the actions."""
        return tuple(action.key for action in self.actions)

    @property
    def proven(self) -> bool:
        """Whether no other set of this size unlocks more."""
        return self.unlocked >= self.bound


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything `solve` and `simplify` found; the last two only come from `simplify`, which has the people at hand.

    `blocked` people are blocked by the version as it is; `beyond` of these are unlocked by none of the actions, nor by all of them.
    The curve has no point for a k at which no set keeps to the limits.
    """

    version: Version
    actions: tuple[Action, ...]
    people: int
    blocked: int
    beyond: int
    curve: tuple[Choice, ...]
    greedy: tuple[Choice, ...]
    top_blockers: tuple[Choice, ...]
    bundles: tuple[Bundle, ...]
    outside: tuple[Outside, ...] = ()
    effect: Replay | None = None

    def best(self, size: int | None = None) -> Choice:
        """Give the best set of at most so many actions; the largest looked at if none is said."""
        fit = [choice for choice in self.curve if size is None or choice.size <= size]
        if not fit:
            raise LimitsError(f"no set of at most {size} actions keeps to the limits")
        return fit[-1]

    @property
    def proven(self) -> bool:
        """Whether every point of the curve is proven."""
        return all(choice.proven for choice in self.curve)


def simplify(
    caseload: Caseload,
    version: Version,
    actions: Sequence[Action],
    limits: Limits | None = None,
    *,
    by: Sequence[str] = (),
    until: Callable[[], bool] = never,
    tell: Tell = unheard,
) -> Answer:
    """Find the best sets of actions for a caseload, who stays outside, and the effect by any groupings.

    `until` is asked now and then whether to stop; what is found by then is given, with its bound; `tell` hears how far it is. Raises
    `ActionError` and `LimitsError` for actions and limits that mean nothing, and `CaseloadError` as replay does.
    """
    limits = limits or Limits()
    answer = solve(collapse(caseload, version, actions, limits.groups), limits, until=until, tell=tell)
    after = apply(version, answer.best().actions)
    return replace(
        answer,
        outside=outside(caseload, version, after),
        effect=replay_versions(caseload, after, version, by),
    )


def solve(
    collapsed: Collapsed, limits: Limits | None = None, *, until: Callable[[], bool] = never, tell: Tell = unheard
) -> Answer:
    """Find the best sets for people already collapsed; raises `LimitsError` when no set keeps to the limits.

    The groups that floors and ceilings speak of must be those the people were collapsed with.
    """
    limits = limits or Limits()
    if strange := set(limits.groups) - set(collapsed.groups):
        raise LimitsError(f"limits speak of {sorted(strange)}: collapse with these groups first")
    # Gentle and cheap actions come first: between sets that do the same the gentler is taken.
    order = sorted(collapsed.actions, key=lambda action: (action.cost, gentleness(action)))
    rules = Rules.of(limits, order)
    problem, kept = compacted(collapsed, order, rules)
    view = _View(problem, tuple(order[place] for place in kept), rules)
    found = best_sets(problem, SEARCHED if limits.most is None else limits.most, until, tell)
    by_key = {action.key: bar for action, bar in zip(collapsed.actions, collapsed.bars, strict=True)}
    bars = [by_key[action.key] for action in view.actions]
    gentle = {each.mask: gentler(problem, each.mask) for each in found if each.mask is not None}
    found = [each if each.mask is None else replace(each, mask=gentle[each.mask]) for each in found]
    curve = tuple(view.choice(size, each) for size, each in enumerate(found) if each.mask is not None)
    if not curve:
        raise LimitsError(_unreachable(limits, problem, found))
    sizes = len(found) - 1
    return Answer(
        collapsed.version, collapsed.actions, collapsed.people, collapsed.blocked, collapsed.beyond, curve,
        view.steps(greedy(problem, sizes, bars), sizes), view.steps(top_blockers(problem, bars, sizes), sizes),
        bundles(problem, view.actions, collapsed.blocked),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _View:
    """Turns masks back into choices."""

    problem: Problem
    actions: tuple[Action, ...]
    rules: Rules

    def choice(self, size: int, found: Found) -> Choice:
        """Say what a set does."""
        mask = found.mask or 0
        cost = Fraction(self.problem.rules.cost(mask), self.rules.unit)
        return Choice(
            size, tuple(self.actions[place] for place in bits_of(mask)), self.problem.value(mask),
            self.problem.harm.total - self.problem.harm.count(mask ^ self.problem.widenings), float(cost), found.bound,
        )  # fmt: skip

    def steps(self, sets: Sequence[int], sizes: int) -> tuple[Choice, ...]:
        """Say what the set chosen for each size does; a size that was never reached has the largest below it."""
        result: list[Any] = []
        for size in range(sizes + 1):
            mask = max((each for each in sets if each.bit_count() <= size), key=lambda each: each.bit_count())
            result.append(self.choice(size, Found(mask, 0, self.problem.value(mask))))
        return tuple(result)


def _unreachable(limits: Limits, problem: Problem, found: Sequence[Found]) -> str:
    """Say why no set is allowed."""
    if any(not each.proven for each in found):
        return "stopped before any set within the limits was found; give it more time, or wider limits"
    asked = [f"at least {each.at_least} of {each.by or 'everyone'} {each.value} unlocked" for each in limits.floors]
    asked += [
        f"at most {each.at_most} of {each.by or 'everyone'} {each.value} newly blocked" for each in limits.ceilings
    ]
    return f"no set within the limits has {' and '.join(asked)}; {problem.gain.total} people are within reach in all"
