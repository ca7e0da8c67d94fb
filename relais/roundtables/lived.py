"""What people went through under the rule of today and, once it is in force, under the draft: measured, or as they said it.

Counted to the end of last month, so that two looks within a month never differ by one person. Few people are hidden, with what
would give them away; a share is told only where neither those it counts nor the others are few.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from relais.cases.experience import answers_of, ways_of
from relais.cases.groupings import GROUPINGS
from relais.cases.models import Strain
from relais.cases.strain import Told, shown_means, told_of
from relais.kernel import charts
from relais.procedures.experience import Experience, experience
from relais.procedures.models import ProcedureVersion
from relais.procedures.vector import Mean, Measure
from relais.roundtables.burden_groups import mean_words
from relais.roundtables.replays import DraftReplay
from relais.roundtables.views.figures import group_names, label_of, labels_of

MEASURES = (Measure.DAYS, Measure.VOLUNTEER_MINUTES, Measure.GIVEN_UP)
Groups = dict[str, dict[str, Mean | None]]


@dataclass(frozen=True)
class LivedRow:
    """One measure, or one way to end, under each rule, with the people it is about and the largest gap between groups."""

    name: str
    today: str
    people: str
    draft: str
    people_then: str
    middle: str
    gap: str


@dataclass(frozen=True)
class Sample:
    """Those who went through one version."""

    ways: Experience
    answers: list[Told]

    @property
    def told(self) -> dict[str, Told]:
        """What they said, by how the way ended."""
        return {str(each.outcome): each for each in self.answers}


class Lived:
    """What people went through under both versions of a draft; each part is worked out when first asked."""

    def __init__(self, drafted: DraftReplay) -> None:
        """Remember the draft and the rule of today."""
        self.drafted, self.threshold = drafted, drafted.threshold
        self.until: date = drafted.today.replace(day=1)

    @cached_property
    def before(self) -> Sample:
        """Those who went through the rule of today."""
        return self._sample(self.drafted.baseline)

    @cached_property
    def after(self) -> Sample:
        """Those who went through the draft, once it was in force."""
        return self._sample(self.drafted.version)

    @property
    def compares(self) -> bool:
        """Say whether anyone went through the draft."""
        return bool(self.after.ways.people or self.after.answers)

    def _sample(self, version: ProcedureVersion | None) -> Sample:
        if version is None:
            return Sample(experience(ways_of(self.drafted.version.procedure_id, until=date.min)), [])
        about = (version.procedure_id, version.pk, self.until)
        answers = told_of(answers_of(*about), self.threshold, GROUPINGS)
        return Sample(experience(ways_of(*about), GROUPINGS, least=self.threshold), answers)

    @property
    def rows(self) -> list[LivedRow]:
        """What it took those whose way has ended."""
        found = [each for each in MEASURES if each in self.before.ways.figures or each in self.after.ways.figures]
        return [self._measured(each) for each in found]

    def _measured(self, measure: Measure) -> LivedRow:
        before, after = self.before.ways, self.after.ways
        latest = after if measure in after.figures else before
        groups = {name: shown_means(means, self.threshold) for name, means in latest.groups[measure].items()}
        figure = latest.figures[measure]
        told = figure.n >= self.threshold and measure != Measure.GIVEN_UP
        return LivedRow(
            _names()[measure],
            *self._value(before, measure),
            *self._value(after, measure),
            _between(figure.low, figure.high) if told else "",
            self._gap(groups, measure) if figure.n >= self.threshold else "—",
        )

    def _value(self, found: Experience, measure: Measure) -> tuple[str, str]:
        """Give a mean or a share, and over how many people, rounded down."""
        figure = found.figures.get(measure)
        if figure is None:
            return "—", ""
        if not self._may_tell(Mean(figure.value, figure.n), measure):
            return _("hidden"), ""
        return _said(figure.value, measure), self._of(figure.n)

    def _may_tell(self, mean: Mean, measure: Measure) -> bool:
        if measure != Measure.GIVEN_UP:
            return mean.n >= self.threshold
        counted = round(mean.value * mean.n)
        return mean.n >= self.threshold and not any(0 < each < self.threshold for each in (counted, mean.n - counted))

    def _of(self, people: int) -> str:
        return number_format(people - people % self.threshold, use_l10n=True, force_grouping=True)

    @property
    def strains(self) -> list[LivedRow]:
        """How hard people found it, apart for each way to end."""
        before, after = self.before.told, self.after.told
        found = [stood for stood in Strain.Outcome if stood in before or stood in after]
        return [self._strain(stood, before.get(stood), after.get(stood)) for stood in found]

    def _strain(self, stood: Strain.Outcome, before: Told | None, after: Told | None) -> LivedRow:
        latest = after or before
        assert latest is not None
        middle = _between(latest.low, latest.high) if latest.low is not None and latest.high is not None else ""
        return LivedRow(
            str(stood.label), *self._mean(before), *self._mean(after), middle, self._gap(latest.groups, Measure.STRAIN)
        )

    def _mean(self, told: Told | None) -> tuple[str, str]:
        if told is None:
            return "—", ""
        if told.mean is None or told.people is None:
            return _("hidden"), ""
        return mean_words(told.mean), self._of(told.people)

    @property
    def chart(self) -> dict[str, Any] | None:
        """How hard people found it, as bars."""
        before, after = self.before.told, self.after.told
        told = [each for each in Strain.Outcome if any(one.get(each) and one[each].mean for one in (before, after))]
        if not told:
            return None
        samples = [(_("Today"), before, "chart-before"), (_("With the draft"), after, "")]
        return charts.bars(
            _("How hard people found it, from 1 (not at all) to 5 (very much)"),
            [str(each.label) for each in told],
            [
                charts.Series(name, [_rounded(one.get(each)) for each in told], look)
                for name, one, look in samples[: 1 + self.compares]
            ],
            first=_("When they were asked they"),
            hidden=_("hidden"),
        )

    @property
    def strain_groups(self) -> list[tuple[str, list[str], list[tuple[str, list[str]]]]]:
        """How hard it was by group: each grouping, its columns, and a line for each of its values."""
        sample = self.after if any(told.mean for told in self.after.answers) else self.before
        told = [each for each in sample.answers if each.mean is not None]
        found = []
        for key, name in group_names().items():
            values = dict.fromkeys(value for each in told for value in each.groups[key])
            labels = labels_of(key, self.drafted.version.procedure)
            lines = [
                (label_of(value, labels), [_cell(each.groups[key], value) for each in told])
                for value in sorted(values, key=lambda value: (not value, value))
                if any(each.groups[key].get(value) for each in told)
            ]
            if len(lines) > 1:
                found.append((name, [str(each.outcome.label) for each in told], lines))
        return found

    def _gap(self, groups: Groups, measure: Measure) -> str:
        """Say between whom the difference is largest, of those who may be told."""
        best = ("", "", "", 0.0)
        for grouping, means in groups.items():
            told = {
                value: mean.value for value, mean in means.items() if value and mean and self._may_tell(mean, measure)
            }
            if len(told) > 1:
                most, least = max(told, key=lambda each: told[each]), min(told, key=lambda each: told[each])
                best = max(best, (grouping, most, least, told[most] - told[least]), key=lambda each: each[3])
        grouping, most, least, difference = best
        if not grouping or not round(difference, 2 if measure == Measure.GIVEN_UP else 1):
            return "—"
        labels = labels_of(grouping, self.drafted.version.procedure)
        words = {
            "difference": _said(difference, measure),
            "most": label_of(most, labels),
            "least": label_of(least, labels),
            "grouping": group_names()[grouping],
        }
        return _("%(grouping)s: %(difference)s more for “%(most)s” than for “%(least)s”") % words


def _said(value: float, measure: Measure) -> str:
    """Write a mean, or a share as so many in a hundred."""
    if measure == Measure.GIVEN_UP:
        return _("%(share)s in 100") % {"share": number_format(round(100 * value))}
    return mean_words(value)


def _between(low: float, high: float) -> str:
    return _("%(low)s to %(high)s") % {"low": mean_words(low), "high": mean_words(high)}


def _rounded(told: Told | None) -> float | None:
    return None if told is None or told.mean is None else round(told.mean + 1e-9, 1)


def _cell(means: dict[str, Mean | None], value: str) -> str:
    if value not in means:
        return "—"
    mean = means[value]
    return _("hidden") if mean is None else mean_words(mean.value)


def _names() -> dict[Measure, str]:
    return {
        Measure.DAYS: _("Days until they got what they came for"),
        Measure.VOLUNTEER_MINUTES: _("Minutes volunteers spent beside each person"),
        Measure.GIVEN_UP: _("Gave up or were lost on the way"),
    }
