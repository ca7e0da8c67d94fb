"""What reports count, counted in the database: people by month and group, days waited, moves from one event to the next."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import connection, models
from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat, StrIndex, Substr, Upper

from relais.reports.rules import AGE_BANDS

OPENED, HANDED, RETURNED = "opened", "handed", "returned"
STEP = "step:"
TABLES = (
    "cases.Case",
    "cases.CaseStep",
    "procedures.Step",
    "cases.Dossier",
    "cases.Batch",
    "people.Person",
    "places.Territory",
)
GROUPS = {
    "sex": "p.sex",
    "disability": "p.disability",
    "status": "p.status",
    "language": "p.language",
    "territory": "substr(t.path, 1, 7)",
}


class DaysBetween(Func):
    """The days from one date to another, as each database subtracts them."""

    template, arg_joiner, arity = "(%(expressions)s)", " - ", 2
    output_field = IntegerField()

    def __init__(self, start: str, end: str) -> None:
        super().__init__(F(end), F(start))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Subtract the numbers of the days: SQLite keeps dates as text."""
        days = self.copy()
        days.set_source_expressions([Func(each, function="julianday") for each in self.get_source_expressions()])
        return Func.as_sql(days, compiler, connection, template="CAST(%(expressions)s AS integer)", **context)


def by_month(rows: QuerySet[Any], day: str) -> dict[str, int]:
    """Count rows by the month of a day, as "2026-05"."""
    counted = rows.filter(**{f"{day}__isnull": False}).order_by().values_list(_start_of(day, 7))
    return dict(counted.annotate(count=Count("pk")))


def by_month_of_moment(rows: QuerySet[Any], moment: str, time_zone: str) -> dict[str, int]:
    """Count rows by the month a moment falls in where the programme is; what one meeting answers has one moment."""
    counted = rows.filter(**{f"{moment}__isnull": False}).order_by().values_list(_start_of(moment, 16))
    found, zone = Counter[str](), ZoneInfo(time_zone)
    for minute, count in counted.annotate(count=Count("pk")):
        found[f"{datetime.fromisoformat(minute).replace(tzinfo=UTC).astimezone(zone):%Y-%m}"] += count
    return dict(found)


def by_group(cases: QuerySet[Any]) -> list[tuple[str, str, str, int, int]]:
    """Count cases and those granted by sex, age band at opening and region: all groupings in one pass over the people."""
    age = Cast(_start_of("opened_on", 4), IntegerField()) - F("person__birth_year")
    bands = [When(age__gte=least, then=Value(name)) for least, name in reversed(AGE_BANDS)]
    born = [When(person__birth_year=None, then=Value(""))]
    band = models.Case(*born, *bands, default=Value(AGE_BANDS[0][1]))
    rest = Substr("person__territory__path", StrIndex("person__territory__path", Value("/")) + 1)
    region = Upper(Substr(rest, 1, StrIndex(Concat(rest, Value("/")), Value("/")) - 1))
    rows = cases.order_by().annotate(age=age)
    grouped = rows.values_list("person__sex", band, region)
    counted = grouped.annotate(opened=Count("pk"), granted=Count("pk", filter=Q(outcome="granted")))
    return [(sex, ages, place or "", opened, granted) for sex, ages, place, opened, granted in counted]


def days_waited(cases: QuerySet[Any]) -> dict[UUID, Counter[int]]:
    """Count, in each version, how many people waited how many days from opening to the end."""
    found: defaultdict[UUID, Counter[int]] = defaultdict(Counter)
    days = DaysBetween("opened_on", "closed_on")
    for version, waited, people in cases.order_by().values_list("version", days).annotate(people=Count("pk")):
        found[version][waited] = people
    return dict(found)


def _start_of(field: str, letters: int) -> Substr:
    return Substr(Cast(field, TextField()), 1, letters)


@dataclass(frozen=True, slots=True)
class Move:
    """So many people went from one event to the next in so many days; `to` is "" for those who are still there.

    An event is `opened`, `step:` with its key, `handed`, `returned`, or an outcome of a case.
    """

    what: str
    to: str
    days: int
    group: str
    people: int


def moves_of(procedure: UUID, until: date, *, by: str = "", version: UUID | None = None) -> Iterator[Move]:
    """Count every move between events of a procedure up to a day, for one grouping, in one version if asked."""
    table = {name.split(".")[1]: _table(name) for name in TABLES}
    days = _days("coalesce(g.until, %s)", "g.day")
    group = GROUPS.get(by, "''")
    within = "AND c.version_id = %s" if version else ""
    asked = [_id(procedure), *([_id(version)] if version else [])]
    # Only names of our own tables and columns are put into the text; what is asked for is a parameter.
    query = f"""
        WITH mine AS (SELECT c.id, c.opened_on, c.closed_on, c.outcome, c.person_id FROM {table["Case"]} c
                      WHERE c.procedure_id = %s {within} AND c.outcome <> 'mistake'),
        event AS (
            SELECT m.id, m.opened_on AS day, 0 AS turn, 'opened' AS what FROM mine m
            UNION ALL SELECT m.id, d.done_on, 1, 'step:' || s.key FROM mine m
                JOIN {table["CaseStep"]} d ON d.case_id = m.id JOIN {table["Step"]} s ON s.id = d.step_id
            UNION ALL SELECT m.id, b.handed_on, 2, 'handed' FROM mine m
                JOIN {table["Dossier"]} d ON d.case_id = m.id JOIN {table["Batch"]} b ON b.id = d.batch_id
            UNION ALL SELECT m.id, d.decided_on, 3, 'returned' FROM mine m
                JOIN {table["Dossier"]} d ON d.case_id = m.id WHERE d.state = 'returned'
            UNION ALL SELECT m.id, m.closed_on, 4, m.outcome FROM mine m WHERE m.closed_on IS NOT NULL
        ),
        gap AS (SELECT id, what, day, turn, lead(what) OVER w AS next, lead(day) OVER w AS until FROM event
                WINDOW w AS (PARTITION BY id ORDER BY day, turn))
        SELECT g.what, coalesce(g.next, ''), {days}, coalesce({group}, ''), count(*)
        FROM gap g JOIN mine m ON m.id = g.id JOIN {table["Person"]} p ON p.id = m.person_id
        LEFT JOIN {table["Territory"]} t ON t.id = p.territory_id
        WHERE g.turn < 4 GROUP BY 1, 2, 3, 4
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [*asked, until.isoformat()])
        for what, to, between, value, people in cursor.fetchall():
            yield Move(what, to, max(0, int(between)), value, people)


def _table(name: str) -> str:
    return connection.ops.quote_name(apps.get_model(name)._meta.db_table)


def _days(end: str, start: str) -> str:
    """Write the days between two dates as this database understands it."""
    if connection.vendor == "sqlite":
        return f"CAST(julianday({end}) - julianday({start}) AS integer)"
    return f"(CAST({end} AS date) - {start})"


def _id(value: UUID) -> str:
    """Write an id as this database keeps it."""
    return value.hex if connection.vendor == "sqlite" else str(value)
