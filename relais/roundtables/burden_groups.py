"""What a draft takes of each group, beside what is taken today; a group of few people is hidden, with what would give it away."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from relais.cases.strain import shown_means
from relais.procedures.burden import BeforeAndAfter
from relais.procedures.models import Procedure
from relais.procedures.vector import Mean, Measure
from relais.roundtables.views.figures import group_names, label_of, labels_of

WHOLE = 100
"""From here on a mean is a whole number."""

COLUMNS = (Measure.VISITS, Measure.MONEY, Measure.DAYS, Measure.MINUTES, Measure.DOCUMENTS, Measure.LEARNING)


def mean_words(value: float) -> str:
    """Write a mean with one decimal, and none where that would be precise about nothing.

    >>> mean_words(3.85), mean_words(1919.04)
    ('3.9', '1,919')
    """
    # Rounded first: number_format cuts off what it does not show.
    places = 0 if value >= WHOLE else 1
    return str(number_format(round(value + 1e-9, places), decimal_pos=places, use_l10n=True, force_grouping=True))


@dataclass(frozen=True)
class Cell:
    """A mean today and with the draft; `same` when no difference would be seen."""

    today: str
    draft: str

    @property
    def same(self) -> bool:
        """Say whether the draft takes what is taken today."""
        return self.today == self.draft


@dataclass(frozen=True)
class GroupTable:
    """One grouping: what is measured, and a line for each of its values."""

    name: str
    columns: list[str]
    lines: list[tuple[str, list[Cell]]]


def group_tables(
    found: BeforeAndAfter, procedure: Procedure, names: Mapping[Measure, str], least: int
) -> list[GroupTable]:
    """Give a table for each grouping in which at least two groups may be told apart."""
    before, after = found.before_among_both, found.after_among_both
    told = [each for each in COLUMNS if each in after.figures]
    tables = []
    for key, name in group_names().items():
        today, draft = before.groups.get(key, {}), after.groups.get(key, {})
        labels = labels_of(key, procedure)
        shown = {each: shown_means(_of(draft, each), least) for each in told}
        lines = [
            (label_of(value, labels), [_cell(today[value][each], shown[each][value]) for each in told])
            for value in sorted(draft, key=lambda value: (not value, value))
            if told and told[0] in draft[value]
        ]
        if sum(lines_told(cells) for _label, cells in lines) > 1:
            tables.append(GroupTable(name, [names[each] for each in told], lines))
    return tables


def lines_told(cells: list[Cell]) -> bool:
    """Say whether a line tells anything."""
    return any(cell.draft != _("hidden") for cell in cells)


def _of(groups: Mapping[str, Mapping[Measure, Mean]], measure: Measure) -> dict[str, Mean]:
    return {value: means[measure] for value, means in groups.items() if measure in means}


def _cell(today: Mean, draft: Mean | None) -> Cell:
    if draft is None:
        return Cell(_("hidden"), _("hidden"))
    return Cell(mean_words(today.value), mean_words(draft.value))
