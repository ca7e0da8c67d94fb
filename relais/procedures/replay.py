"""Replay a version of a procedure over many people, beside a baseline: who passes, who is shut out, and what changes.

How to use it, from arrays to answers (`caseload.py` says what the arrays hold):

>>> import numpy as np
>>> from relais.procedures.caseload import Caseload, Codes
>>> from relais.procedures.terms import EvidenceType, Requirement, Step, Version
>>> def version(*lists):
...     papers = tuple(EvidenceType(key=key) for key in ("certificate", "witness"))
...     asked = Requirement(key="birth", lists=tuple(frozenset(each) for each in lists))
...     return Version(steps=(Step(key="apply", requirements=(asked,)),), evidence_types=papers)
>>> in_force, draft = version(["certificate"]), version(["certificate"], ["witness"])
>>> people = Caseload.of(
...     {"certificate": [1, 2, 2, 2], "witness": [0, 1, 0, 2]}, {"sex": Codes.of(["female", "male", "female", None])})
>>> answer = replay(people, draft, in_force, by=["sex"])
>>> answer.before, answer.after
(Standings(passes=1, blocked=3, open=0), Standings(passes=2, blocked=1, open=1))
>>> answer.unlocked, answer.newly_blocked
(Interval(least=1, most=2), Interval(least=0, most=0))
>>> answer.groups["sex"]["male"].unlocked
Interval(least=1, most=1)

Every figure counts people, so answers for separate shards add up to the answer for all of them: `replay(a, ...) + replay(b, ...)`.
That is how blocks, processes, machines and organisations that share no names are put together; hiding small counts
comes after the addition. The meaning of each figure is that of `assess.py`, person by person.

**Intervals.** A person is unlocked when blocked by the baseline and passing in the version. `least` counts those of whom this is
certain whatever the unknowns turn out to be. `most` also counts those of whom it may become true: the version does
not block them, and something the baseline asks *that nothing in the version implies* is not settled for them. So
a version compared with itself unlocks exactly nobody, and one that only relaxes shuts out exactly nobody. `newly_blocked` is the same the other way round.
Nothing in between is guessed. Both are bounds: the truth lies within, whatever the unknowns are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, reduce
from operator import add
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from relais.procedures.caseload import WORD, Bits, Caseload, Truths, blocks, count, pack, unpack
from relais.procedures.terms import Condition, EvidenceTypeList, Requirement, Step, Version, implies

T = TypeVar("T")


class Counted:
    """A result that adds up field by field."""

    __slots__ = ()

    def __add__(self, other: Self) -> Self:
        """Add the counts of other people."""
        return type(self)(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))  # type: ignore[arg-type]


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


def replay(caseload: Caseload, version: Version, baseline: Version, by: Sequence[str] = ()) -> Replay:
    """Replay a version and its baseline over everyone, by any groupings of the caseload.

    Raises `CaseloadError` when a condition cannot be compared with its column or a grouping is not one of the caseload.
    """
    freeing, shutting = _escapes(baseline, version), _escapes(version, baseline)
    parts = (_Block(caseload, part) for part in blocks(len(caseload)))
    return reduce(add, (block.replay(version, baseline, freeing, shutting, by) for block in parts))


def funnel(caseload: Caseload, version: Version) -> Funnel:
    """Say how everyone stands in one version, without comparing."""
    return reduce(add, (_Walk(_Block(caseload, part), version).funnel() for part in blocks(len(caseload))))


def standing(caseload: Caseload, version: Version) -> NDArray[np.uint8]:
    """Say of each person where they stand in a version: 0 open, 1 passes, 2 blocked, as `terms.Held` numbers its states."""
    found = np.zeros(len(caseload), dtype=np.uint8)
    for part in blocks(len(caseload)):
        block = _Block(caseload, part)
        truths, start = _Walk(block, version).standing, part.start * WORD
        found[start : start + block.people] = unpack(truths.true, block.people) + 2 * unpack(truths.false, block.people)
    return found


def lacking(caseload: Caseload, *versions: Version) -> dict[str, frozenset[str]]:
    """Name the evidence and the attributes these versions ask about that the caseload has no column for.

    They are not known of anyone, which is right for a proof nobody was asked about yet, but worth saying beside the figures.
    """
    asked = [requirement for version in versions for _, requirement in version.asked()]
    evidence = frozenset(key for each in asked for evidence_list in each.lists for key in evidence_list)
    attributes = frozenset(clause.attribute for each in asked for clause in each.condition)
    return {"evidence": evidence - caseload.held.keys(), "attributes": attributes - caseload.attributes.keys()}


@dataclass(frozen=True, slots=True)
class _Escape:
    """How someone shut out by `requirement` of one version might still pass the other.

    Whoever is blocked by it fails all its lists, hence every list that holds one of them. `rest` gives, for each requirement of the
    other version that loses lists so, the lists it has left, and whether it certainly applies to these people.
    """

    requirement: Requirement
    rest: tuple[tuple[Requirement, bool], ...]


def _escapes(version: Version, other: Version) -> list[_Escape]:
    """Find the requirements of a version that the other does not imply, with what the other has left beside each."""
    result = []
    for _, mine in version.asked():
        rest = []
        for _, theirs in other.asked():
            left = tuple(each for each in theirs.lists if not any(less <= each for less in mine.lists))
            if len(left) < len(theirs.lists) or not left:
                certain = implies(mine.condition, theirs.condition)
                rest.append((replace(theirs, lists=left), certain))
        if not any(certain and not left.lists for left, certain in rest):
            result.append(_Escape(mine, tuple(rest)))
    return result


class _Rows:
    """The nine rows of bits an effect is counted from; those that hold nobody are not counted group by group."""

    def __init__(self, rows: tuple[Bits, ...]) -> None:
        """Keep the rows of one block: see `_Block.replay` for their order."""
        self.length = len(rows)
        self.held = [place for place, row in enumerate(rows) if row.any()]
        self.rows = np.stack([rows[place] for place in self.held]) if self.held else np.zeros((0, 0), dtype=np.uint64)

    def effect(self, people: Bits) -> Effect:
        """Count the effect on some people of the block."""
        counts = [0] * self.length
        if self.held:
            # 32 bits hold the count of a block, and NumPy adds into them twice as fast as into 64.
            found = np.bitwise_count(self.rows & people).sum(axis=1, dtype=np.uint32).tolist()
            for place, number in zip(self.held, found, strict=True):
                counts[place] = number
        everyone, passed, stopped, passes, blocked, freed, may_free, shut, may_shut = counts
        return Effect(
            before=Standings(passed, stopped, everyone - passed - stopped),
            after=Standings(passes, blocked, everyone - passes - blocked),
            unlocked=Interval(freed, may_free),
            newly_blocked=Interval(shut, may_shut),
        )


class _Block:
    """Some of the people of a caseload: the same columns, cut to a slice of words."""

    def __init__(self, caseload: Caseload, part: slice) -> None:
        """Cut a block out of a caseload; nothing is copied."""
        self.caseload, self.part = caseload, part
        self.people = max(0, min(caseload.people, part.stop * WORD) - part.start * WORD)
        self.everyone = pack(np.ones(self.people, dtype=bool))
        self.all = Truths(self.everyone, np.zeros_like(self.everyone))
        self.none = Truths(self.all.false, self.all.true)
        self.found: dict[tuple[Condition, tuple[EvidenceTypeList, ...]], tuple[Truths, Truths]] = {}

    def cut(self, truths: Truths) -> Truths:
        """Cut truths about the caseload to this block."""
        return Truths(truths.true[self.part], truths.false[self.part])

    def applies(self, condition: Condition) -> Truths:
        """To whom a condition applies."""
        return reduce(Truths.__and__, (self.cut(self.caseload.clause(clause)) for clause in condition), self.all)

    def holds(self, requirement: Requirement) -> Truths:
        """Who holds all of some list of a requirement, and who cannot."""
        held = (
            reduce(Truths.__and__, (self.cut(self.caseload.evidence(key)) for key in each), self.all)
            for each in requirement.lists
        )
        return reduce(Truths.__or__, held, self.none)

    def find(self, requirement: Requirement) -> tuple[Truths, Truths]:
        """To whom a requirement applies, and who meets it or need not; what both versions ask is worked out once."""
        key = requirement.condition, requirement.lists
        if key not in self.found:
            applies = self.applies(requirement.condition)
            self.found[key] = applies, Truths(applies.false, applies.true) | self.holds(requirement)
        return self.found[key]

    def replay(
        self, version: Version, baseline: Version, freeing: list[_Escape], shutting: list[_Escape], by: Iterable[str]
    ) -> Replay:
        """Replay both versions over this block."""
        after, before = _Walk(self, version), _Walk(self, baseline)
        ends, starts = after.standing, before.standing
        rows = _Rows((
            self.everyone, starts.true, starts.false, ends.true, ends.false,
            starts.false & ends.true, before.may_escape(freeing) & ~ends.false,
            starts.true & ends.false, after.may_escape(shutting) & ~starts.false,
        ))  # fmt: skip
        groups = By({name: By(self.effects(rows, name)) for name in by})
        return Replay(rows.effect(self.everyone), after.funnel(), before.funnel(), groups)

    def effects(self, rows: _Rows, name: str) -> Iterator[tuple[str, Effect]]:
        """Give the effect for each value of a grouping."""
        for value, bits in self.caseload.groups(name).items():
            yield value, rows.effect(bits[self.part])


class _Walk:
    """One version walked by everyone of a block; `true` is met or not applicable, `false` is blocked."""

    def __init__(self, block: _Block, version: Version) -> None:
        """Work out where everyone stands in each requirement."""
        self.block, self.version = block, version
        self.applying: dict[str, Truths] = {}
        self.truths: dict[str, Truths] = {}
        for _, requirement in version.asked():
            self.applying[requirement.key], self.truths[requirement.key] = block.find(requirement)

    def step(self, step: Step) -> Truths:
        """Who passes one step taken alone, and who is blocked in it."""
        return reduce(Truths.__and__, (self.truths[each.key] for each in step.requirements), self.block.all)

    @cached_property
    def standing(self) -> Truths:
        """Who passes the whole version, and who is blocked."""
        return reduce(Truths.__and__, self.truths.values(), self.block.all)

    def may_escape(self, escapes: Iterable[_Escape]) -> Bits:
        """Who might be blocked here by one of these requirements, and still pass the other version."""
        anyone = self.block.none.true
        for escape in escapes:
            through = self.block.everyone & ~self.truths[escape.requirement.key].true
            for rest, certain in escape.rest:
                stuck = self.block.holds(rest).false
                through = through & ~(stuck if certain else stuck & self.block.applies(rest.condition).true)
            anyone = anyone | through
        return anyone

    def funnel(self) -> Funnel:
        """Count where everyone stands."""
        steps, stopped = By[StepStandings](), self.block.none.true
        for step in self.version.steps:
            truths = self.step(step)
            steps[step.key] = StepStandings(*self._count(truths), count(truths.false & ~stopped))
            stopped = stopped | truths.false
        return Funnel(Standings(*self._count(self.standing)), steps, self._requirements())

    def _requirements(self) -> By[RequirementStandings]:
        """Count where everyone stands in each requirement."""
        once = twice = self.block.none.true
        for truths in self.truths.values():
            once, twice = once | truths.false, twice | (once & truths.false)
        result = By[RequirementStandings]()
        for key, truths in self.truths.items():
            settled, blocked, open_ = self._count(truths)
            exempt = count(self.applying[key].false)
            result[key] = RequirementStandings(exempt, settled - exempt, blocked, open_, count(truths.false & ~twice))
        return result

    def _count(self, truths: Truths) -> tuple[int, int, int]:
        """Count true, false and not known."""
        true, false = count(truths.true), count(truths.false)
        return true, false, self.block.people - true - false
