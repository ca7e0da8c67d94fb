"""The way of every case as moves from one event to the next, counted in the database: one window query, no row a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.apps import apps
from django.db import connection

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
