"""What a partnership brings and changes, in counts: small ones are hidden, and nobody is in them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from relais.access.verbs import Verb
from relais.api.assessments import BurdenOut
from relais.api.paging import found
from relais.api.shapes import Only
from relais.kernel import clock
from relais.kernel.pages import writes
from relais.programmes.models import Programme
from relais.reports import figures
from relais.reports.publishing import published_figures, published_tables

router = Router(tags=["reports"])


class FigureOut(Schema):
    """A number with its name; nothing where it counts too few people to be shown."""

    name: str
    value: int | None


class ChangeReportOut(Schema):
    """What a version asks of someone who has nothing yet, beside the one before, and how long people really waited."""

    version: UUID
    before: BurdenOut
    after: BurdenOut
    days_before: int | None
    days_after: int | None


class FiguresOut(Schema):
    """The living figure: counts of each stage, outcomes by indicator, and what changed."""

    stages: dict[str, list[FigureOut]]
    outcomes: dict[str, int | None]
    changes: list[ChangeReportOut]


class DrawnOut(Schema):
    """One row of figures."""

    name: str
    values: list[int | None]


class TableOut(Schema):
    """Figures month by month, or group by group, with their source."""

    title: str
    labels: list[str]
    series: list[DrawnOut]
    source: str


class MonthsOnly(Only):
    """How many months back."""

    months: int = Field(12, ge=1, le=60)


def _programme(request: HttpRequest, id: UUID) -> Programme:
    return found(Programme.objects.reachable_by(request.user, Verb.REPORT_READ), id)


@router.get("programmes/{uuid:id}/figures", response=FiguresOut)
@writes
def figure(request: HttpRequest, id: UUID) -> Any:
    """Show the living figure of a programme in counts."""
    programme = _programme(request, id)
    counted, outcomes = published_figures(programme, clock.today(programme.time_zone))
    return {
        "stages": {
            str(stage): [{"name": str(each.name), "value": each.value} for each in some]
            for stage, some in counted.items()
        },
        "outcomes": outcomes,
        "changes": [
            {
                **{name: getattr(each, name) for name in ("before", "after", "days_before", "days_after")},
                "version": each.version.pk,
            }
            for each in figures.changes_of(programme)
        ],
    }


@router.get("programmes/{uuid:id}/tables", response=list[TableOut])
@writes
def tables(request: HttpRequest, id: UUID, only: Query[MonthsOnly]) -> Any:
    """Show a programme month by month and by group, small counts hidden with what would give them away."""
    programme = _programme(request, id)
    by_month, by_group = published_tables(programme, clock.today(programme.time_zone), only.months)
    return [
        {
            "title": str(table.title),
            "labels": [str(label) for label in table.labels],
            "series": [{"name": str(each.name), "values": list(each.values)} for each in table.series],
            "source": str(table.source),
        }
        for table in (*by_month, *by_group)
    ]
