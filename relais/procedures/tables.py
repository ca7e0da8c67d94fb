"""Where people may be for `sql.py`: Parquet files read by DuckDB, or a table of PostgreSQL; nothing is ever written there.

The columns are those of `files.py`. Only counts leave: what is wrong is said with the column, how many people it concerns
and one of the values; of files, as whoever reads them row by row would say it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import psycopg
from sqlglot import exp

from relais.procedures.caseload import NOT_KNOWN, NUMBERED, CaseloadError
from relais.procedures.files import Columns, columns_in, read_caseload
from relais.procedures.gather import ALLOWED, LABELS, LARGEST, NUMBERS
from relais.procedures.sources import refusals
from relais.procedures.terms import Clause, Op
from relais.procedures.twice import PERSON, once

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
POSTGRES_KINDS |= {2950: "uuid"}
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
        self, columns: Columns, by: Sequence[str] = (), *, not_asked: Collection[str] = (), person: str | None = None
    ) -> None:
        """Refuse a table with a missing column, a value that means nothing, or someone in two rows; raises `CaseloadError`."""
        columns = columns.present(self.kinds, not_asked)
        wrong = [*self._values(columns), *self._people_twice(person, columns.names), *self._many(by)]
        asked = {f"{name}_{place}": each for place, one in enumerate(wrong) for name, each in one.asked().items()}
        if asked:
            found = dict(zip(asked, self.ask({}, self.people.aggregate(**asked))[0], strict=True))
            for place, each in enumerate(wrong):
                each.refuse(found[f"many_{place}"], found.get(f"such_{place}"))

    def _values(self, columns: Columns) -> Iterator[Wrong]:
        """Values that mean nothing."""
        for key in columns.evidence:
            self.held(key)
            column = self.people[key]
            yield Wrong.of(f"column {key}", "people have another value", ALLOWED, column.notin([0, 1, 2]), column)
        for key, values in columns.attributes.items():
            if self.is_whole(key) and values:
                raise CaseloadError(
                    f"column {key} holds numbers ({self.kinds[key]}): give words, one of: {', '.join(sorted(values))}"
                )
            if self.is_whole(key):
                column = self.people[key]
                remedy = f"give numbers of at least 0 and at most {LARGEST}, null where it is not known"
                odd = ~column.between(0, LARGEST)
                yield Wrong.of(f"column {key}", "people have another number", remedy, odd, column)
            elif values and values != NUMBERS:
                known, words = sorted(values), self.words(key)
                remedy = f"use one of: {', '.join(known)}"
                yield Wrong.of(f"column {key}", "people have another value", remedy, words.notin(known), words)

    def _people_twice(self, person: str | None, asked: Collection[str]) -> Iterator[Wrong]:
        """People without an identifier, and those who stand in two rows."""
        name = person or PERSON
        if name not in self.kinds or (not person and name in asked):
            if person:
                raise CaseloadError(f"column {person} is missing; name the column of identifiers, or name none")
            return
        if self.kinds[name] is None:
            raise CaseloadError(f"column {name} is of no kind known here: give words or whole numbers")
        column = self.people[name]
        empty = column.isnull().sum().fill_null(0)
        yield Wrong(f"column {name}", "rows are empty", "give each person an identifier", empty)
        twice = self.people.count() - column.nunique()
        what = "rows are of someone who stands in another row"
        yield Wrong(f"column {name}", what, "keep one row a person", twice)

    def _many(self, by: Sequence[str]) -> Iterator[Wrong]:
        """Groupings that point at people rather than group them."""
        for name in by:
            limit = NUMBERED if name in self.kinds and self.is_whole(name) else LABELS
            many = ibis.greatest(self.words(name).nunique() - limit, 0)
            what = f"different values more than {limit:,}"
            yield Wrong(f"cannot group by {name}", what, "group by another column", many)


@dataclass(frozen=True)
class Wrong:
    """Something that must not be: where, what, what to do, how many, and one of the values."""

    where: str
    what: str
    remedy: str
    many: ir.Value
    such: ir.Value | None = None

    @classmethod
    def of(cls, where: str, what: str, remedy: str, odd: ir.BooleanValue, value: ir.Value) -> Wrong:
        """Count the people of whom something is odd, and take one of the values."""
        return cls(
            where, what, remedy, ibis.cases((odd, 1), else_=0).sum().fill_null(0), ibis.cases((odd, value)).min()
        )

    def asked(self) -> dict[str, ir.Value]:
        """What to ask the database."""
        return {"many": self.many} if self.such is None else {"many": self.many, "such": self.such}

    def refuse(self, many: int, such: object) -> None:
        """Raise `CaseloadError` if there are any."""
        if many:
            example = "" if such is None else f", such as {such!r}"
            raise CaseloadError(f"{self.where}: {many:,} {self.what}{example}; {self.remedy}")


class Files(Table):
    """Parquet files, read where they lie by a DuckDB in this process."""

    def __init__(self, paths: Sequence[str | Path]) -> None:
        for path in map(Path, paths):
            if path.suffix != ".parquet" or not path.is_file():
                there = "this is none; write it as Parquet" if path.is_file() else "there is none of that name"
                raise CaseloadError(f"{path.name}: SQL reads Parquet files; {there}")
        self.paths = [Path(path) for path in paths]
        self.connection = duckdb.connect()
        try:
            self.connection.read_parquet([str(path) for path in paths], union_by_name=True).create_view("caseload")
        except duckdb.Error as broken:
            names = ", ".join(Path(path).name for path in paths)
            raise CaseloadError(f"{names}: cannot be read as Parquet; write the file again") from broken
        kinds = self.run("SELECT column_name, column_type FROM (DESCRIBE caseload)")
        super().__init__(exp.to_table("caseload"), {name: DUCKDB_KINDS.get(kind.split("(")[0]) for name, kind in kinds})

    @property
    def columns(self) -> list[str]:
        """The names of the columns that every file has."""
        return [name for name in self.kinds if all(name in columns_in(path) for path in self.paths)]

    def check(
        self, columns: Columns, by: Sequence[str] = (), *, not_asked: Collection[str] = (), person: str | None = None
    ) -> None:
        """Refuse what the files would be refused for by whoever reads them row by row; raises `CaseloadError`."""
        for path in self.paths:
            with refusals(path):
                names = columns_in(path)
                columns.present(names, not_asked)
                if missing := [name for name in by if name not in names]:
                    raise CaseloadError(f"cannot group by {missing[0]}: there is no such column")
        try:
            super().check(columns, by, not_asked=not_asked, person=person)
        except CaseloadError:
            for path in self.paths:  # says in which file and in which row
                read_caseload(path, columns, not_asked=not_asked, checked=True)
            raise

    def _people_twice(self, person: str | None, asked: Collection[str]) -> Iterator[Wrong]:
        """Nobody, once the identifiers of all files are compared."""
        once(self.paths, person, asked)
        return iter(())

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
