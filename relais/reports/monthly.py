"""A programme month by month, and by group: counts only, small ones hidden with what would give them away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relais.barriers.models import Barrier
from relais.cases.models import Case, Dossier
from relais.kernel import charts
from relais.kernel.charts import Series
from relais.kernel.periods import Period, months
from relais.people.models import Person
from relais.places.models import Territory
from relais.programmes.models import Programme
from relais.reports.queries import by_group, by_month, by_month_of_moment
from relais.reports.rules import add_up, hidden_pairs, hidden_series

LONGEST = 120  # months looked back on when it is decided what is hidden
Pairs = dict[Any, tuple[int, int]]


@dataclass(frozen=True)
class Table:
    """Figures to be drawn as bars and read as a table; `key` and `keys` name them in no language."""

    key: str
    title: str
    first: str
    labels: Sequence[str]
    keys: Sequence[str]
    series: Sequence[Series]
    told: str
    count: int | None

    @property
    def source(self) -> str:
        """Say where the figures come from, and how many they count."""
        return self.told % {"count": self.count or 0}

    def drawn(self) -> dict[str, Any]:
        """Give what the chart component shows."""
        drawing: dict[str, Any] = charts.bars(
            self.title, self.labels, self.series, first=self.first, hidden=_("hidden"), source=self.source
        )
        return drawing


def last_months(programme: Programme, today: date, count: int) -> list[Period]:
    """Give the months to report, the current one last, none from before the programme began."""
    first = today.replace(day=1)
    for _month in range(count - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    if programme.started_on and programme.started_on <= today:
        first = max(first, programme.started_on.replace(day=1))
    return months(first, today + timedelta(days=1))


def month_tables(programme: Programme, periods: Sequence[Period]) -> list[Table]:
    """Tell cases and barriers month by month, in five queries; a month is that of the programme, whoever reads."""
    cases = Case.objects.filter(programme=programme).exclude(outcome=Case.Outcome.MISTAKE)
    granted = cases.filter(outcome=Case.Outcome.GRANTED)
    returned = Dossier.objects.filter(case__programme=programme, state=Dossier.State.RETURNED)
    heard = Barrier.objects.approved().filter(programme=programme)
    labels = [date_format(period.start, "YEAR_MONTH_FORMAT") for period in periods]
    keys = [period.start.isoformat() for period in periods]
    opened, reported = by_month(cases, "opened_on"), by_month(heard, "observed_on")
    answered = by_month_of_moment(heard, "answered_at", programme.time_zone)

    def of(counts: Mapping[str, int]) -> list[int]:
        return [counts.get(key[:7], 0) for key in keys]

    def people(counts: Mapping[str, int]) -> list[int | None]:
        return hidden_series(of(counts), programme.threshold)

    return [
        Table(
            "cases by month",
            _("Cases month by month"),
            _("Month"),
            labels,
            keys,
            [
                Series(_("opened"), people(opened), "chart-before"),
                Series(_("got what they came for"), people(by_month(granted, "closed_on"))),
                Series(_("dossiers returned"), people(by_month(returned, "decided_on")), "chart-harm"),
            ],
            _("Source: cases of the programme. n = %(count)d"),
            sum(opened.values()),
        ),
        Table(
            "barriers by month",
            _("Barriers month by month"),
            _("Month"),
            labels,
            keys,
            [
                Series(_("heard"), of(reported), "chart-before"),
                Series(_("answered"), of(answered)),
            ],
            _("Source: barriers their authors approved. n = %(count)d"),
            sum(reported.values()),
        ),
    ]


def group_tables(programme: Programme) -> list[Table]:
    """Tell who the cases are about, and who got what they came for: by sex, age and region."""
    cases = Case.objects.filter(programme=programme).exclude(outcome=Case.Outcome.MISTAKE)
    rows = by_group(cases)
    sexes, ages, regions = (add_up((row[place], row[3], row[4]) for row in rows) for place in range(3))
    said = {**dict(Person.Sex.choices), "": _("not said")}
    names = {place.code.upper(): str(place) for place in Territory.objects.filter(code__in=list(regions))}
    return [
        _group(programme, ("by sex", _("By sex"), _("Sex")), sexes, said),
        _group(programme, ("by age", _("By age"), _("Age")), ages, {"": _("not known")}),
        _group(programme, ("by region", _("By region"), _("Region")), regions, names | {"": _("not known")}),
    ]


def _group(programme: Programme, named: tuple[str, str, str], pairs: Pairs, names: dict[Any, Any]) -> Table:
    # In the order of their keys: the largest first would tell how counts that are hidden compare.
    pairs = dict(sorted(pairs.items(), key=lambda pair: str(pair[0])))
    key, title, first = named
    shown = hidden_pairs(pairs, programme.threshold).values()
    labels = [str(names.get(key, key)) for key in pairs]
    series = [
        Series(_("cases opened"), [opened for opened, _granted in shown], "chart-before"),
        Series(_("got what they came for"), [granted for _opened, granted in shown]),
    ]
    told = _("Source: cases of the programme. n = %(count)d")
    return Table(
        key,
        title,
        first,
        labels,
        [str(each) for each in pairs],
        series,
        told,
        sum(one for one, _other in pairs.values()),
    )
