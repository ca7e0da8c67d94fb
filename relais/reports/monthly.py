"""A programme month by month, and by group: counts only, small ones hidden with what would give them away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relais.barriers.models import Barrier
from relais.cases.models import Case, Dossier
from relais.cases.rules import region_of
from relais.kernel import charts
from relais.kernel.charts import Series
from relais.kernel.periods import Period, months
from relais.people.models import Person
from relais.places.models import Territory
from relais.programmes.models import Programme
from relais.reports.rules import add_up, age_band, by_month, hidden_pairs, hidden_series

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
    """Tell cases and barriers month by month, in five queries."""
    cases = Case.objects.filter(programme=programme).exclude(outcome=Case.Outcome.MISTAKE)
    granted = cases.filter(outcome=Case.Outcome.GRANTED)
    returned = Dossier.objects.filter(case__programme=programme, state=Dossier.State.RETURNED)
    heard = Barrier.objects.approved().filter(programme=programme)
    labels = [date_format(period.start, "YEAR_MONTH_FORMAT") for period in periods]
    keys = [period.start.isoformat() for period in periods]
    count = _counter(periods)

    def people(rows: QuerySet[Any], field: str) -> list[int | None]:
        return hidden_series(count(rows, F(field)), programme.threshold)

    return [
        Table(
            "cases by month",
            _("Cases month by month"),
            _("Month"),
            labels,
            keys,
            [
                Series(_("opened"), people(cases, "opened_on"), "chart-before"),
                Series(_("got what they came for"), people(granted, "closed_on")),
                Series(_("dossiers returned"), people(returned, "decided_on"), "chart-harm"),
            ],
            _("Source: cases of the programme. n = %(count)d"),
            cases.count(),
        ),
        Table(
            "barriers by month",
            _("Barriers month by month"),
            _("Month"),
            labels,
            keys,
            [
                Series(_("heard"), count(heard, F("observed_on")), "chart-before"),
                Series(_("answered"), count(heard.filter(answered_at__isnull=False), TruncDate("answered_at"))),
            ],
            _("Source: barriers their authors approved. n = %(count)d"),
            heard.count(),
        ),
    ]


def group_tables(programme: Programme) -> list[Table]:
    """Tell who the cases are about, and who got what they came for: by sex, age and region."""
    cases = Case.objects.filter(programme=programme).exclude(outcome=Case.Outcome.MISTAKE)
    sexes = {**dict(Person.Sex.choices), "": _("not said")}
    ages = _pairs(cases, lambda row: age_band(row[0], row[1]), "person__birth_year", "opened_on__year")
    regions = _pairs(cases, lambda row: region_of(row[0] or "").upper(), "person__territory__path")
    names = {place.code.upper(): str(place) for place in Territory.objects.filter(code__in=list(regions))}
    return [
        _group(programme, ("by sex", _("By sex"), _("Sex")), _pairs(cases, lambda row: row[0], "person__sex"), sexes),
        _group(programme, ("by age", _("By age"), _("Age")), dict(sorted(ages.items())), {"": _("not known")}),
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


def _pairs(cases: QuerySet[Any], key: Callable[[Any], Any], *fields: str) -> Pairs:
    granted = Count("pk", filter=Q(outcome=Case.Outcome.GRANTED))
    rows = cases.order_by().values_list(*fields).annotate(opened=Count("pk"), granted=granted)
    return add_up((key(row), row[-2], row[-1]) for row in rows)


def _counter(periods: Sequence[Period]) -> Callable[[QuerySet[Any], Any], list[int]]:
    def count(rows: QuerySet[Any], day: Any) -> list[int]:
        counted = rows.order_by().values_list(day).annotate(count=Count("pk"))
        return by_month({on: number for on, number in counted if on}, periods)

    return count
