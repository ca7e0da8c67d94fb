"""Propose actions worth weighing, read from a caseload: where people are stopped, and what those stopped there could show.

A proposal is a place to begin: the authority strikes out what it cannot do, prices the rest, and adds its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from relais.procedures.actions import Action, Kind, accept, drop, drop_step, gentleness, merge, narrow, shorten
from relais.procedures.caseload import Bits, Caseload, Numbers, blocks, count
from relais.procedures.masks import View
from relais.procedures.rules import is_contradictory
from relais.procedures.terms import Clause, Op, Requirement, Step, Version

USUAL = frozenset({Kind.ACCEPT_LIST, Kind.SHORTEN_LIST, Kind.NARROW_CONDITION, Kind.DROP_REQUIREMENT, Kind.DROP_STEP})
"""The kinds that can unlock anyone; merging steps spares visits, and widening a condition can only shut out."""

LISTS = 2
"""How many new lists are proposed for one requirement; the second for those whom the first leaves out."""

WORTH = 10
"""A list or a condition is proposed when it would clear the requirement for at least one in so many of those it blocks."""


def anything(_evidence: str, _requirement: str) -> bool:
    """Let every kind of evidence speak of every requirement."""
    return True


@dataclass(frozen=True, slots=True)
class Proposal:
    """An action, and how many of the people blocked now it alone would clear of something that blocks them."""

    action: Action
    clears: int


def propose(
    caseload: Caseload,
    version: Version,
    *,
    most: int = 20,
    kinds: Collection[Kind] = USUAL,
    proves: Callable[[str, str], bool] = anything,
) -> tuple[Proposal, ...]:
    """Propose the actions that clear something for most people, nothing that must be kept among them.

    New lists are made of any evidence the caseload knows of, also what the version never asked about; `proves(evidence, requirement)`
    may rule out what cannot speak of a requirement, which no caseload knows. Conditions are narrowed only by
    attributes that conditions of the version speak of already: whom a law may spare is not for a caseload to say.
    """
    views = [View(caseload, version, part) for part in blocks(len(caseload))]
    about: list[list[Proposal]] = []
    for _, requirement in version.asked():
        stuck = _Stuck(views, requirement)
        if stuck.people and not requirement.must_keep:
            about.append([Proposal(*pair) for pair in _about(caseload, version, requirement, stuck, proves)])
    steps = [Proposal(*pair) for step in version.steps for pair in _step(views, step)]
    about += [sorted(steps, key=_rank)[:1], [Proposal(action, 0) for action in _merges(version)]]
    kept = [sorted((each for each in some if each.action.kind in kinds), key=_rank) for some in about]
    # The best for each requirement first, then the second best for each: whom no action reaches nobody can unlock.
    ranked = sorted(
        ((place, each) for some in kept for place, each in enumerate(some)), key=lambda pair: (pair[0], _rank(pair[1]))
    )
    return tuple(sorted((each for _, each in ranked[:most]), key=_rank))


def _rank(proposal: Proposal) -> tuple[int, tuple[int, str]]:
    """Rank proposals: those that clear something for most people first, then the gentler."""
    return -proposal.clears, gentleness(proposal.action)


class _Stuck:
    """The people blocked by one requirement, block by block."""

    def __init__(self, views: list[View], requirement: Requirement) -> None:
        self.views, self.rows = views, [view.truths[requirement.key].false for view in views]
        self.people = sum(map(count, self.rows))

    def holding(self, evidence: frozenset[str], but: frozenset[str] = frozenset()) -> int:
        """Count those who hold all of a list, and not all of another."""
        pairs = zip(self.views, self.rows, strict=True)
        return sum(
            count(row & view.holds(evidence).true & ~(view.holds(but).true if but else view.no_one))
            for view, row in pairs
        )

    def spared(self, clause: Clause) -> int:
        """Count those of whom a clause is false."""
        return sum(count(row & view.clause(clause).false) for view, row in zip(self.views, self.rows, strict=True))


def _about(
    caseload: Caseload, version: Version, asked: Requirement, stuck: _Stuck, proves: Callable[[str, str], bool]
) -> Iterator[tuple[Action, int]]:
    """Propose what to do about one requirement."""
    yield drop(asked.key), stuck.people
    known = frozenset().union(*asked.lists)
    new = [frozenset({key}) for key in caseload.held if key not in known and proves(key, asked.key)]
    elsewhere = frozenset(key for _, each in version.asked() for list_ in each.lists for key in list_)
    taken: frozenset[str] = frozenset()
    for _round in range(LISTS):
        # Between papers that as many hold, one that nothing else asks for is news.
        found = ((stuck.holding(each, taken), not each & elsewhere, each) for each in new)
        clears, _, best = max(found, key=lambda each: each[:2], default=(0, False, taken))
        if clears * WORTH < stuck.people:
            break
        yield accept(asked.key, best), stuck.holding(best)
        taken, new = best, [each for each in new if each != best]
    for evidence in dict.fromkeys(asked.lists):
        shorter = [(stuck.holding(evidence - {key}), key) for key in sorted(evidence) if len(evidence) > 1]
        clears, key = max(shorter, default=(0, ""), key=lambda each: each[0])
        if clears and clears * WORTH >= stuck.people:
            yield shorten(asked.key, evidence, [key]), clears
    # Asked of nobody is not asked of fewer: that is dropping it, and is proposed as such, where the law allows it.
    clauses = [each for each in _clauses(caseload, version) if not is_contradictory((*asked.condition, each))]
    clauses = [each for each in clauses if each not in asked.condition]
    spared = [(stuck.spared(clause), clause) for clause in clauses]
    clears, clause = max(spared, key=lambda each: each[0], default=(0, None))
    if clause and clears and clears * WORTH >= stuck.people:
        yield narrow(asked.key, clause), clears


def _clauses(caseload: Caseload, version: Version) -> Iterator[Clause]:
    """Give the clauses that would spare a group the version already speaks of."""
    spoken = {clause for _, asked in version.asked() for clause in asked.condition}
    for name in sorted({clause.attribute for clause in spoken}):
        attribute = caseload.attributes.get(name)
        if isinstance(attribute, Numbers):
            bounds = {each.value for each in spoken if each.attribute == name and each.op in (Op.GE, Op.LT)}
            yield from (Clause(name, op, bound) for bound in sorted(bounds) for op in (Op.GE, Op.LT))  # type: ignore[type-var]
        elif attribute is not None:
            yield from (Clause(name, Op.IS_NOT, label) for label in attribute.labels)


def _step(views: list[View], step: Step) -> Iterator[tuple[Action, int]]:
    """Propose to do without a step where several things block people, if the law does not keep it."""
    rows = [[view.truths[each.key].false for each in step.requirements] for view in views]
    blocking = [any(row[place].any() for row in rows) for place in range(len(step.requirements))]
    if sum(blocking) > 1 and not any(each.must_keep for each in step.requirements):
        yield drop_step(step.key), sum(count(_any(row)) for row in rows)


def _any(rows: list[Bits]) -> Bits:
    """Join rows by *or*."""
    joined = rows[0]
    for row in rows[1:]:
        joined = joined | row
    return joined


def _merges(version: Version) -> Iterator[Action]:
    """Propose to merge steps that follow each other at one place."""
    for one, other in zip(version.steps, version.steps[1:], strict=False):
        if (one.channel, one.place) == (other.channel, other.place):
            yield merge(other.key, one.key)
