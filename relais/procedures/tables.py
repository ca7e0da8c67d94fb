"""Where people may be for `sql.py`: Parquet files read by DuckDB, or a table of PostgreSQL; nothing is ever written there.

The columns are those of `files.py`. Only counts leave: what is wrong is said with the column and how many people it concerns.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import psycopg
from sqlglot import exp

from relais.procedures.caseload import NOT_KNOWN, NUMBERED, CaseloadError
from relais.procedures.files import PERSON, Columns
from relais.procedures.gather import ALLOWED, LABELS, LARGEST, NUMBERS
from relais.procedures.terms import Clause, Op

EVERYONE = "relais everyone"
"""A column every table has, so that people can be counted of whom nothing is asked."""

DUCKDB_KINDS = {"BOOLEAN": "boolean", "VARCHAR": "string", "ENUM": "string"} | {
    f"{sign}{name}INT": f"{sign.lower()}int{size}"
    for sign in ("", "U")
    for name, size in (("TINY", 8), ("SMALL", 16), ("BIG", 64))
}
DUCKDB_KINDS |= {"INTEGER": "int32", "UINTEGER": "uint32"}
"""The kinds of columns a caseload may have, as DuckDB calls them and as Ibis does."""

POSTGRES_KINDS = {16: "boolean", 21: "int16", 23: "int32", 20: "int64", 25: "string", 1042: "string", 1043: "string"}
"""PostgreSQL's own numbers for the kinds of columns a caseload may have."""


class Table(ABC):
    """People in a table of some database."""

    dialect = "duckdb"
    fence = ""
    """What keeps a database from working out a stage again wherever it is used."""

    def __init__(self, name: exp.Table, kinds: Mapping[str, str | None]) -> None:
        self.name, self.kinds = name, kinds
        usable = {column: kind for column, kind in kinds.items() if kind}
        self.people: ir.Table = ibis.table({EVERYONE: "int32"} | usable, "people")

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self.kinds)

    @abstractmethod
    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Give the rows of a statement."""

    def ask(self, stages: Mapping[str, ir.Table], last: ir.Table) -> list[tuple[Any, ...]]:
        """Give the rows of the last stage; each reads the one before by its name, the first reads `people`."""
        # The last stage is read once for each histogram: both databases would else work it out each time.
        kept = dict.fromkeys(list(stages)[-1:], " MATERIALIZED")
        named = [
            f'"{name}" AS{kept.get(name, "")} ({ibis.to_sql(stage, dialect=self.dialect)}{self.fence})'
            for name, stage in stages.items()
            if stage is not self.people
        ]
        columns = [exp.column(each, quoted=True) for each in self.people.columns if each != EVERYONE]
        one = exp.alias_(exp.Literal.number(1), EVERYONE, quoted=True)
        people = exp.select(one, *columns).from_(self.name).sql(self.dialect)
        final = ibis.to_sql(last, dialect=self.dialect)
        stages_said = ", ".join([f"people AS ({people}{self.fence})", *named])
        # Every name and value in it was written by Ibis and sqlglot, in quotes.
        return self.run(f"WITH {stages_said} SELECT * FROM ({final}) AS answer")  # noqa: S608

    def held(self, key: str) -> ir.BooleanValue:
        """Who holds a kind of evidence, and who cannot get it."""
        if key not in self.kinds:
            return ibis.null("boolean")
        if not self.is_whole(key):
            raise CaseloadError(
                f"column {key} is {self.kinds[key] or 'of no kind known here'}: give whole numbers; {ALLOWED}"
            )
        column = self.people[key]
        return ibis.cases((column == 1, True), (column == 2, False), else_=ibis.null("boolean"))

    def compare(self, clause: Clause) -> ir.BooleanValue:
        """Of whom a clause is true or false."""
        if clause.attribute not in self.kinds:
            return ibis.null("boolean")
        if clause.is_numeric != self.is_whole(clause.attribute):
            words = "words" if self.kinds[clause.attribute] else "neither words nor whole numbers"
            kind = "numbers" if self.is_whole(clause.attribute) else words
            raise CaseloadError(f"column {clause.attribute} holds {kind}: it cannot be compared with {clause.value!r}")
        column = self.people[clause.attribute] if clause.is_numeric else self.words(clause.attribute)
        match clause.op:
            case Op.GE:
                return column >= clause.value
            case Op.LT:
                return column < clause.value
            case Op.IS | Op.IN:
                return column.isin(sorted(clause.values, key=str))
            case Op.IS_NOT | Op.NOT_IN:
                return column.notin(sorted(clause.values, key=str))

    def words(self, name: str) -> ir.StringValue:
        """The words of a column, null where there is none; yes and no for true and false."""
        if name not in self.kinds:
            raise CaseloadError(f"cannot group by {name}: there is no such column")
        if self.kinds[name] is None:
            raise CaseloadError(f"column {name} is of no kind known here: give words or whole numbers")
        column = self.people[name]
        if self.kinds[name] == "boolean":
            return ibis.cases((column, "yes"), (~column, "no"), else_=ibis.null("string"))
        return column.cast("string").nullif(NOT_KNOWN)

    def is_whole(self, name: str) -> bool:
        """Say whether a column holds whole numbers."""
        return (self.kinds[name] or "").startswith(("int", "uint"))

    def check(
        self, columns: Columns, by: Sequence[str] = (), *, not_asked: Collection[str] = (), person: str = PERSON
    ) -> None:
        """Refuse a table with a missing column, a value that means nothing, or someone in two rows; raises `CaseloadError`."""
        columns = columns.present(self.kinds, not_asked)
        people, wrong = self.people, dict[str, ir.Value]()
        for key in columns.evidence:
            self.held(key)
            wrong[f"column {key}: {{}} people have another value; {ALLOWED}"] = people[key].notin([0, 1, 2])
        for key, values in columns.attributes.items():
            if self.is_whole(key):
                remedy = f"give numbers of at least 0 and at most {LARGEST}, null where it is not known"
                wrong[f"column {key}: {{}} people have another number; {remedy}"] = ~people[key].between(0, LARGEST)
            elif values and values != NUMBERS:
                known = sorted(values)
                wrong[f"column {key}: {{}} people have another value; use one of: {', '.join(known)}"] = self.words(
                    key
                ).notin(known)
        sums: dict[str, ir.Value] = {
            f"wrong_{place}": ibis.cases((each, 1), else_=0).sum().fill_null(0)
            for place, each in enumerate(wrong.values())
        }
        remedies = list(wrong)
        if self.kinds.get(person):
            remedies.append(f"column {person} is empty in {{}} rows; give each person an identifier")
            sums["unnamed"] = people[person].isnull().sum().fill_null(0)
            remedies.append(
                f"column {person}: {{}} rows are of someone who stands in another row; keep one row a person"
            )
            sums["twice"] = people.count() - people[person].nunique()
        for name in by:
            limit = NUMBERED if name in self.kinds and self.is_whole(name) else LABELS
            remedies.append(
                f"cannot group by {name}: more than {limit:,} different values ({{}} too many); group by another column"
            )
            sums[f"many_{len(remedies)}"] = ibis.greatest(self.words(name).nunique() - limit, 0)
        if sums:
            found = self.ask({}, people.aggregate(**sums))
            for remedy, number in zip(remedies, found[0], strict=True):
                if number:
                    raise CaseloadError(remedy.format(f"{number:,}"))


class Files(Table):
    """Parquet files, read where they lie by a DuckDB in this process."""

    def __init__(self, paths: Sequence[str | Path]) -> None:
        for path in map(Path, paths):
            if path.suffix != ".parquet" or not path.is_file():
                there = "this is none; write it as Parquet" if path.is_file() else "there is none of that name"
                raise CaseloadError(f"{path.name}: SQL reads Parquet files; {there}")
        self.connection = duckdb.connect()
        try:
            self.connection.read_parquet([str(path) for path in paths], union_by_name=True).create_view("caseload")
        except duckdb.Error as broken:
            names = ", ".join(Path(path).name for path in paths)
            raise CaseloadError(f"{names}: cannot be read as Parquet; write the file again") from broken
        kinds = self.run("SELECT column_name, column_type FROM (DESCRIBE caseload)")
        super().__init__(exp.to_table("caseload"), {name: DUCKDB_KINDS.get(kind.split("(")[0]) for name, kind in kinds})

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Give the rows of a statement."""
        return self.connection.execute(sql).fetchall()


class Postgres(Table):
    """A table of PostgreSQL, read where it is."""

    dialect = "postgres"
    fence = " OFFSET 0"

    def __init__(self, address: str, name: str = "caseload") -> None:
        self.address = address
        *schema, table = name.split(".")
        named = exp.table_(table, db=schema[0] if schema else None, quoted=True)
        try:
            _, described = self._execute(exp.select("*").from_(named).limit(0).sql("postgres"))
        except psycopg.Error as broken:
            said = str(broken).splitlines()[0]
            raise CaseloadError(
                f"the table {name} cannot be read ({said}); name another address or --table"
            ) from broken
        super().__init__(named, {each.name: POSTGRES_KINDS.get(each.type_code) for each in described})

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Give the rows of a statement."""
        return self._execute(sql)[0]

    def _execute(self, sql: str) -> tuple[list[tuple[Any, ...]], list[psycopg.Column]]:
        """Give the rows of a statement that only reads, and what its columns are."""
        with psycopg.connect(self.address) as connection:
            connection.read_only = True
            cursor = connection.execute(sql.encode())
            return cursor.fetchall(), cursor.description or []
