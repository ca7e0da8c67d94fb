"""What people went through, as it was measured or as they said it: what no rule tells, and what an estimate is held against.

One row a person whose way was noted, in the same columns as a caseload, any of which may be missing or empty:

- `outcome`: how the way ended, or `pending` (`Outcome`);
- `minutes`, `money`, `visits`, `documents`, `days`, `volunteer_minutes`: what it took, in whole numbers;
- `finding_out`, `effort`, `worry`: the three-question scale, 1 (not at all) to 5 (very much).

>>> from relais.procedures.caseload import Codes, Numbers
>>> ended = Codes.of(["granted", "granted", "gave_up", "pending"])
>>> scale = {each: Numbers.of([1, 3, 5, None]) for each in SCALE}
>>> found = experience(Caseload.of({}, {"outcome": ended, "days": Numbers.of([20, 40, None, None]), **scale}))
>>> found.figures[Measure.DAYS].value, found.figures[Measure.DAYS].n
(30.0, 2)
>>> round(found.figures[Measure.GIVEN_UP].value, 2), {outcome.value: figure.value for outcome, figure in found.strain.items()}
(0.33, {'granted': 2.0, 'gave_up': 5.0})

How hard people found it is never averaged over outcomes, because a good outcome makes the way there look easier (Jilke, Baekgaard,
Herd and Moynihan, "Short and sweet", JBPA; Hansen and Halling on outcomes).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relais.procedures.caseload import Caseload, CaseloadError, Numbers, unpack
from relais.procedures.vector import LEAST, Figure, Mean, Measure, Source, largest_gap, quartiles

OUTCOME = "outcome"
SCALE = ("finding_out", "effort", "worry")
"""The three questions: finding out what to do, time and effort, worry."""

NOTED = (
    Measure.MINUTES, Measure.MONEY, Measure.VISITS, Measure.DOCUMENTS, Measure.DAYS, Measure.VOLUNTEER_MINUTES,
)  # fmt: skip
"""What can be noted of one person's way."""

Groups = Mapping[str, Mapping[str, Mean]]
"""A mean by grouping and value; those of whom the value is not known are under `""`."""


class Outcome(StrEnum):
    """How the way ended for someone, or that it did not yet."""

    GRANTED = "granted"
    REFUSED = "refused"
    PENDING = "pending"
    GAVE_UP = "gave_up"


@dataclass(frozen=True, slots=True)
class Experience:
    """What some people went through: measures over whoever they were noted of, and the scale apart for each outcome.

    The share who gave up is one of those whose way ended.
    """

    people: int
    figures: Mapping[Measure, Figure]
    strain: Mapping[Outcome, Figure]
    groups: Mapping[Measure, Groups]
    strain_groups: Mapping[Outcome, Groups]


def experience(people: Caseload, by: Sequence[str] = (), *, least: int = LEAST) -> Experience:
    """Say what people went through, with the largest gap between the groups of any of these groupings.

    Raises `CaseloadError` for an answer off the scale, or an outcome that is none.
    """
    labels = {name: _labels(people, name) for name in by}
    ended = _labels(people, OUTCOME) if OUTCOME in people.attributes else np.full(len(people), "", dtype=object)
    for odd in sorted(set(ended) - {*Outcome, ""}):
        raise CaseloadError(f"column {OUTCOME}: {odd!r} is no outcome; use one of: {', '.join(sorted(Outcome))}")
    found = {each: _numbers(people, each.value) for each in NOTED if each.value in people.attributes}
    columns = {each: (values[values >= 0], values >= 0) for each, values in found.items()}
    over = (ended != "") & (ended != Outcome.PENDING)
    columns[Measure.GIVEN_UP] = (ended[over] == Outcome.GAVE_UP).astype(np.int64), over
    told = {each: column for each, column in columns.items() if len(column[0])}
    answers = {each: column for each in Outcome if len((column := _answers(people, ended == each))[0])}
    return Experience(
        len(people),
        {each: _figure(*told[each], labels, Source.MEASURED, least) for each in Measure if each in told},
        {each: _figure(*column, labels, Source.REPORTED, least) for each, column in answers.items()},
        {each: _means(*column, labels) for each, column in told.items()},
        {each: _means(*column, labels) for each, column in answers.items()},
    )


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
    for name, labels in (groups or {}).items():
        if len(labels) != len(values):
            raise ValueError(f"{name} has {len(labels)} values for {len(values)} people: give one a person")
    array = np.asarray(values, dtype=np.float64)
    given = {name: np.asarray(labels, dtype=object) for name, labels in (groups or {}).items()}
    return _figure(array, np.ones(len(array), dtype=bool), given, source, least)


def _labels(people: Caseload, name: str) -> NDArray[Any]:
    """Give each person the value of a grouping, "" where it is not known."""
    found = np.full(len(people), "", dtype=object)
    for label, row in people.groups(name).items():
        found[unpack(row, len(people)).astype(bool)] = label
    return found


def _numbers(people: Caseload, name: str) -> NDArray[np.int64]:
    """Give each person the number noted of them, -1 where there is none."""
    column = people.attributes[name]
    if not isinstance(column, Numbers):
        raise CaseloadError(f"column {name} holds words: give whole numbers of at least 0, empty where not noted")
    return column.values.astype(np.int64)


def _answers(people: Caseload, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give the mean of the three answers of those chosen who gave all three, and who they are."""
    if not all(each in people.attributes for each in SCALE):
        return np.zeros(0), np.zeros(len(people), dtype=bool)
    items = np.array([_numbers(people, each) for each in SCALE])
    for name, column in zip(SCALE, items, strict=True):
        wrong = (column == 0) | (column > 5)
        if wrong.any():
            row = int(wrong.argmax())
            raise CaseloadError(
                f"column {name}, row {row + 1}: {column[row]} is not on the scale; give 1 (not at all) to 5 (very much)"
            )
    whole = chosen & (items > 0).all(axis=0)
    return items[:, whole].sum(axis=0) / 3, whole


def _sums(
    values: NDArray[Any], chosen: NDArray[np.bool_], labels: Mapping[str, NDArray[Any]]
) -> dict[str, dict[str, tuple[float, int]]]:
    """Add up by grouping and value."""
    return {
        name: {
            str(each): (float(values[(mine := column[chosen] == each)].sum()), int(mine.sum()))
            for each in sorted(set(column[chosen]))
        }
        for name, column in labels.items()
    }


def _means(values: NDArray[Any], chosen: NDArray[np.bool_], labels: Mapping[str, NDArray[Any]]) -> Groups:
    return {
        name: {each: Mean(total / n, n) for each, (total, n) in sums.items()}
        for name, sums in _sums(values, chosen, labels).items()
    }


def _figure(
    values: NDArray[Any], chosen: NDArray[np.bool_], labels: Mapping[str, NDArray[Any]], source: Source, least: int
) -> Figure:
    low, high = quartiles(Counter(values.tolist()))
    gap = largest_gap(_sums(values, chosen, labels), least)
    return Figure(float(values.mean()), source, len(values), low, high, gap)
