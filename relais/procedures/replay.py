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

from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from operator import and_, or_

import numpy as np
from numpy.typing import NDArray

from relais.procedures.answers import (
    By,
    Effect,
    Funnel,
    Interval,
    Replay,
    RequirementStandings,
    Standings,
    StepStandings,
)
from relais.procedures.caseload import NOT_KNOWN, WORD, Bits, Caseload, Truths, blocks, count, pack, unpack
from relais.procedures.escapes import Escape, escapes
from relais.procedures.terms import Clause, Condition, EvidenceTypeList, Requirement, Step, Version

__all__ = [
    "By",
    "Effect",
    "Funnel",
    "Interval",
    "Replay",
    "RequirementStandings",
    "Standings",
    "StepStandings",
    "funnel",
    "lacking",
    "replay",
    "standing",
]

Counts = NDArray[np.int64]


def replay(caseload: Caseload, version: Version, baseline: Version, by: Sequence[str] = ()) -> Replay:
    """Replay a version and its baseline over everyone, by any groupings of the caseload.

    Raises `CaseloadError` when a condition cannot be compared with its column or a grouping is not one of the caseload.
    """
    freeing, shutting = escapes(baseline, version), escapes(version, baseline)
    whole, groups, funnels = np.zeros(ROWS, dtype=np.int64), dict[str, Counts](), np.zeros(0, dtype=np.int64)
    for part in blocks(len(caseload)):
        block = _Block(caseload, part)
        after, before = _Walk(block, version), _Walk(block, baseline)
        rows = _rows(before, after, freeing, shutting)
        whole = whole + _count(rows)
        for name in by:
            found = np.array([_count(rows & bits) for bits in block.groups(name)]).reshape(-1, ROWS)
            groups[name] = groups[name] + found if name in groups else found
        here = np.array([*after.counts(), *before.counts()], dtype=np.int64)
        funnels = funnels + here if len(funnels) else here
    everyone, counts = len(caseload), iter(funnels.tolist())
    return Replay(
        _effect(whole, everyone),
        Funnel.of(version, everyone, counts),
        Funnel.of(baseline, everyone, counts),
        By({name: _effects(caseload, name, found, whole) for name, found in groups.items()}),
    )


def funnel(caseload: Caseload, version: Version) -> Funnel:
    """Say how everyone stands in one version, without comparing."""
    parts = (_Walk(_Block(caseload, part), version).counts() for part in blocks(len(caseload)))
    return Funnel.of(version, len(caseload), map(sum, zip(*parts, strict=True)))


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


ROWS = 8
"""The counts of an effect, but everyone: see `_rows`."""


def _rows(before: _Walk, after: _Walk, freeing: list[Escape], shutting: list[Escape]) -> NDArray[np.uint64]:
    """Give the rows an effect is counted from, in the order of `Effect.of`."""
    starts, ends = before.standing, after.standing
    return np.stack((
        starts.true, starts.false, ends.true, ends.false,
        starts.false & ends.true, before.may_escape(freeing) & ~ends.false,
        starts.true & ends.false, after.may_escape(shutting) & ~starts.false,
    ))  # fmt: skip


def _effect(counts: Counts, people: int) -> Effect:
    """Read the counts of the rows of some people."""
    return Effect.of([people, *counts.tolist()])


def _effects(caseload: Caseload, name: str, counts: Counts, whole: Counts) -> By[Effect]:
    """Read the counts for each value of a grouping; who is in none of them is what is left of the whole."""
    sizes = caseload.sizes(name)
    effects = By({value: _effect(row, sizes[value]) for value, row in zip(sizes, counts, strict=False)})
    effects[NOT_KNOWN] = _effect(whole - counts.sum(axis=0, dtype=np.int64), sizes[NOT_KNOWN])
    return effects


def _count(rows: NDArray[np.uint64]) -> Counts:
    """Count the people in each row."""
    # 32 bits hold the count of a block, and NumPy adds into them twice as fast as into 64.
    return np.bitwise_count(rows).sum(axis=-1, dtype=np.uint32)  # type: ignore[no-any-return]


class _Block:
    """Some of the people of a caseload: the same columns, cut to a slice of words."""

    def __init__(self, caseload: Caseload, part: slice) -> None:
        """Cut a block out of a caseload; nothing is copied."""
        self.caseload, self.part = caseload, part
        self.people = max(0, min(caseload.people, part.stop * WORD) - part.start * WORD)
        self.everyone = pack(np.ones(self.people, dtype=bool))
        self.nobody = np.zeros_like(self.everyone)
        self.clauses: dict[Clause, Truths] = {}
        self.found: dict[tuple[Condition, tuple[EvidenceTypeList, ...]], _Found] = {}

    def all(self, truths: Iterator[Truths]) -> Truths:
        """Join by *and*; nothing joined is true of everyone."""
        first = next(truths, None)
        return Truths(self.everyone, self.nobody) if first is None else reduce(and_, truths, first)

    def evidence(self, key: str) -> Truths:
        """Who holds a kind of evidence, and who cannot get it."""
        if key not in self.caseload.held:
            return Truths(self.nobody, self.nobody)
        whole = self.caseload.held[key]
        return Truths(whole.true[self.part], whole.false[self.part])

    def groups(self, name: str) -> NDArray[np.uint64]:
        """A row of bits for each value of a grouping."""
        return self.caseload.groups_in(name, self.part)[1]

    def applies(self, condition: Condition) -> Truths:
        """To whom a condition applies."""
        return self.all(map(self.clause, condition))

    def clause(self, clause: Clause) -> Truths:
        """Of whom a clause is true or false; several requirements may ask for the same."""
        if clause not in self.clauses:
            self.clauses[clause] = self.caseload.clause_in(clause, self.part)
        return self.clauses[clause]

    def holds(self, requirement: Requirement) -> Truths:
        """Who holds all of some list of a requirement, and who cannot."""
        held = [self.all(map(self.evidence, each)) for each in requirement.lists]
        return reduce(or_, held) if held else Truths(self.nobody, self.everyone)

    def find(self, requirement: Requirement) -> _Found:
        """Where everyone stands in a requirement; what both versions ask is worked out once."""
        key = requirement.condition, requirement.lists
        if key not in self.found:
            self.found[key] = _Found(self, requirement)
        return self.found[key]


class _Found:
    """Where everyone of a block stands in a requirement: `truths.true` meets it or need not, `truths.false` is blocked."""

    def __init__(self, block: _Block, requirement: Requirement) -> None:
        held, self.exempt = block.holds(requirement), block.nobody
        self.truths = held
        if requirement.condition:
            applies = block.applies(requirement.condition)
            self.exempt = applies.false
            self.truths = Truths(held.true | applies.false, held.false & applies.true)

    @cached_property
    def counts(self) -> tuple[int, int, int]:
        """To how many it does not apply, how many meet it or need not, how many are blocked by it."""
        return count(self.exempt), count(self.truths.true), count(self.truths.false)


class _Walk:
    """One version walked by everyone of a block; `true` is met or not applicable, `false` is blocked."""

    def __init__(self, block: _Block, version: Version) -> None:
        """Work out where everyone stands in each requirement."""
        self.block, self.version = block, version
        self.found = {requirement.key: block.find(requirement) for _, requirement in version.asked()}
        self.steps = [self.step(step) for step in version.steps]

    def step(self, step: Step) -> Truths:
        """Who passes one step taken alone, and who is blocked in it."""
        return self.block.all(self.found[each.key].truths for each in step.requirements)

    @cached_property
    def standing(self) -> Truths:
        """Who passes the whole version, and who is blocked."""
        return self.block.all(iter(self.steps))

    def may_escape(self, ways: list[Escape]) -> Bits:
        """Who might be blocked here by one of these requirements, and still pass the other version."""
        anyone = self.block.nobody
        for escape in ways:
            kept = self.found[escape.requirement.key].truths.true
            for rest, certain in escape.rest:
                stuck = self.block.holds(rest).false
                kept = kept | (stuck if certain else stuck & self.block.applies(rest.condition).true)
            anyone = anyone | ~kept
        return anyone & self.block.everyone

    def counts(self) -> Iterator[int]:
        """Count where everyone stands, in the order of `Funnel.of`."""
        yield from (count(self.standing.true), count(self.standing.false))
        stopped = self.block.nobody
        for truths in self.steps:
            yield from (count(truths.true), count(truths.false), count(truths.false & ~stopped))
            stopped = stopped | truths.false
        once = twice = self.block.nobody
        for found in self.found.values():
            once, twice = once | found.truths.false, twice | (once & found.truths.false)
        alone = once & ~twice
        for found in self.found.values():
            yield from (*found.counts, count(found.truths.false & alone))
