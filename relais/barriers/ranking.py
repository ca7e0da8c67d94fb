"""Ranks what to do first: scores from 0 to 4 by criteria with weights, each part of the result explained.

The score is the weighted mean of the parts, on a scale from 0 to 100 (a simple additive weighting, chosen because a village
can check it with a pencil). It is kept as an exact fraction, so that equal is equal. A part nobody has scored yet is unknown,
not zero: the result is then an interval, from all unknown parts at 0 to all at 4, and the place is given by its lower end,
marked as not yet known. Method: Belton and Stewart, Multiple Criteria Decision Analysis (2002), chapters 4 and 5.
Pure: mappings in, tuples out.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from relais.barriers.rules import HIGHEST_SCORE, HIGHEST_WEIGHT

Id = TypeVar("Id", bound=Hashable)
Scores = Mapping[Id, Mapping[str, int]]
FIRST = 5


@dataclass(frozen=True, slots=True)
class Part:
    """What one criterion adds to a result: points of the 100, of at most `most`; `score` is None when not known."""

    criterion: str
    weight: int
    score: int | None
    points: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Place(Generic[Id]):
    """One candidate's place, its result between `low` and `high` of 100, and what it is made of, heaviest part first."""

    id: Id
    position: int
    low: Fraction
    high: Fraction
    parts: tuple[Part, ...]

    @property
    def is_known(self) -> bool:
        """Say whether every criterion that counts was scored."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Change(Generic[Id]):
    """The nearest other weight of one criterion at which the first few are no longer the same."""

    criterion: str
    weight: int
    instead: int
    enters: tuple[Id, ...]
    leaves: tuple[Id, ...]


def rank(scores: Scores[Id], weights: Mapping[str, int]) -> list[Place[Id]]:
    """Give every candidate's place; equal results share one, and the next place is left free.

    >>> places = rank({"A": {"roof": 4, "people": 1}, "B": {"roof": 1, "people": 4}, "C": {"roof": 0, "people": 0}},
    ...               {"roof": 1, "people": 1})
    >>> [(place.id, place.position, float(place.low)) for place in places]
    [('A', 1, 62.5), ('B', 1, 62.5), ('C', 3, 0.0)]
    """
    whole = sum(weights.values())
    if whole <= 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("At least one weight must be above zero, and none below.")
    parts = {id: _parts(given, weights, whole) for id, given in scores.items()}
    low = {id: sum((part.points for part in made), Fraction(0)) for id, made in parts.items()}
    ordered = sorted(scores, key=lambda id: (-low[id], str(id)))
    places: list[Place[Id]] = []
    for number, id in enumerate(ordered, start=1):
        tied = bool(places) and places[-1].low == low[id]
        position = places[-1].position if tied else number
        unknown = sum((part.most for part in parts[id] if part.score is None), Fraction(0))
        places.append(Place(id, position, low[id], low[id] + unknown, parts[id]))
    return places


def _parts(given: Mapping[str, int], weights: Mapping[str, int], whole: int) -> tuple[Part, ...]:
    made = []
    for criterion, weight in weights.items():
        score = given.get(criterion)
        if score is not None and not 0 <= score <= HIGHEST_SCORE:
            raise ValueError(f"A score lies between 0 and {HIGHEST_SCORE}, not at {score}.")
        most = Fraction(100 * weight, whole)
        made.append(Part(criterion, weight, score, most * (score or 0) / HIGHEST_SCORE, most))
    return tuple(sorted(made, key=lambda part: (-part.points, -part.most, part.criterion)))


def first_few(places: list[Place[Id]], first: int = FIRST) -> frozenset[Id]:
    """Give the candidates placed among the first, with all that tie for the last of these places."""
    return frozenset(place.id for place in places if place.position <= first)


def sensitivity(scores: Scores[Id], weights: Mapping[str, int], first: int = FIRST) -> tuple[Change[Id], ...]:
    """Say which one weight, moved as little as possible, would change who is among the first; nothing if none does.

    Each weight is moved alone over 0..100, the others staying as agreed.

    >>> changes = sensitivity({"A": {"roof": 4, "people": 1}, "B": {"roof": 1, "people": 3}}, {"roof": 2, "people": 1}, 1)
    >>> [(change.criterion, change.weight, change.instead, change.enters, change.leaves) for change in changes]
    [('people', 1, 3, ('B',), ()), ('roof', 2, 0, ('B',), ('A',))]
    """
    now = _first_few(scores, weights, first)
    changes = []
    for criterion, weight in weights.items():
        for instead in sorted(range(HIGHEST_WEIGHT + 1), key=lambda other: (abs(other - weight), other)):
            changed = {**weights, criterion: instead}
            if instead == weight or not any(changed.values()):
                continue
            then = _first_few(scores, changed, first)
            if then != now:
                enters, leaves = sorted(then - now, key=str), sorted(now - then, key=str)
                changes.append(Change(criterion, weight, instead, tuple(enters), tuple(leaves)))
                break
    return tuple(sorted(changes, key=lambda change: (change.criterion,)))


def _first_few(scores: Scores[Id], weights: Mapping[str, int], first: int) -> frozenset[Id]:
    """Give what `first_few` gives, by whole numbers alone: the order needs no division."""
    sums = {
        id: sum(weight * (given.get(criterion) or 0) for criterion, weight in weights.items())
        for id, given in scores.items()
    }
    last = sorted(sums.values(), reverse=True)[:first]
    return frozenset(id for id, total in sums.items() if last and total >= last[-1])
