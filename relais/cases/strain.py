"""How hard people found the way through a procedure, as a page shows it: apart for each way their case stood, few answers hidden."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from relais.cases.models import Strain
from relais.kernel.disclosure import hide_small, round_down
from relais.procedures.caseload import Caseload
from relais.procedures.experience import Outcome, experience
from relais.procedures.vector import Figure, Mean

Groups = dict[str, dict[str, Mean | None]]


@dataclass(frozen=True)
class Told:
    """What was said by those whose case stood one way: how many, their mean and the middle half; None where they are too few.

    `groups` has the mean of each value of each grouping, None where it is hidden with what would give it away.
    """

    outcome: Strain.Outcome
    people: int | None
    mean: float | None
    low: float | None
    high: float | None
    groups: Groups = field(default_factory=dict)

    @property
    def key(self) -> Outcome:
        """The outcome as the library names it."""
        return Outcome(str(self.outcome))


def told_of(answers: Caseload, threshold: int = 10, by: tuple[str, ...] = ()) -> list[Told]:
    """Split answers by how the case stood; few answers are hidden with what gives them away, others counted in whole thresholds.

    >>> from relais.procedures.caseload import Codes, Numbers
    >>> scale = {name: Numbers.of([2] * 12) for name in ("finding_out", "effort", "worry")}
    >>> told_of(Caseload.of({}, {"outcome": Codes.of(["granted"] * 12), **scale}))[0].mean
    2.0
    """
    found = experience(answers, by)
    shown = hide_small({outcome: figure.n for outcome, figure in found.strain.items()}, threshold)
    told = []
    for outcome, figure in found.strain.items():
        stood = Strain.Outcome(str(outcome))
        groups = {name: shown_means(means, threshold) for name, means in found.strain_groups[outcome].items()}
        known = shown[outcome] is not None
        people = round_down(figure.n, threshold)
        told.append(_told(stood, people, figure, groups) if known else Told(stood, None, None, None, None))
    return told


def shown_means(means: Mapping[str, Mean], threshold: int) -> dict[str, Mean | None]:
    """Hide the means of few people, with those they could be worked out from."""
    shown = hide_small({value: mean.n for value, mean in means.items()}, threshold)
    return {value: None if shown[value] is None else mean for value, mean in means.items()}


def _told(stood: Strain.Outcome, people: int, figure: Figure, groups: Groups) -> Told:
    return Told(stood, people, figure.value, figure.low, figure.high, groups)
