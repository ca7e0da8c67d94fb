"""What a replay answers: counts of people, which add up over any division of them.

Every engine fills these from the same counts, in the same order: `Effect.of`, `StepStandings.of`, `RequirementStandings.of`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Self, TypeVar

from relais.procedures.terms import Version

T = TypeVar("T")


class Counted:
    """A result that adds up field by field."""

    __slots__ = ()

    def __add__(self, other: Self) -> Self:
        """Add the counts of other people."""
        return type(self)(*(getattr(self, name) + getattr(other, name) for name in _names(type(self))))  # type: ignore[arg-type]


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """Name the counts of a result."""
    return tuple(each.name for each in fields(kind))


class By(dict[str, T]):
    """Results by key, which add up key by key; a key one side lacks counts nobody there."""

    def __add__(self, other: By[Any]) -> By[Any]:
        """Add the counts of other people."""
        both = {key: value + other[key] if key in other else value for key, value in self.items()}
        return By(both | {key: value for key, value in other.items() if key not in self})


@dataclass(frozen=True, slots=True)
class Interval(Counted):
    """At least so many people and at most so many: what is not known lies in between."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Standings(Counted):
    """How many people pass, are blocked, or are open."""

    passes: int
    blocked: int
    open: int

    @property
    def may_pass(self) -> Interval:
        """How many pass if none, or all, of those still open do."""
        return Interval(self.passes, self.passes + self.open)


@dataclass(frozen=True, slots=True)
class StepStandings(Counted):
    """How people stand in one step taken alone, and how many are stopped here first."""

    passes: int
    blocked: int
    open: int
    stopped: int


@dataclass(frozen=True, slots=True)
class RequirementStandings(Counted):
    """How people stand in one requirement, and how many are blocked by it alone."""

    not_applicable: int
    met: int
    blocked: int
    open: int
    alone: int


@dataclass(frozen=True, slots=True)
class Effect(Counted):
    """What the version changes for some people."""

    before: Standings
    after: Standings
    unlocked: Interval
    newly_blocked: Interval

    @classmethod
    def of(cls, counts: Sequence[int]) -> Effect:
        """Read nine counts, in this order.

        Everyone; who passes and who is blocked before; the same after; who certainly and who may be unlocked; who certainly
        and who may be newly blocked.
        """
        everyone, passed, stopped, passes, blocked, freed, may_free, shut, may_shut = map(int, counts)
        return cls(
            before=Standings(passed, stopped, everyone - passed - stopped),
            after=Standings(passes, blocked, everyone - passes - blocked),
            unlocked=Interval(freed, may_free),
            newly_blocked=Interval(shut, may_shut),
        )

    @property
    def people(self) -> int:
        """How many people this counts."""
        return self.after.passes + self.after.blocked + self.after.open


@dataclass(frozen=True, slots=True)
class Funnel(Counted):
    """How people stand in one version, by step and by requirement (keys in the order of the version)."""

    whole: Standings
    steps: By[StepStandings]
    requirements: By[RequirementStandings]

    @classmethod
    def of(cls, version: Version, people: int, counts: Iterator[int]) -> Funnel:
        """Read the counts of a version, in this order.

        Who passes and who is blocked; for each step, who passes it, is blocked in it, and is stopped there first; for each
        requirement, to whom it does not apply, who meets it or need not, who is blocked by it, and by it alone.
        """
        passes, blocked = int(next(counts)), int(next(counts))
        steps = By[StepStandings]()
        for step in version.steps:
            through, stuck, stopped = (int(next(counts)) for _ in range(3))
            steps[step.key] = StepStandings(through, stuck, people - through - stuck, stopped)
        requirements = By[RequirementStandings]()
        for _, each in version.asked():
            exempt, settled, stuck, alone = (int(next(counts)) for _ in range(4))
            requirements[each.key] = RequirementStandings(
                exempt, settled - exempt, stuck, people - settled - stuck, alone
            )
        return cls(Standings(passes, blocked, people - passes - blocked), steps, requirements)


@dataclass(frozen=True, slots=True)
class Replay(Counted):
    """A version beside its baseline: the effect on everyone, each version's funnel, and the effect by group.

    `groups[name][value]` is the effect on the people of that value; those of whom it is not known are under `""`.
    """

    whole: Effect
    version: Funnel
    baseline: Funnel
    groups: By[By[Effect]]

    @property
    def people(self) -> int:
        """How many people were replayed."""
        return self.whole.people

    @property
    def before(self) -> Standings:
        """How everyone stands in the baseline."""
        return self.whole.before

    @property
    def after(self) -> Standings:
        """How everyone stands in the version."""
        return self.whole.after

    @property
    def unlocked(self) -> Interval:
        """How many people the version lets through whom the baseline blocks."""
        return self.whole.unlocked

    @property
    def newly_blocked(self) -> Interval:
        """How many people the version blocks who pass the baseline: the harm."""
        return self.whole.newly_blocked
