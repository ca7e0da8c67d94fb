"""What became of the people a prediction was about, told so that nobody can be found in it.

What was said of each person and what became of them is one table, whose sums were partly published on the day; `kernel.linked`
sees all of it. Month by month only as much is told as hides everyone: months are put together until enough people stand in
them, and the curves take the same steps. No database: columns in, plain values out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relais.cases.fates import ENDED, Fate, Fates
from relais.kernel.curves import Point
from relais.kernel.disclosure import round_down
from relais.kernel.linked import Count, hidden_in
from relais.kernel.periods import Period, months
from relais.procedures.cohort import Cohort, Said
from relais.procedures.survival import Curve, incidence
from relais.roundtables.forecast import Forecast, Shown


class Told(StrEnum):
    """What a page says was foretold of people: `Said`, those of whom little was said taken together."""

    UNLOCKED = "unlocked"
    MAY_UNLOCK = "may_unlock"
    STILL = "still"
    HARM = "harm"
    OTHERS = "others"


OF = {
    Told.UNLOCKED: (Said.UNLOCKED,),
    Told.MAY_UNLOCK: (Said.MAY_UNLOCK,),
    Told.STILL: (Said.STILL_BLOCKED,),
    Told.HARM: (Said.NEWLY_BLOCKED, Said.MAY_BLOCK),
    Told.OTHERS: (Said.PASSES, Said.OPEN, Said.NOW_BLOCKED),
}
STOPPED_BEFORE = (Told.UNLOCKED, Told.MAY_UNLOCK, Told.STILL)
SHOWN = (Fate.PASSED, Fate.WAITING, Fate.RETURNED, Fate.STOPPED, Fate.REFUSED, Fate.GAVE_UP, Fate.LEFT)
"""The columns of a page; whoever asked to be forgotten is counted with those who left for another reason."""

Cell = tuple[Told, Fate]
Numbers = NDArray[Any]


@dataclass(frozen=True)
class Step:
    """As many people, in some months taken together."""

    first: int
    last: int
    count: int


@dataclass(frozen=True)
class GroupFared:
    """One value of a grouping: how many were said to be let through, and how many of them got there; None is hidden."""

    value: str
    people: Shown
    passed: Shown


@dataclass(frozen=True)
class Observed:
    """Everything a page says of a prediction and what came of it; None is hidden.

    `steps` and `curves` follow those of whom `followed` was said, everyone where it is None, from the day the rule changed.
    """

    figures: Forecast
    people: int
    threshold: int
    periods: Sequence[Period]
    said: Mapping[Told, Shown]
    fates: Mapping[Fate, Shown]
    cells: Mapping[Cell, Shown]
    some: frozenset[Cell]
    followed: Told | None
    steps: Mapping[Fate, Sequence[Step]]
    curves: Mapping[Fate, Sequence[Point]]
    groups: Mapping[str, Sequence[GroupFared]]

    def of(self, said: Told, *fates: Fate) -> Shown:
        """Add up some cells of a line, None where one of them is hidden."""
        found = [self.cells[said, fate] for fate in fates]
        return None if None in found else sum(each or 0 for each in found)

    def any_of(self, said: Told, *fates: Fate) -> bool:
        """Say whether anyone at all stands in some cells, shown or hidden."""
        return any((said, fate) in self.some for fate in fates)

    @property
    def hides(self) -> bool:
        """Say whether anything is hidden."""
        return None in [*self.cells.values(), *self.said.values(), *self.fates.values()]


def observe(
    cohort: Cohort, fates: Fates, figures: Forecast, on: date, until: date, *, by: Sequence[str] = ()
) -> Observed:
    """Put what was said beside what happened, small counts hidden with what would give them away."""
    lined = _Lined(cohort, fates, (until - on).days)
    table = lined.table()
    counts = _network(table, figures)
    hidden = hidden_in(counts, figures.threshold)

    def shown(key: Any) -> Shown:
        return None if key in hidden or not counts[key].shown else counts[key].value

    cells = {(told, fate): shown(("cell", told, fate)) for told in Told for fate in SHOWN}
    followed = Told.UNLOCKED if shown(("said", Told.UNLOCKED)) else None
    periods = months(on, until + timedelta(days=1))
    ends = [min((period.end - on).days - 1, lined.span) for period in periods]
    known = {fate: cells[followed, fate] if followed else shown(("fate", fate)) for fate in ENDED}
    chosen = lined.said == Said.UNLOCKED if followed else np.ones(len(cohort), dtype=bool)
    found = {fate: lined.steps(chosen, fate, ends, figures.threshold) for fate in ENDED if known[fate]}
    steps = {fate: each for fate, each in found.items() if each}
    return Observed(
        figures=figures,
        people=len(cohort),
        threshold=figures.threshold,
        periods=periods,
        said={told: shown(("said", told)) for told in Told},
        fates={fate: shown(("fate", fate)) for fate in SHOWN},
        cells=cells,
        some=frozenset(key for key, count in table.items() if count),
        followed=followed,
        steps=steps,
        curves={fate: points(lined.curve(chosen, fate), each, ends) for fate, each in steps.items()},
        groups={name: _groups(lined, name, figures) for name in by} if cells[Told.UNLOCKED, Fate.PASSED] else {},
    )


def rounded(found: Observed) -> Observed:
    """Round every count down to whole thresholds, so that two looks differ by nobody or by many."""

    def down(count: Shown) -> Shown:
        return None if count is None else round_down(count, found.threshold)

    return replace(
        found,
        people=round_down(found.people, found.threshold),
        said={told: down(count) for told, count in found.said.items()},
        fates={fate: down(count) for fate, count in found.fates.items()},
        cells={cell: down(count) for cell, count in found.cells.items()},
        steps={
            fate: [replace(step, count=round_down(step.count, found.threshold)) for step in steps]
            for fate, steps in found.steps.items()
        },
        groups={
            name: [GroupFared(row.value, down(row.people), down(row.passed)) for row in rows]
            for name, rows in found.groups.items()
        },
    )


class _Lined:
    """What became of each case of a cohort, in its order; a case that is no more counts with the forgotten."""

    def __init__(self, cohort: Cohort, fates: Fates, span: int) -> None:
        """Line the columns up with the cohort."""
        place = cohort.place(fates.ids)
        found, self.span, self.fates = place >= 0, max(span, 0), fates
        self.said = cohort.said.astype(np.int64)
        self.fate = np.full(len(cohort), Fate.FORGOTTEN.value, dtype=np.int64)
        self.day = np.full(len(cohort), self.span, dtype=np.int64)
        self.row = np.full(len(cohort), -1, dtype=np.int64)
        self.fate[place[found]] = fates.fate[found]
        self.row[place[found]] = np.flatnonzero(found)
        ended = found & (fates.day >= 0)
        self.day[place[ended]] = np.minimum(fates.day[ended], self.span)

    def table(self) -> dict[Cell, int]:
        """Count people by what was said and what became of them."""
        wide, high = max(Fate) + 1, max(Said) + 1
        found = np.bincount(self.said * wide + self.fate, minlength=wide * high).reshape(high, wide)
        found[:, Fate.LEFT] += found[:, Fate.FORGOTTEN]
        return {(told, fate): int(sum(found[said, fate] for said in OF[told])) for told in Told for fate in SHOWN}

    def steps(self, chosen: Numbers, fate: Fate, ends: Sequence[int], threshold: int) -> list[Step]:
        """Count month by month who ended so, months put together until enough stand in them."""
        days = self.day[chosen & (self.fate == fate)]
        month = np.searchsorted(np.asarray(ends), days)
        return put_together(np.bincount(month, minlength=len(ends)).tolist(), threshold)

    def curve(self, chosen: Numbers, fate: Fate) -> Curve:
        """Give the share who ended so, day by day."""
        cause = np.where(np.isin(self.fate, ENDED), self.fate, 0)
        return incidence(self.day[chosen], cause[chosen], fate)


def put_together(counts: Sequence[int], threshold: int) -> list[Step]:
    """Put months together until enough people stand in each step, or nobody; what is left over joins the step before.

    >>> put_together([12, 3, 0, 9, 4], 10)
    [Step(first=0, last=0, count=12), Step(first=1, last=4, count=16)]
    """
    steps: list[Step] = []
    first, gathered = 0, 0
    for month, count in enumerate(counts):
        gathered += count
        if gathered == 0:
            first = month + 1
        elif gathered >= threshold:
            steps.append(Step(first, month, gathered))
            first, gathered = month + 1, 0
    if gathered and steps:
        last = steps.pop()
        steps.append(Step(last.first, len(counts) - 1, last.count + gathered))
    return steps


def points(curve: Curve, steps: Sequence[Step], ends: Sequence[int]) -> list[Point]:
    """Take a curve only where a step ends, in whole percents: nothing between two steps is told."""
    found = []
    for step in steps:
        share, low, high = (round(each, 2) for each in curve.at(ends[step.last]))
        found.append(Point(ends[step.last], share, low, high))
    return found


def _network(table: Mapping[Cell, int], figures: Forecast) -> dict[Any, Count]:
    """Write what was said and what happened as sums, with those that were published on the day: they stay as they were."""
    counts: dict[Any, Count] = {"people": Count("everyone", "all", sum(table.values()), fixed=True)}
    before = figures.before["blocked"]
    stopped = sum(count for (told, _fate), count in table.items() if told in STOPPED_BEFORE)
    counts["before"] = Count("all", "stopped", stopped, shown=before is not None, sensitive=False, fixed=True)
    for told in Told:
        value = sum(table[told, fate] for fate in SHOWN)
        known = told != Told.UNLOCKED or figures.unlocked.least is not None
        fixed = told == Told.UNLOCKED and known
        tail = "stopped" if told in STOPPED_BEFORE else "all"
        counts["said", told] = Count(tail, ("said", told), value, shown=known, fixed=fixed, rank=1)
        for fate in SHOWN:
            counts["cell", told, fate] = Count(("said", told), ("became", fate), table[told, fate])
    for fate in SHOWN:
        counts["fate", fate] = Count(("became", fate), "everyone", sum(table[told, fate] for told in Told), rank=1)
    return counts


def _groups(lined: _Lined, name: str, figures: Forecast) -> list[GroupFared]:
    """Show by group how many of those said to be let through got there; what was hidden on the day stays hidden."""
    codes, values = lined.fates.groups(name)
    chosen = (lined.said == Said.UNLOCKED) & (lined.row >= 0)
    value_of = codes[lined.row[chosen]]
    passed = lined.fate[chosen] == Fate.PASSED
    every = np.bincount(value_of, minlength=len(values)).tolist()
    some = np.bincount(value_of[passed], minlength=len(values)).tolist()
    untold = {row.value for row in figures.groups.get(name, []) if row.unlocked is None}
    counts: dict[Any, Count] = {
        "passed": Count("all", "passed", sum(some), fixed=True),
        "rest": Count("all", "rest", sum(every) - sum(some), fixed=True),
    }
    for value, people, there in zip(values, every, some, strict=True):
        told = value not in untold
        counts[value, "passed"] = Count("passed", ("value", value), there, shown=told)
        counts[value, "rest"] = Count("rest", ("value", value), people - there, shown=told)
        counts[value, "people"] = Count(("value", value), "all", people, shown=told, rank=1)
    hidden = hidden_in(counts, figures.threshold)

    def shown(key: Any) -> Shown:
        return None if key in hidden or not counts[key].shown else counts[key].value

    rows = zip(values, every, strict=True)
    return [GroupFared(value, shown((value, "people")), shown((value, "passed"))) for value, people in rows if people]
