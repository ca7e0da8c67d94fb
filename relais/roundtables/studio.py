"""The draft beside the version in force, one requirement a row: what stands, what is new, what is gone, and whom each stops.

Plain values in the reader's language, made from two versions and a forecast; the page only lays them out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from relais.kernel.text import pick
from relais.procedures.describe import Attributes, channel_words, condition_words, cost_words, joined, list_words
from relais.procedures.terms import EvidenceTypeList, Requirement, Step, Version
from relais.roundtables.forecast import Forecast, Shown, StopRow


class Change(StrEnum):
    """What a draft did to something."""

    KEPT = "kept"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to prove a requirement; `keys` is what a button posts back."""

    words: str
    keys: str
    change: Change

    @property
    def accepted(self) -> bool:
        """Say whether the draft accepts it."""
        return self.change != Change.GONE


@dataclass(frozen=True, slots=True)
class Offer:
    """A way of proof nobody accepts yet but people could show, and how many of those stopped could."""

    words: str
    keys: str
    note: str


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One requirement: of whom it is asked today and with the draft, its ways, and how many it stops under each."""

    key: str
    name: str
    must_keep: bool
    change: Change
    today: str
    draft: str
    ways: list[Way]
    before: Shown
    after: Shown
    first: bool
    last: bool
    offers: list[Offer] = field(default_factory=list)

    @property
    def asks_others(self) -> bool:
        """Say whether the draft asks it of other people than today."""
        return self.change == Change.KEPT and self.today != self.draft


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step with what it asks."""

    key: str
    name: str
    how: str
    change: Change
    first: bool
    last: bool
    asked: list[AskedRow] = field(default_factory=list)


def studio(draft: Version, today: Version, forecast: Forecast, attributes: Attributes) -> list[StepRow]:
    """Lay a draft beside today's rule: its steps in their order, then those it took out."""
    stops = {row.key: row for row in forecast.requirements}
    table = _Table(draft, today, stops, attributes)
    kept = {step.key for step in draft.steps}
    gone = [step for step in today.steps if step.key not in kept]
    return [table.step(step, place) for place, step in enumerate(draft.steps)] + [table.gone(step) for step in gone]


@dataclass(frozen=True)
class _Table:
    draft: Version
    today: Version
    stops: Mapping[str, StopRow]
    attributes: Attributes

    def step(self, step: Step, place: int) -> StepRow:
        """Lay out a step of the draft; what today's rule asks there and the draft nowhere comes last."""
        before = {each.key: each for each in self.today.steps}
        asked = {each.key for _, each in self.draft.asked()}
        gone = [each for each in before[step.key].requirements if each.key not in asked] if step.key in before else []
        rows = [self.asked(each, place, step) for place, each in enumerate(step.requirements)]
        return StepRow(
            step.key,
            pick(step.names) or step.key,
            self.takes(step),
            Change.KEPT if step.key in before else Change.NEW,
            place == 0,
            place == len(self.draft.steps) - 1,
            rows + [self.dropped(each) for each in gone],
        )

    def gone(self, step: Step) -> StepRow:
        """Lay out a step the draft took out; what it asks may be asked elsewhere."""
        asked = {each.key for _, each in self.draft.asked()}
        rows = [self.dropped(each) for each in step.requirements if each.key not in asked]
        name = pick(step.names) or step.key
        return StepRow(step.key, name, self.takes(step), Change.GONE, first=True, last=True, asked=rows)

    def takes(self, step: Step) -> str:
        return joined([channel_words(step.channel), *cost_words(step, self.draft.currency)])

    def asked(self, requirement: Requirement, place: int, step: Step) -> AskedRow:
        before = next((each for _, each in self.today.asked() if each.key == requirement.key), None)
        known = before.lists if before else ()
        gone = [each for each in known if each not in requirement.lists]
        ways = [self.way(each, Change.KEPT if each in known else Change.NEW) for each in requirement.lists]
        return AskedRow(
            requirement.key,
            pick(requirement.names) or requirement.key,
            requirement.must_keep,
            Change.KEPT if before else Change.NEW,
            condition_words(before.condition, self.attributes) if before else "",
            condition_words(requirement.condition, self.attributes),
            ways + [self.way(each, Change.GONE) for each in gone],
            *self.stopped(requirement.key),
            first=place == 0,
            last=place == len(step.requirements) - 1,
        )

    def dropped(self, requirement: Requirement) -> AskedRow:
        said = condition_words(requirement.condition, self.attributes)
        ways = [self.way(each, Change.GONE) for each in requirement.lists]
        return AskedRow(
            requirement.key,
            pick(requirement.names) or requirement.key,
            requirement.must_keep,
            Change.GONE,
            said,
            said,
            ways,
            *self.stopped(requirement.key),
            first=True,
            last=True,
        )

    def way(self, papers: EvidenceTypeList, change: Change) -> Way:
        version = self.today if change == Change.GONE else self.draft
        return Way(list_words(papers, version), ",".join(sorted(papers)), change)

    def stopped(self, key: str) -> Iterator[Shown]:
        row = self.stops.get(key)
        yield row.before if row and row.in_before else 0
        yield row.after if row and row.in_after else 0
