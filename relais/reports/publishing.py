"""Figures and tables as they are published: the same ones on pages and through the API, stable between two readings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from relais.programmes.models import Programme
from relais.reports import figures, monthly
from relais.reports.figures import Figure
from relais.reports.monthly import Table
from relais.reports.services import publish


def published_figures(programme: Programme, today: date) -> tuple[dict[str, list[Figure]], dict[str, int | None]]:
    """Give the counts of each stage, and the figure beside each outcome, as everyone reads them now."""
    counted, outcomes = figures.figures_of(programme, today)
    asked: dict[str, int | None] = {
        f"{stage} {place}": each.value for stage, some in counted.items() for place, each in enumerate(some)
    }
    asked |= {f"outcome {name}": value for name, value in outcomes.items()}
    shown = publish(programme=programme, figures=asked)
    stages = {
        stage: [Figure(each.name, shown[f"{stage} {place}"]) for place, each in enumerate(some)]
        for stage, some in counted.items()
    }
    return stages, {name: shown[f"outcome {name}"] for name in outcomes}


def published_tables(programme: Programme, today: date, months: int) -> tuple[list[Table], list[Table]]:
    """Give the tables month by month and by group, as everyone reads them now.

    What is hidden is decided over all months, however few are asked for: a shorter table must not show what a longer one
    hides.
    """
    periods = monthly.last_months(programme, today, monthly.LONGEST)
    by_month, by_group = monthly.month_tables(programme, periods), monthly.group_tables(programme)
    asked = {key: value for table in (*by_month, *by_group) for key, value in _cells(table).items()}
    shown = publish(programme=programme, figures=asked)
    return [_last(_as_shown(table, shown), months) for table in by_month], [
        _as_shown(table, shown) for table in by_group
    ]


def _cells(table: Table) -> dict[str, int | None]:
    """Name each figure of a table, in no language; its `n` too."""
    cells: dict[str, int | None] = {f"{table.key} n": table.count}
    for place, series in enumerate(table.series):
        cells |= {f"{table.key} {place} {key}": value for key, value in zip(table.keys, series.values, strict=True)}
    return cells


def _as_shown(table: Table, shown: Mapping[str, Any]) -> Table:
    series = [
        replace(each, values=[shown[f"{table.key} {place} {key}"] for key in table.keys])
        for place, each in enumerate(table.series)
    ]
    return replace(table, series=series, count=shown[f"{table.key} n"])


def _last(table: Table, months: int) -> Table:
    def end(values: Sequence[Any]) -> Sequence[Any]:
        return values[-months:]

    series = [replace(each, values=end(each.values)) for each in table.series]
    return replace(table, labels=end(table.labels), keys=end(table.keys), series=series)
