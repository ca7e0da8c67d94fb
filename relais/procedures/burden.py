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

What was measured (clocks, journals, receipts) or said by people stands beside the estimate: see `experience.py`.
Sources: the Standard Cost Model; Herd and Moynihan, *Administrative Burden*, 2018.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from relais.procedures.caseload import Caseload, count
from relais.procedures.costs import MEASURES, Costs, costs
from relais.procedures.masks import View
from relais.procedures.terms import Version
from relais.procedures.vector import LEAST, Figure, Gap, Mean, Measure, Source, Vector, largest_gap, quartiles
from relais.procedures.way import learning

COLUMNS = (*MEASURES, "learning")


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


@dataclass(slots=True)
class _Tally:
    """What was counted so far: values by measure, and sums by group."""

    by: Sequence[str]
    least: int
    blocked: int = 0
    unit: int = 1
    values: dict[str, Counter[float]] = field(default_factory=dict)
    groups: dict[tuple[str, str], dict[str, tuple[int, int]]] = field(default_factory=dict)

    def add(self, view: View, version: Version, cost: Costs) -> None:
        """Add a block of people; many take the same way, so each way is weighed once."""
        chosen = view.flags(cost.people)
        ways, way = _distinct(np.column_stack([cost.rows, _learning(view, version)[chosen]]))
        self.unit, self.blocked = cost.unit, self.blocked + count(view.blocked)
        everyone = np.bincount(way, minlength=len(ways)).tolist()
        for name, column in zip(COLUMNS, ways.T.tolist(), strict=True):
            values = self.values.setdefault(name, Counter())
            for value, number in zip(column, everyone, strict=True):
                values[value] += number
        for grouping in self.by:
            for label, row in view.caseload.groups(grouping).items():
                mine = view.flags(row[view.part])
                some = np.bincount(way[mine[chosen]], minlength=len(ways))
                for name, total in zip(COLUMNS, (some @ ways).tolist(), strict=True):
                    self._plus(grouping, name, label, total, int(some.sum()))
                stuck = count(row[view.part] & view.blocked)
                self._plus(grouping, "blocked", label, stuck, int(mine.sum()))

    def _plus(self, grouping: str, name: str, label: str, total: int, n: int) -> None:
        of_measure = self.groups.setdefault((name, grouping), {})
        was = of_measure.get(label, (0, 0))
        of_measure[label] = was[0] + total, was[1] + n

    def vector(self, version: Version, people: int) -> Vector:
        """Give the figures."""
        names = {"fee": Measure.MONEY} | {name: Measure(name) for name in COLUMNS if name != "fee"}
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
        low, high = quartiles(values)
        gap = self._gap(name)
        gap = replace(gap, difference=gap.difference / scale) if gap else None
        return Figure(mean, Source.ESTIMATED, n, low / scale, high / scale, gap)

    def _gap(self, name: str) -> Gap | None:
        return largest_gap({grouping: self.groups.get((name, grouping), {}) for grouping in self.by}, self.least)


def _distinct(rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Give each distinct row of small numbers once, and for each row which of these it is."""
    widths = tuple((rows.max(axis=0, initial=0) + 1).tolist())
    if prod(widths) >= 1 << 62:
        found, which = np.unique(rows, axis=0, return_inverse=True)
        return found, which.reshape(-1)
    keys, which = np.unique(np.ravel_multi_index(tuple(rows.T), widths), return_inverse=True)
    return np.column_stack(np.unravel_index(keys, widths)).astype(np.int64), which


def _learning(view: View, version: Version) -> NDArray[np.int64]:
    """Count for everyone what there is to understand in the requirements that may be asked of them."""
    total = np.zeros(len(view.everyone) * 64, dtype=np.int64)
    for _, asked in version.asked():
        spared = view.no_one
        for clause in asked.condition:
            spared = spared | view.clause(clause).false
        total += np.where(view.flags(spared), 0, learning(asked))
    return total
