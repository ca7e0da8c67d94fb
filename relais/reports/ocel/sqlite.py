"""Writes a trace as an OCEL 2.0 SQLite file: a table of events and one of objects, their relations, and one table a type."""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from relais.reports.ocel.trace import EVENT_TYPES, OBJECT_TYPES, Trace

SINCE_EVER = "1970-01-01T00:00:00+00:00"
SQL_TYPES = {"string": "TEXT", "integer": "INTEGER"}
TABLES = """
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT);
CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);
CREATE TABLE object_map_type (ocel_type TEXT, ocel_type_map TEXT);
"""
AT_A_TIME = 5_000
Row = TypeVar("Row")
Rows = dict[str, list[tuple[object, ...]]]


def write(trace: Trace, file: Path) -> dict[str, int]:
    """Write a trace to a new file; gives how many events, objects and relations it holds."""
    with sqlite3.connect(file) as database:
        database.executescript(TABLES)
        for kind, types in (("event", EVENT_TYPES), ("object", OBJECT_TYPES)):
            for name, attributes in types.items():
                times = "ocel_time TEXT" + ("" if kind == "event" else ", ocel_changed_field TEXT")
                columns = "".join(f', "{each}" {SQL_TYPES[of]}' for each, of in attributes.items())
                database.execute(f'CREATE TABLE "{kind}_{_map(name)}" (ocel_id TEXT, {times}{columns})')
                database.execute(f"INSERT INTO {kind}_map_type VALUES (?, ?)", (name, _map(name)))  # noqa: S608 - event or object
        counts = {"objects": 0, "events": 0, "event_object": 0, "object_object": 0}
        for rows in (*_objects(trace, counts), *_events(trace, counts)):
            for table, lines in rows.items():
                marks = ", ".join("?" * len(lines[0]))
                database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', lines)  # noqa: S608 - our own tables
    database.close()
    return counts


def _objects(trace: Trace, counts: dict[str, int]) -> Iterator[Rows]:
    for some in _some(trace.objects()):
        rows: Rows = {}
        for each in some:
            _add(rows, "object", (each.id, each.type))
            values = (each.attributes.get(name) for name in OBJECT_TYPES[each.type])
            _add(rows, f"object_{_map(each.type)}", (each.id, SINCE_EVER, None, *values))
            for id, how in each.related:
                _add(rows, "object_object", (each.id, id, how))
        _count(counts, rows, "object", "objects", "object_object")
        yield rows


def _events(trace: Trace, counts: dict[str, int]) -> Iterator[Rows]:
    for some in _some(trace.events()):
        rows: Rows = {}
        for each in some:
            _add(rows, "event", (each.id, each.type))
            values = (each.attributes.get(name) for name in EVENT_TYPES[each.type])
            _add(rows, f"event_{_map(each.type)}", (each.id, each.at.isoformat(), *values))
            for id, how in each.related:
                _add(rows, "event_object", (each.id, id, how))
        _count(counts, rows, "event", "events", "event_object")
        yield rows


def _some(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, AT_A_TIME)):
        yield some


def _add(rows: Rows, table: str, line: tuple[object, ...]) -> None:
    rows.setdefault(table, []).append(line)


def _count(counts: dict[str, int], rows: Rows, table: str, name: str, relations: str) -> None:
    counts[name] += len(rows.get(table, ()))
    counts[relations] += len(rows.get(relations, ()))


def _map(name: str) -> str:
    """Write a type as part of the name of a table.

    >>> _map("Procedure version")
    'ProcedureVersion'
    """
    return "".join(word[:1].upper() + word[1:] for word in name.split())
