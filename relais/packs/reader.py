"""Reads a pack: every file, every fault with its line and its remedy, and what the files say of each other.

A pack with one mistake is refused whole.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from relais.packs.shape import FILES, PYTHON, Field, Kind, Row, Table
from relais.procedures.toml import Fault, Faulty, lines_of, read, text_of
from relais.procedures.written import KEY, WrittenProcedure

Where = tuple[str | int, ...]
WANTED_LANGUAGES = ("en", "fr")
PARTS = {*FILES, "demo.toml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A programme as its folder describes it."""

    folder: Path
    tables: dict[str, list[Row]] = field(default_factory=dict)
    procedures: tuple[WrittenProcedure, ...] = ()

    @property
    def name(self) -> str:
        """Give the pack's name."""
        return str(self.one("pack")["name"])

    def one(self, table: str) -> Row:
        """Give the only row of a table."""
        return self.tables[table][0]

    def rows(self, table: str) -> list[Row]:
        """Give the rows of a table, none if its file is not there."""
        return self.tables.get(table, [])


def read_pack(folder: Path) -> Pack:
    """Read a whole pack; raises `Faulty` with every fault of every file."""
    if not (folder / "pack.toml").is_file():
        fault = Fault(f"{folder.name}/pack.toml", 1, "this folder has no pack.toml", "Name the folder of a pack")
        raise Faulty([fault])
    reader = _Reader(folder)
    reader.read_everything()
    if not reader.faults:
        reader.compare()
    if reader.faults:
        raise Faulty(sorted(reader.faults, key=lambda fault: (fault.file, fault.line)))
    return Pack(folder=folder, tables=reader.tables, procedures=tuple(reader.procedures))


class _Reader:
    """Walks the files of one pack and notes every fault."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.tables: dict[str, list[Row]] = {}
        self.procedures: list[WrittenProcedure] = []
        self.places: dict[int, tuple[str, int]] = {}
        self.lines: dict[Where, int] = {}
        self.file = ""

    def read_everything(self) -> None:
        """Read each file for itself."""
        for path in sorted(self.folder.rglob("*.toml")):
            self.file = str(path.relative_to(self.folder))
            if path.parent.name == "procedures":
                self.read_procedure(path)
            elif self.file in FILES:
                self.read_tables(path, FILES[self.file])
            elif self.file not in PARTS:
                self.faults.append(Fault(self.file, 1, "no part of a pack has this name", _nearest(self.file, PARTS)))

    def read_procedure(self, path: Path) -> None:
        """Read one procedure, in the words of procedures/toml.py."""
        try:
            self.procedures.append(read(text_of(path.read_bytes(), self.file), self.file))
        except Faulty as faulty:
            self.faults += faulty.faults

    def read_tables(self, path: Path, shape: dict[str, Table]) -> None:
        """Read the tables of one file."""
        try:
            text = text_of(path.read_bytes(), self.file)
        except Faulty as faulty:
            self.faults += faulty.faults
            return
        try:
            found = tomllib.loads(text)
        except tomllib.TOMLDecodeError as broken:
            line = re.search(r"line (\d+)", str(broken))
            place = int(line[1]) if line else text.count("\n") + 1
            self.faults.append(
                Fault(self.file, place, f"this is not TOML: {broken}", "Compare with the lines around it")
            )
            return
        self.lines = lines_of(text)
        for name in found.keys() - shape.keys():
            self.fault((name,), f"{self.file} has no {name}", _nearest(name, shape))
        for name, table in shape.items():
            if not table.many and name not in found:
                self.fault((), f"{self.file} has no [{name}]", f"Add [{name}] with {', '.join(table.fields)}")
            self.tables[name] = list(self.rows(name, table, found.get(name, [] if table.many else {}), ()))

    def rows(self, name: str, table: Table, found: Any, above: Where) -> Iterator[Row]:
        """Read the rows of one table."""
        if isinstance(found, dict) == table.many:
            self.fault(
                (*above, name), f"{name} is written the wrong way", f"Write {'[[' if table.many else '['}{name}]"
            )
            return
        for place, row in enumerate(found if table.many else [found]):
            where: Where = (*above, name, place) if table.many else (*above, name)
            yield self.row(name, table, row, where)

    def row(self, name: str, table: Table, row: Row, where: Where) -> Row:
        """Check one row and give it, its inner tables read."""
        for key in row.keys() - table.fields.keys() - table.tables().keys():
            self.fault((*where, key), f"{name} has no {key}", _nearest(key, [*table.fields, *table.tables()]))
        for key, wanted in table.fields.items():
            if key in row:
                self.check((*where, key), row[key], wanted)
            elif wanted.needed:
                self.fault(where, f"{name} has no {key}", f"Add {key}: {wanted.kind.value}")
        inner = {key: list(self.rows(key, below, row.get(key, []), where)) for key, below in table.tables().items()}
        checked = {**row, **inner}
        self.places[id(checked)] = (self.file, self.line(where))
        return checked

    def check(self, where: Where, value: Any, wanted: Field) -> None:
        """Note a fault unless a value is what its field wants."""
        fits = isinstance(value, PYTHON[wanted.kind]) and (wanted.kind is Kind.FLAG or not isinstance(value, bool))
        if not fits or (wanted.kind is Kind.WHOLE and value < 0):
            self.fault(where, f"{where[-1]} is {value!r}", f"Give {wanted.kind.value}")
        elif wanted.kind is Kind.KEY and not KEY.fullmatch(value):
            self.fault(where, f"{value!r} is not a key", f"Use {wanted.kind.value}")
        elif wanted.kind is Kind.WORDS and (missing := [code for code in WANTED_LANGUAGES if not value.get(code)]):
            self.fault(where, f"{where[-1]} is missing in {', '.join(missing)}", f"Give {wanted.kind.value}")
        elif wanted.among and value not in wanted.among:
            self.fault(where, f"{where[-1]} is {value!r}", _nearest(value, wanted.among))

    def compare(self) -> None:
        """Check what the files say of each other."""
        organisations = {row["key"] for row in self.tables["organisations"]}
        territories = {row["code"] for row in self.tables["territories"]}
        country = self.tables["programme"][0]["country"]
        versions = {(each.key, one.version.number) for each in self.procedures for one in each.versions}
        for row in self.everything():
            if (name := row.get("organisation")) and name not in organisations:
                self.fault_at(row, f"nobody here is called {name}", _nearest(name, organisations))
            for key in ("territory", "parent"):
                if (code := row.get(key)) and code not in territories and not code.startswith(country):
                    self.fault_at(row, f"{key} is {code}", f"Give a code of {country}, or add it to territories")
            if (zone := row.get("time_zone")) and zone not in available_timezones():
                self.fault_at(row, f"{zone} is not a time zone", _nearest(zone, available_timezones()))
            if "procedure" in row and (row["procedure"], row.get("version")) not in versions:
                self.fault_at(
                    row, f"there is no version {row.get('version')} of {row['procedure']}", "Name one that is there"
                )
            if "right" in row and row["right"] >= len(row["choices"]):
                self.fault_at(row, f"right is {row['right']}", f"Count from 0; there are {len(row['choices'])} choices")
        for procedure in self.procedures:
            if procedure.service.authority not in organisations:
                self.faults.append(
                    Fault(
                        f"procedures/{procedure.key}.toml",
                        1,
                        f"nobody here is called {procedure.service.authority}",
                        _nearest(procedure.service.authority, organisations),
                    )
                )
        self.no_key_twice()

    def no_key_twice(self) -> None:
        """Note keys given twice in one table."""
        for name, rows in self.tables.items():
            seen: set[str] = set()
            for row in rows:
                key = row.get("key") or row.get("code")
                if key in seen:
                    self.fault_at(row, f"{name} has {key} twice", "Give each a key of its own")
                if key:
                    seen.add(str(key))

    def everything(self) -> Iterator[Row]:
        """Give every row of every table, inner rows too."""
        for rows in self.tables.values():
            for row in rows:
                yield row
                for inner in row.values():
                    if isinstance(inner, list) and inner and isinstance(inner[0], dict) and id(inner[0]) in self.places:
                        yield from inner

    def fault(self, where: Where, what: str, remedy: str) -> None:
        """Note a fault at the nearest line known."""
        self.faults.append(Fault(self.file, self.line(where), what, remedy))

    def fault_at(self, row: Row, what: str, remedy: str) -> None:
        """Note a fault at the line where a row begins."""
        file, line = self.places[id(row)]
        self.faults.append(Fault(file, line, what, remedy))

    def line(self, where: Where) -> int:
        """Find the nearest line known."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def _nearest(word: str, known: Any) -> str:
    """Say which known word was probably meant."""
    close = get_close_matches(word, sorted(known), n=1)
    return f"Did you mean {close[0]}?" if close else f"Write one of: {', '.join(sorted(known)[:12])}"
