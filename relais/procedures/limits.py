"""Limits on a set of actions: how many, what they may cost, which exclude or require each other, and whom they must not forget.

>>> from relais.procedures.actions import drop
>>> limits = Limits(most=2, require=(("drop:birth", "drop:photo"),), exclude=(("drop:birth", "drop:photo"),))
>>> Rules.of(limits, [drop("birth"), drop("photo")])
Traceback (most recent call last):
relais.procedures.limits.LimitsError: drop:birth can never be taken: it needs drop:photo, which excludes drop:birth
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import lcm

from relais.procedures.actions import Action, Cost, clash
from relais.procedures.masks import Group, bits_of


class LimitsError(ValueError):
    """Limits that no set of actions could keep, or that mean nothing; the message names them."""


@dataclass(frozen=True, slots=True)
class Floor:
    """At least so many people of one value of a grouping are unlocked, e.g. `Floor("sex", "female", 500)`.

    A grouping without a name, `Floor("", "", 500)`, is everyone.
    """

    by: str
    value: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most so many people of one value of a grouping are newly blocked; `Ceiling("", "", 0)` allows no harm at all."""

    by: str
    value: str
    at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a set of actions must keep to; actions are named by their keys.

    In `exclude` the two of a pair are never taken together; in `require` the first of a pair is never taken without the second.
    """

    most: int | None = None
    budget: Cost | None = None
    exclude: tuple[tuple[str, str], ...] = ()
    require: tuple[tuple[str, str], ...] = ()
    floors: tuple[Floor, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups whose people are counted apart."""
        floors, ceilings = (
            ((each.by, each.value) for each in self.floors),
            ((each.by, each.value) for each in self.ceilings),
        )
        return tuple(dict.fromkeys([*floors, *ceilings]))


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits in numbers, for actions by their place: costs in whole units, what each brings along and what it rules out.

    `along[a]` is the mask of action a and all it requires; `against[a]` that of all that may not stand beside it.
    """

    costs: tuple[int, ...]
    along: tuple[int, ...]
    against: tuple[int, ...]
    most: int
    budget: int | None = None
    unit: int = 1
    floors: tuple[Floor, ...] = field(default=())
    ceilings: tuple[Ceiling, ...] = field(default=())

    @classmethod
    def of(cls, limits: Limits, actions: Sequence[Action]) -> Rules:
        """Check limits against each other and put them in numbers; raises `LimitsError`."""
        keys = [action.key for action in actions]
        place = {key: number for number, key in enumerate(keys)}
        _check(limits, place)
        costs = [Fraction(str(action.cost)) for action in actions]
        budget = None if limits.budget is None else Fraction(str(limits.budget))
        unit = lcm(*(each.denominator for each in costs))
        against = [0] * len(actions)
        pairs = [(place[one], place[other]) for one, other in limits.exclude]
        pairs += [(a, b) for a, b in combinations(range(len(actions)), 2) if clash(actions[a], actions[b])]
        for one, other in pairs:
            against[one] |= 1 << other
            against[other] |= 1 << one
        along = _along([(place[one], place[other]) for one, other in limits.require], keys)
        for action, mask in enumerate(along):
            for one, other in combinations(bits_of(mask), 2):
                if against[one] >> other & 1:
                    first, second = (other, one) if other != action else (one, other)
                    raise LimitsError(
                        f"{keys[action]} can never be taken: it needs {keys[first]}, which excludes {keys[second]}"
                    )
        most = len(actions) if limits.most is None else min(limits.most, len(actions))
        return cls(
            tuple(int(each * unit) for each in costs), tuple(along), tuple(against), most,
            None if budget is None else int(budget * unit), unit, limits.floors, limits.ceilings,
        )  # fmt: skip

    @property
    def is_free(self) -> bool:
        """Whether sets are limited in size only."""
        return self.budget is None and not any(self.against) and all(a.bit_count() == 1 for a in self.along)

    def cost(self, mask: int) -> int:
        """Add up what a set costs, in units."""
        return sum(self.costs[place] for place in bits_of(mask))

    def fits(self, mask: int) -> bool:
        """Say whether a set keeps to the size, the budget, and what excludes and requires what."""
        places = bits_of(mask)
        return (
            len(places) <= self.most
            and (self.budget is None or self.cost(mask) <= self.budget)
            and all(self.along[each] & ~mask == 0 and self.against[each] & mask == 0 for each in places)
        )


def _check(limits: Limits, place: Mapping[str, int]) -> None:
    """Refuse limits about actions that are not there, and amounts below nothing."""
    for kind, pairs in (("exclude", limits.exclude), ("require", limits.require)):
        for one, other in pairs:
            for key in (one, other):
                if key not in place:
                    raise LimitsError(f"{kind} {one}, {other}: there is no action {key}; use one of {_list(place)}")
            if one == other:
                raise LimitsError(f"{kind} {one}, {other}: an action cannot {kind} itself")
    amounts = {"most": limits.most, "budget": limits.budget}
    amounts |= {f"floor for {each.by} {each.value}": each.at_least for each in limits.floors}
    amounts |= {f"ceiling for {each.by} {each.value}": each.at_most for each in limits.ceilings}
    for name, amount in amounts.items():
        if amount is not None and amount < 0:
            raise LimitsError(f"{name} is {amount}: give a number of at least 0")


def _along(pairs: Iterable[tuple[int, int]], keys: Sequence[str]) -> list[int]:
    """Say for each action what it brings along, itself included; a circle is refused."""
    needs: dict[int, list[int]] = {}
    for one, other in pairs:
        needs.setdefault(one, []).append(other)

    known: dict[int, int] = {}

    def walk(action: int, path: tuple[int, ...]) -> int:
        if action in path:
            circle = " requires ".join(keys[each] for each in (*path[path.index(action) :], action))
            raise LimitsError(f"circular: {circle}; make one action of them, or drop one of the links")
        if action not in known:
            mask = 1 << action
            for other in needs.get(action, ()):
                mask |= walk(other, (*path, action))
            known[action] = mask
        return known[action]

    return [walk(action, ()) for action in range(len(keys))]


def _list(keys: Iterable[str]) -> str:
    """Write keys in a sentence."""
    return ", ".join(sorted(keys)) or "nothing"
