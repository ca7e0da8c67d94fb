"""A needs assessment as it stands: what comes first, why, and how firm that is."""

from dataclasses import dataclass
from fractions import Fraction

from relais.barriers.models import Candidate, Criterion, NeedsAssessment, Score
from relais.barriers.ranking import FIRST, Change, Place, rank, sensitivity


@dataclass(frozen=True, slots=True)
class Explained:
    """What one criterion adds to a result, and what was seen."""

    criterion: Criterion
    score: Score | None
    level: dict[str, str] | str
    points: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate with its place and the reasons for it."""

    candidate: Candidate
    place: Place[str]
    parts: tuple[Explained, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Another weight that would change who is among the first."""

    criterion: Criterion
    instead: int
    enters: tuple[Candidate, ...]
    leaves: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The list in order, the weights it rests on, and what would turn it."""

    criteria: tuple[Criterion, ...]
    lines: tuple[Line, ...]
    turns: tuple[Turn, ...]
    done: tuple[Candidate, ...]
    first: int = FIRST


def ranked(assessment: NeedsAssessment) -> Ranked:
    """Rank what is still to do, in four queries whatever its length."""
    criteria = tuple(assessment.criteria.all())
    candidates = assessment.candidates.select_related("territory", "organisation").prefetch_related("scores")
    there = {str(candidate.pk): candidate for candidate in candidates.order_by("label")}
    to_do = {key: candidate for key, candidate in there.items() if candidate.done_on is None}
    done = tuple(candidate for candidate in there.values() if candidate.done_on)
    weights = {criterion.key: criterion.weight for criterion in criteria}
    if not any(weights.values()):
        return Ranked(criteria, (), (), done)
    keys = {criterion.pk: criterion.key for criterion in criteria}
    given = {
        key: {keys[score.criterion_id]: score for score in candidate.scores.all()} for key, candidate in to_do.items()
    }
    scores = {key: {name: score.value for name, score in marks.items()} for key, marks in given.items()}
    by_key = {criterion.key: criterion for criterion in criteria}
    lines = tuple(_line(place, to_do[place.id], by_key, given[place.id]) for place in rank(scores, weights))
    turns = tuple(_turn(change, to_do, by_key) for change in sensitivity(scores, weights))
    return Ranked(criteria, lines, turns, done)


def _line(place: Place[str], candidate: Candidate, criteria: dict[str, Criterion], given: dict[str, Score]) -> Line:
    parts = []
    for part in place.parts:
        criterion, score = criteria[part.criterion], given.get(part.criterion)
        level = criterion.levels[score.value] if score and score.value < len(criterion.levels) else ""
        parts.append(Explained(criterion, score, level, part.points, part.most))
    return Line(candidate, place, tuple(parts))


def _turn(change: Change[str], candidates: dict[str, Candidate], criteria: dict[str, Criterion]) -> Turn:
    return Turn(
        criteria[change.criterion],
        change.instead,
        tuple(candidates[key] for key in change.enters),
        tuple(candidates[key] for key in change.leaves),
    )
