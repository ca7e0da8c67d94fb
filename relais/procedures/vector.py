"""The burden of a procedure as a vector, never one number: what is measured, its source, its spread, and the gap between groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

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


def largest_gap(means: Mapping[str, Mapping[str, tuple[float, int]]], least: int) -> Gap | None:
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


def quartiles(values: Counter[float]) -> tuple[float, float]:
    """Give the values a quarter and three quarters of the way up."""
    n, seen, found = values.total(), 0, list[float]()
    for value in sorted(values):
        seen += values[value]
        found += [value] * (len([q for q in (0.25, 0.75) if seen >= q * n]) - len(found))
    return found[0], found[1]
