"""Writes many people at once beside those they resemble: one INSERT ... SELECT a table, indexes made again at the end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, models

from relais.cases.models import Case, CaseEvidence
from relais.people.models import Identity, Person, PersonKey

# What each new row does not take over from the one it resembles; `g` is the row drawn, `t` the one of the demonstration.
PERSON = {
    "id": "g.person",
    "code": "g.code",
    "birth_year": "g.birth_year",
    "household": "g.household",
    "pin_hash": "''",
    "pin_failures": "0",
    "pin_locked_at": "NULL",
    "forget_asked_at": "NULL",
}
CASE = {
    "id": "g.id",
    "person_id": "g.person",
    "known": "g.known",
    "who": "g.who",
    "standing": "g.standing",
    "revision": "0",
}
KEY = {
    "person_id": "g.person",
    "wrapped": "g.wrapped",
    "organisation_id_of_key": "t.organisation_id",
    "version": "g.key_version",
}
IDENTITY = {"person_id": "g.person", "sealed": "g.sealed", "changed_at": "t.registered_at"}


@dataclass
class Grown:
    """One person drawn, with their case."""

    case: UUID
    person: UUID
    like: Any
    code: str
    birth_year: int | None
    household: int
    known: str
    who: str
    wrapped: bytes
    key_version: int
    sealed: bytes
    standing: str = field(default="open")


class Load(ABC):
    """Writes what was drawn; what differs between databases is below."""

    table = ""
    new_id = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def may_be_set(self) -> bool:
        """Say whether `before` may be said now."""
        return True

    @abstractmethod
    def as_id(self, id: UUID) -> str:
        """Write an id as the database keeps it."""

    @abstractmethod
    def stage(self, cursor: Any, rows: list[Grown]) -> None:
        """Put what was drawn where one SELECT finds it."""

    @abstractmethod
    def indexes(self, cursor: Any, table: str) -> list[tuple[str, str]]:
        """Give the indexes of a table that can be dropped, each with the words that make it again."""

    def write(self, rows: list[Grown], procedure: UUID, reasons: dict[UUID, str]) -> None:
        """Write people, their keys and identities, cases and evidence."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM grown")
            self.stage(cursor, rows)
            of_person = "grown g JOIN people_person t ON t.id = g.like_person"
            for model, instead, source in (
                (Person, PERSON, of_person),
                (PersonKey, KEY, of_person),
                (Identity, IDENTITY, of_person),
                (Case, CASE, "grown g JOIN cases_case t ON t.id = g.like_case"),
                (CaseEvidence, self.evidence(reasons), self.of_evidence()),
            ):
                columns = [each.column for each in model._meta.concrete_fields]
                taken = ", ".join(instead.get(column, f"t.{column}") for column in columns)
                asked = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {taken} FROM {source}"
                cursor.execute(asked, [self.as_id(procedure)] if model is CaseEvidence else [])

    def of_evidence(self) -> str:
        """Join each case drawn with the kinds of evidence something is known of."""
        digit = "substr(g.known, e.number + 1, 1)"
        return (
            "grown g CROSS JOIN cases_case t CROSS JOIN procedures_evidencetype e "
            f"WHERE t.id = g.like_case AND e.procedure_id = %s AND {digit} IN ('1', '2')"
        )

    def evidence(self, reasons: dict[UUID, str]) -> dict[str, str]:
        """Say where each column of a piece of evidence comes from."""
        cannot = "substr(g.known, e.number + 1, 1) = '2'"
        whys = " ".join(f"WHEN '{self.as_id(kind)}' THEN '{why}'" for kind, why in reasons.items())
        return {
            "id": self.new_id,
            "case_id": "g.id",
            "evidence_type_id": "e.id",
            "state": f"CASE WHEN {cannot} THEN 2 ELSE 1 END",
            "why": f"CASE WHEN {cannot} THEN CASE e.id {whys} ELSE 'other' END ELSE '' END",
            "happened_on": "t.opened_on",
            "entered_at": "t.opened_at",
            "entered_by_id": "t.companion_id",
        }

    def staged(self, rows: list[Grown]) -> Iterator[tuple[Any, ...]]:
        """Give the rows of the table they are put in first."""
        for n, row in enumerate(rows):
            ids = (row.case, row.person, row.like.case, row.like.person)
            yield (n, *map(self.as_id, ids), *(getattr(row, name) for name in PLAIN))


class OnSqlite(Load):
    """SQLite: ids are 32 digits, and rows are put in one statement."""

    table = "CREATE TEMP TABLE grown (n, id, person, like_case, like_person, code, birth_year, household, known, who, wrapped, key_version, sealed, standing)"
    # In the order they are written, as the ids of Relais are, so that the index of ids grows at its end.
    new_id = "printf('%%012x7', 1700000000000 + g.n) || substr(lower(hex(randomblob(10))), 2)"
    before = ("PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA temp_store = MEMORY")
    after = ("PRAGMA foreign_keys = ON", "PRAGMA synchronous = FULL")

    def may_be_set(self) -> bool:
        return not connection.in_atomic_block

    def as_id(self, id: UUID) -> str:
        return id.hex

    def stage(self, cursor: Any, rows: list[Grown]) -> None:
        marks = ", ".join(["%s"] * (5 + len(PLAIN)))
        cursor.executemany(f"INSERT INTO grown VALUES ({marks})", list(self.staged(rows)))

    def indexes(self, cursor: Any, table: str) -> list[tuple[str, str]]:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s", [table]
        )
        return list(cursor.fetchall())


class OnPostgres(Load):
    """PostgreSQL: rows go in by COPY, and the keys that point down are not followed one by one."""

    table = (
        "CREATE TEMP TABLE grown (n int, id uuid PRIMARY KEY, person uuid, like_case uuid, like_person uuid, code text, birth_year int, "
        "household int, known text, who text, wrapped bytea, key_version int, sealed bytea, standing text)"
    )
    new_id = "(lpad(to_hex(1700000000000 + g.n), 12, '0') || '7' || substr(md5(g.id::text || e.number || random()), 1, 19))::uuid"
    before = ("SET CONSTRAINTS ALL IMMEDIATE", "SET session_replication_role = replica", "SET synchronous_commit = off")
    after = ("RESET session_replication_role", "RESET synchronous_commit")

    def as_id(self, id: UUID) -> str:
        return str(id)

    def stage(self, cursor: Any, rows: list[Grown]) -> None:
        with cursor.copy("COPY grown FROM STDIN") as copy:
            for row in self.staged(rows):
                copy.write_row(row)
        cursor.execute("ANALYZE grown")

    def indexes(self, cursor: Any, table: str) -> list[tuple[str, str]]:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND schemaname = current_schema() "
            "AND indexname NOT IN (SELECT conname FROM pg_constraint)",
            [table],
        )
        return list(cursor.fetchall())


PLAIN = ("code", "birth_year", "household", "known", "who", "wrapped", "key_version", "sealed", "standing")


@contextmanager
def loading(*tables: type[models.Model]) -> Iterator[Load]:
    """Make ready to write many rows into some tables; their indexes are away meanwhile."""
    load: Load = OnSqlite() if connection.vendor == "sqlite" else OnPostgres()
    with connection.cursor() as cursor:
        for words in load.before if load.may_be_set() else ():
            cursor.execute(words)
        cursor.execute(load.table)
        away = [index for table in tables for index in load.indexes(cursor, table._meta.db_table)]
        for name, _made in away:
            cursor.execute(f"DROP INDEX {name}")
    try:
        yield load
    finally:
        with connection.cursor() as cursor:
            for _name, made in away:
                cursor.execute(made)
            cursor.execute("DROP TABLE grown")
            for words in load.after if load.may_be_set() else ():
                cursor.execute(words)
            cursor.execute("ANALYZE")
