"""What a draft takes of people, beside what is taken today: the burden as a table a page and a brief can print.

Means are over the people neither rule stops, so that both columns are about the same people; how many are stopped stands beside.
A mean over fewer people than the threshold is hidden, and the number of people is rounded down to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from relais.cases.groupings import GROUPINGS
from relais.kernel import charts
from relais.kernel.disclosure import round_down
from relais.kernel.text import pick
from relais.procedures.burden import BeforeAndAfter, before_and_after
from relais.procedures.describe import burden_words
from relais.procedures.models import Procedure
from relais.procedures.vector import Figure, Measure, Source
from relais.procedures.way import Asked, requirements
from relais.roundtables.burden_groups import GroupTable, group_tables, mean_words
from relais.roundtables.forecast import Shown
from relais.roundtables.replays import DraftReplay
from relais.roundtables.views.figures import group_names, label_of, labels_of

SHARES = (Measure.BLOCKED, Measure.GIVEN_UP)


@dataclass(frozen=True)
class TakenRow:
    """One measure: today, with the draft, the largest gap between groups, and where the figure comes from."""

    name: str
    today: str
    draft: str
    gap: str
    source: str


@dataclass(frozen=True)
class AskedRow:
    """What one requirement takes of who holds nothing yet, by its cheapest and its dearest way."""

    name: str
    stops: Shown
    cheapest: str
    dearest: str
    held_by_state: int
    learning: int


class Burdens:
    """The burden of a draft beside that of today; each part is worked out when first asked."""

    def __init__(self, drafted: DraftReplay) -> None:
        """Remember the draft and the people on their way."""
        self.drafted, self.threshold = drafted, drafted.threshold
        self.procedure: Procedure = drafted.version.procedure

    @cached_property
    def found(self) -> BeforeAndAfter:
        """Both vectors, with the gaps between groups."""
        draft, today = self.drafted.terms
        return before_and_after(self.drafted.people, today, draft, GROUPINGS, least=self.threshold)

    @property
    def rows(self) -> list[TakenRow]:
        """Every measure that was estimated, measured or reported, but those that shut people out."""
        before, after = self.found.before_among_both.figures, self.found.after_among_both.figures
        return [
            self._row(measure, before.get(measure), after.get(measure))
            for measure in Measure
            if measure not in SHARES and (measure in before or measure in after)
        ]

    @property
    def stopped(self) -> TakenRow:
        """The share who are stopped, today and with the draft; told only where neither they nor the others are few."""
        forecast = self.drafted.forecast
        shares = [_share(each.get("blocked"), forecast.people) for each in (forecast.before, forecast.after)]
        return TakenRow(_("Stopped by the rule"), *shares, "—", _("counted"))

    @property
    def chart(self) -> dict[str, Any] | None:
        """What the draft takes where today's rule takes 100, measure by measure."""
        before, after = self.found.before_among_both.figures, self.found.after_among_both.figures
        told = [
            each
            for each in Measure
            if each not in SHARES and each in before and before[each].value and before[each].n >= self.threshold
        ]
        if not told:
            return None
        return charts.bars(
            _("What the draft takes, where today's rule takes 100"),
            [self._name(each) for each in told],
            [
                charts.Series(_("Today"), [100] * len(told), "chart-before"),
                charts.Series(
                    _("With the draft"), [round(100 * after[each].value / before[each].value) for each in told]
                ),
            ],
            first=_("What"),
            hidden=_("hidden"),
        )

    @property
    def groups(self) -> list[GroupTable]:
        """The same by group."""
        names = {each: self._name(each) for each in Measure if each not in SHARES}
        return group_tables(self.found, self.procedure, names, self.threshold)

    @property
    def people(self) -> int:
        """How many people the means are about, rounded down."""
        visits = self.found.after_among_both.figures.get(Measure.VISITS)
        return round_down(visits.n, self.threshold) if visits else 0

    @property
    def asked(self) -> list[AskedRow]:
        """What each requirement of the draft takes."""
        draft, _today = self.drafted.terms
        names = {each.key: pick(each.names) or each.key for _step, each in draft.asked()}
        return [self._asked(each, names[each.requirement]) for each in requirements(self.drafted.people, draft)]

    def _asked(self, row: Asked, name: str) -> AskedRow:
        currency = self.drafted.terms[0].currency
        stops = next((each for each in self.drafted.forecast.requirements if each.key == row.requirement), None)
        return AskedRow(
            name,
            stops.after if stops else 0,
            burden_words(row.cheapest, currency),
            burden_words(row.dearest, currency),
            row.held_by_state,
            row.learning,
        )

    def _row(self, measure: Measure, before: Figure | None, after: Figure | None) -> TakenRow:
        latest = after or before
        return TakenRow(
            self._name(measure), self._value(before), self._value(after),
            self._gap(latest), _sources()[latest.source] if latest else "",
        )  # fmt: skip

    def _name(self, measure: Measure) -> str:
        if measure == Measure.MONEY:
            return _("Money (%(currency)s)") % {"currency": self.drafted.terms[0].currency or "—"}
        return _measures()[measure]

    def _value(self, figure: Figure | None) -> str:
        if figure is None:
            return "—"
        return _("hidden") if 0 < figure.n < self.threshold else mean_words(figure.value)

    def _gap(self, figure: Figure | None) -> str:
        gap = figure.gap if figure else None
        if gap is None or not round(gap.difference, 1):
            return "—"
        labels = labels_of(gap.by, self.procedure)
        return _("%(grouping)s: %(difference)s more for “%(most)s” than for “%(least)s”") % {
            "difference": mean_words(gap.difference),
            "most": label_of(gap.most, labels),
            "least": label_of(gap.least, labels),
            "grouping": group_names()[gap.by],
        }

    def told(self) -> Iterator[tuple[str, str, str]]:
        """Give the rows as a brief prints them."""
        for row in self.rows:
            yield row.name, row.today, row.draft


def _share(people: Shown, of: int) -> str:
    """Say a share as so many in a hundred; None where too few are counted."""
    if people is None:
        return _("hidden")
    return _("%(share)s in 100") % {"share": number_format(round(100 * people / of) if of else 0)}


def _measures() -> dict[Measure, str]:
    return {
        Measure.MINUTES: _("Minutes"),
        Measure.VISITS: _("Visits"),
        Measure.DOCUMENTS: _("Documents to get"),
        Measure.HELD_BY_STATE: _("of which the state already has"),
        Measure.DAYS: _("Days of waiting"),
        Measure.LEARNING: _("Things to understand"),
        Measure.STRAIN: _("How hard people found it (1 to 5)"),
        Measure.VOLUNTEER_MINUTES: _("Minutes of volunteers"),
    }


def _sources() -> dict[Source, str]:
    return {
        Source.MEASURED: _("measured"),
        Source.REPORTED: _("said by people"),
        Source.ESTIMATED: _("worked out"),
    }
