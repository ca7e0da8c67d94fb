"""How hard people found the way through a procedure: their answers as `procedures.burden.strain` takes them, and as a page shows them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from relais.cases.models import Strain
from relais.kernel.disclosure import hide_small
from relais.procedures.burden import Outcome, strain

Answer = tuple[Outcome, tuple[int, int, int]]


@dataclass(frozen=True)
class Told:
    """What was said by those whose case stood one way: how many, their mean and spread; None where they are too few."""

    outcome: Strain.Outcome
    people: int | None
    mean: float | None
    low: float | None
    high: float | None


def answers_of(procedure: UUID, version: UUID | None = None) -> list[Answer]:
    """Give the latest answer of each case under each outcome, for a procedure or one of its versions."""
    rows: Any = Strain.objects.filter(case__procedure=procedure, case__person__erased_at=None).order_by("told_on")
    rows = rows.filter(case__version=version) if version else rows
    latest = {
        (case, outcome): (learning, effort, stress)
        for case, outcome, learning, effort, stress in rows.values_list(
            "case", "outcome", "learning", "effort", "stress"
        )
    }
    return [(Outcome(outcome), scores) for (_case, outcome), scores in latest.items()]


def told_of(answers: Iterable[Answer], threshold: int = 10) -> list[Told]:
    """Split answers by how the case stood, with mean and the middle half; few answers are hidden with what gives them away.

    >>> told_of([(Outcome.GRANTED, (1, 2, 3))] * 12)[0].mean
    2.0
    """
    by_outcome = defaultdict[Outcome, list[tuple[int, int, int]]](list)
    for outcome, scores in answers:
        by_outcome[outcome].append(scores)
    shown = hide_small(Counter({outcome: len(scores) for outcome, scores in by_outcome.items()}), threshold)
    found = []
    for outcome, people in shown.items():
        if people is None:
            found.append(Told(Strain.Outcome(outcome), None, None, None, None))
            continue
        figure = strain((outcome, scores) for scores in by_outcome[outcome])[outcome]
        means = sorted(sum(scores) / 3 for scores in by_outcome[outcome])
        low, high = (means[(len(means) - 1) * quarter // 4] for quarter in (1, 3))
        found.append(Told(Strain.Outcome(outcome), people, figure.value, low, high))
    return sorted(found, key=lambda told: list(Strain.Outcome).index(told.outcome))
