"""What a procedure takes of people: a vector, never one number, with its sources, its spread, and those it shuts out beside it.

>>> from relais.procedures.caseload import Codes
>>> from relais.procedures.terms import EvidenceType, Requirement, Step
>>> papers = EvidenceType(key="certificate", visits=2, days=30, held_by_state=True), EvidenceType(key="witness", visits=1)
>>> birth = Requirement(key="birth", lists=(frozenset({"certificate"}), frozenset({"witness"})))
>>> version = Version(steps=(Step(key="apply", minutes=60, requirements=(birth,)),), evidence_types=papers)
>>> people = Caseload.of({"certificate": [1, 0, 2, 2], "witness": [0, 0, 0, 2]}, {"sex": Codes.of(["f", "m", "f", "m"])})
>>> vector = burden(people, version, by=["sex"], least=1)
>>> vector.people, vector.blocked, vector.figures[Measure.VISITS].value
(4, 1, 1.6666666666666667)
>>> vector.figures[Measure.VISITS].gap
Gap(by='sex', most='m', least='f', difference=0.5)

Figures are means per person, over those who are not blocked: what the cheapest way through takes them from here
(`costs.py`), the steps included. **The blocked pay nothing in such a mean**, so a procedure that loses people looks cheap: `blocked` always
stands beside it, and two versions are compared among the people neither of them blocks (`before_and_after`).

What was measured (clocks, journals, receipts) or reported by people takes the place of the estimate: see `observed`. How hard people found it is
asked in three questions after a contact and never averaged over outcomes, because a good outcome makes the way there look easier (`strain`).
Sources: the Standard Cost Model; Herd and Moynihan, *Administrative Burden*, 2018; Jilke, Baekgaard, Herd and Moynihan, "Short and sweet", JBPA.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relais.procedures.assess import Burden, Situation, Standing, assess, burden_of, order
from relais.procedures.caseload import Caseload, count
from relais.procedures.costs import MEASURES, Costs, costs
from relais.procedures.masks import View
from relais.procedures.replay import funnel
from relais.procedures.terms import Requirement, Version

LEAST = 10
"""Groups of fewer people say nothing about a gap."""


class Measure(StrEnum):
    """What is counted, in the order it is shown."""

    MINUTES = "minutes"
    MONEY = "money"
    VISITS = "visits"
    DOCUMENTS = "documents"
    HELD_BY_STATE = "held_by_state"
    DAYS = "days"
    LEARNING = "learning"
    STRAIN = "strain"
    BLOCKED = "blocked"
    GIVEN_UP = "given_up"
    VOLUNTEER_MINUTES = "volunteer_minutes"


class Source(StrEnum):
    """Where a figure comes from: seen, said by people, or worked out from what papers and steps usually take."""

    MEASURED = "measured"
    REPORTED = "reported"
    ESTIMATED = "estimated"


class Outcome(StrEnum):
    """How a contact ended for someone who says how hard it was."""

    GRANTED = "granted"
    REFUSED = "refused"
    PENDING = "pending"
    GAVE_UP = "gave_up"


@dataclass(frozen=True, slots=True)
class Gap:
    """The largest difference between two values of one grouping: those of whom it takes most, and least."""

    by: str
    most: str
    least: str
    difference: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over n people (or a share of them), its source, the quartiles around it, and the largest gap between groups."""

    value: float
    source: Source
    n: int
    low: float
    high: float
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over n people of one group (a share for the blocked)."""

    value: float
    n: int


@dataclass(frozen=True, slots=True)
class Vector:
    """The burden on some people: `blocked` of them are shut out, and the figures but `blocked` say nothing of these.

    A measure that nobody measured, reported or estimated is absent.
    """

    people: int
    blocked: int
    figures: Mapping[Measure, Figure]
    currency: str = ""
    groups: Mapping[str, Mapping[str, Mapping[Measure, Mean]]] = field(default_factory=dict)
    """By grouping and value; those of whom the value is not known are under `""`."""

    def with_observed(self, figures: Mapping[Measure, Figure]) -> Vector:
        """Put what was measured or reported in place of what was estimated."""
        return replace(
            self,
            figures={
                each: figures.get(each) or self.figures[each]
                for each in Measure
                if each in figures or each in self.figures
            },
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What one requirement takes: of `people` it is asked of for certain, `blocked` cannot meet it and `open` are not known to.

    `cheapest` and `dearest` are its ways for who holds nothing; `held_by_state` counts the papers of the cheapest that the state has
    already; `learning` the things one must understand: the requirement, each way, each clause.
    """

    step: str
    requirement: str
    cheapest: Burden
    dearest: Burden
    held_by_state: int
    learning: int
    people: int
    blocked: int
    open: int


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of a person's way: what a requirement still takes, or a step itself, and all that it takes up to here."""

    step: str
    requirement: str
    burden: Burden
    so_far: Burden


@dataclass(frozen=True, slots=True)
class BeforeAndAfter:
    """Two versions: the burden of each on whom it does not block, and of both on the people neither blocks."""

    before: Vector
    after: Vector
    before_among_both: Vector
    after_among_both: Vector


def burden(
    caseload: Caseload, version: Version, by: Sequence[str] = (), *, among: Sequence[Version] = (), least: int = LEAST
) -> Vector:
    """Estimate what a version takes of a caseload, with the largest gap between the groups of any of these groupings.

    With `among`, the figures are about those whom none of these versions blocks either. Groups of fewer than `least` make no gap.
    """
    tally = _Tally(by, least)
    for view, cost in costs(caseload, version, among):
        tally.add(view, version, cost)
    return tally.vector(version, len(caseload))


def before_and_after(
    caseload: Caseload, before: Version, after: Version, by: Sequence[str] = (), *, least: int = LEAST
) -> BeforeAndAfter:
    """Estimate two versions side by side; only the last two vectors are about the same people."""
    return BeforeAndAfter(
        burden(caseload, before, by, least=least),
        burden(caseload, after, by, least=least),
        burden(caseload, before, by, among=[after], least=least),
        burden(caseload, after, by, among=[before], least=least),
    )


def requirements(caseload: Caseload, version: Version) -> tuple[Asked, ...]:
    """Say what each requirement takes, and of how many."""
    found = funnel(caseload, version).requirements
    result = []
    for step, asked in version.asked():
        counts = found[asked.key]
        ways = sorted(asked.lists, key=lambda each: (order(burden_of(version, each)), sorted(each)))
        cheapest, dearest = (ways[0], ways[-1]) if ways else (frozenset[str](), frozenset[str]())
        held = sum(version.evidence[key].held_by_state for key in cheapest)
        result.append(
            Asked(
                step.key, asked.key, burden_of(version, cheapest), burden_of(version, dearest), held, learning(asked),
                len(caseload) - counts.not_applicable, counts.blocked, counts.open,
            )
        )  # fmt: skip
    return tuple(result)


def path(version: Version, person: Situation, done: Collection[str] = ()) -> tuple[Leg, ...]:
    """Follow one person along the cheapest way through; nothing for a person who is blocked, for whom there is none.

    Papers are waited for side by side and steps one after the other, so the last leg holds what `assess` says is left.
    """
    found = assess(version, person)
    if found.standing == Standing.BLOCKED:
        return ()
    plan = {action.requirement.key: action.get for action in found.plan}
    legs, papers, steps = list[Leg](), frozenset[str](), Burden()
    for step in version.steps:
        for asked in step.requirements:
            new = plan.get(asked.key, frozenset()) - papers
            papers |= new
            if new:
                legs.append(Leg(step.key, asked.key, burden_of(version, new), _plus(steps, burden_of(version, papers))))
        if step.key not in done:
            own = Burden(visits=step.visits, fee=step.fee, days=step.waiting_days, minutes=step.minutes)
            steps = _plus(steps, own)
            legs.append(Leg(step.key, "", own, _plus(steps, burden_of(version, papers))))
    return tuple(legs)


def learning(asked: Requirement) -> int:
    """Count what one must understand of a requirement: that it is asked, each way of meeting it, each clause of whom it is asked."""
    return 1 + len(asked.lists) + len(asked.condition)


def observed(
    values: Sequence[float],
    source: Source = Source.MEASURED,
    groups: Mapping[str, Sequence[str]] | None = None,
    least: int = LEAST,
) -> Figure:
    """Make a figure of what was measured or reported of each of some people; groups are given as one value a person.

    >>> observed([10, 20, 60], groups={"sex": ["f", "f", "m"]}, least=1)
    Figure(value=30.0, source=<Source.MEASURED: 'measured'>, n=3, low=10.0, high=60.0, gap=Gap(by='sex', most='m', least='f', difference=45.0))
    """
    if not len(values):
        raise ValueError("nobody was observed: leave the figure out rather than say 0")
    array = np.asarray(values, dtype=np.float64)
    means: dict[str, dict[str, tuple[float, int]]] = {}
    for name, labels in (groups or {}).items():
        if len(labels) != len(array):
            raise ValueError(f"{name} has {len(labels)} values for {len(array)} people: give one a person")
        given = np.asarray(labels)
        means[name] = {
            str(each): (float(array[given == each].sum()), int((given == each).sum())) for each in set(labels)
        }
    low, high = _quartiles(Counter(array.tolist()))
    return Figure(float(array.mean()), source, len(array), low, high, _gap(means, least))


def strain(answers: Iterable[tuple[Outcome, Sequence[int]]]) -> dict[Outcome, Figure]:
    """Average the three-question scale, 1 (not at all) to 5 (very), apart for each outcome; never over outcomes.

    >>> strain([(Outcome.GRANTED, (1, 2, 3)), (Outcome.REFUSED, (5, 5, 5))])[Outcome.REFUSED].value
    5.0
    """
    found: dict[Outcome, list[float]] = {}
    for outcome, items in answers:
        if len(items) != 3 or not all(isinstance(each, int) and 1 <= each <= 5 for each in items):
            raise ValueError(f"{tuple(items)} is no answer: give three whole numbers from 1 to 5")
        found.setdefault(outcome, []).append(sum(items) / 3)
    return {each: observed(found[each], Source.REPORTED) for each in Outcome if each in found}


@dataclass(slots=True)
class _Tally:
    """What was counted so far: values by measure, and sums by group."""

    by: Sequence[str]
    least: int
    blocked: int = 0
    unit: int = 1
    values: dict[str, Counter[float]] = field(default_factory=dict)
    groups: dict[tuple[str, str], dict[str, tuple[float, int]]] = field(default_factory=dict)

    def add(self, view: View, version: Version, cost: Costs) -> None:
        """Add a block of people."""
        chosen = view.flags(cost.people)
        columns = {name: cost.rows[:, place] for place, name in enumerate(MEASURES)} | {
            "learning": _learning(view, version)[chosen]
        }
        self.unit, self.blocked = cost.unit, self.blocked + count(view.blocked)
        for name, column in columns.items():
            values, number = np.unique(column, return_counts=True)
            self.values.setdefault(name, Counter()).update(dict(zip(values.tolist(), number.tolist(), strict=True)))
        for grouping in self.by:
            for label, row in view.caseload.groups(grouping).items():
                mine = view.flags(row[view.part])
                for name, column in columns.items():
                    self._of_group(grouping, name, label, column[mine[chosen]])
                stuck = count(row[view.part] & view.blocked)
                self._plus(grouping, "blocked", label, stuck, int(mine.sum()))

    def _of_group(self, grouping: str, name: str, label: str, column: NDArray[Any]) -> None:
        self._plus(grouping, name, label, float(column.sum()), len(column))

    def _plus(self, grouping: str, name: str, label: str, total: float, n: int) -> None:
        of_measure = self.groups.setdefault((name, grouping), {})
        was = of_measure.get(label, (0.0, 0))
        of_measure[label] = was[0] + total, was[1] + n

    def vector(self, version: Version, people: int) -> Vector:
        """Give the figures."""
        names = {"fee": Measure.MONEY} | {name: Measure(name) for name in (*MEASURES, "learning") if name != "fee"}
        figures = {names[name]: self._figure(name, values) for name, values in self.values.items() if values}
        if people:
            share = self.blocked / people
            figures[Measure.BLOCKED] = Figure(share, Source.ESTIMATED, people, share, share, self._gap("blocked"))
        return Vector(
            people, self.blocked, {each: figures[each] for each in Measure if each in figures}, version.currency,
            {grouping: self._means(grouping) for grouping in self.by},
        )  # fmt: skip

    def _means(self, grouping: str) -> dict[str, dict[Measure, Mean]]:
        """Give the mean of each measure for each value of a grouping."""
        found: dict[str, dict[Measure, Mean]] = {}
        for (name, by), values in self.groups.items():
            for label, (total, n) in values.items() if by == grouping else ():
                measure = Measure.MONEY if name == "fee" else Measure(name)
                scale = self.unit if name == "fee" else 1
                found.setdefault(label, {}).update({measure: Mean(total / n / scale, n)} if n else {})
        return found

    def _figure(self, name: str, values: Counter[float]) -> Figure:
        scale = self.unit if name == "fee" else 1
        n = values.total()
        mean = sum(value * number for value, number in values.items()) / n / scale
        low, high = _quartiles(values)
        gap = self._gap(name)
        gap = replace(gap, difference=gap.difference / scale) if gap else None
        return Figure(mean, Source.ESTIMATED, n, low / scale, high / scale, gap)

    def _gap(self, name: str) -> Gap | None:
        return _gap({grouping: self.groups.get((name, grouping), {}) for grouping in self.by}, self.least)


def _learning(view: View, version: Version) -> NDArray[np.int64]:
    """Count for everyone what there is to understand in the requirements that may be asked of them."""
    total = np.zeros(len(view.everyone) * 64, dtype=np.int64)
    for _, asked in version.asked():
        spared = view.no_one
        for clause in asked.condition:
            spared = spared | view.clause(clause).false
        total += np.where(view.flags(spared), 0, learning(asked))
    return total


def _gap(means: Mapping[str, Mapping[str, tuple[float, int]]], least: int) -> Gap | None:
    """Find the grouping whose values differ most; those of whom a grouping is not known are no group."""
    found = []
    for by, values in means.items():
        known = {label: total / n for label, (total, n) in values.items() if label and n >= least}
        if len(set(known.values())) > 1:
            most, few = (
                max(known, key=lambda each: (known[each], each)),
                min(known, key=lambda each: (known[each], each)),
            )
            found.append(Gap(by, most, few, known[most] - known[few]))
    return max(found, key=lambda gap: gap.difference, default=None)


def _quartiles(values: Counter[float]) -> tuple[float, float]:
    """Give the values a quarter and three quarters of the way up."""
    n, seen, found = values.total(), 0, list[float]()
    for value in sorted(values):
        seen += values[value]
        found += [value] * (len([q for q in (0.25, 0.75) if seen >= q * n]) - len(found))
    return found[0], found[1]


def _plus(one: Burden, other: Burden) -> Burden:
    """Add what comes after: the one is waited for, then the other."""
    return Burden(
        one.visits + other.visits, one.fee + other.fee, one.days + other.days, one.minutes + other.minutes,
        one.documents + other.documents,
    )  # fmt: skip
