"""Writes a trace as OCEL 2.0 JSON, an object and an event at a time, so that memory does not grow with it."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from relais.reports.ocel.sqlite import SINCE_EVER
from relais.reports.ocel.trace import EVENT_TYPES, OBJECT_TYPES, Trace

Types = dict[str, dict[str, str]]


def write(trace: Trace, file: Path) -> dict[str, int]:
    """Write a trace to a new file; gives how many events, objects and relations it holds."""
    counts = {"objects": 0, "events": 0, "event_object": 0, "object_object": 0}
    with file.open("w", encoding="utf-8") as out:
        out.write("{")
        _list(out, "objectTypes", _types(OBJECT_TYPES))
        out.write(",")
        _list(out, "eventTypes", _types(EVENT_TYPES))
        out.write(",")
        _list(out, "objects", _objects(trace, counts))
        out.write(",")
        _list(out, "events", _events(trace, counts))
        out.write("}\n")
    return counts


def _list(out: TextIO, name: str, rows: Iterable[dict[str, Any]]) -> None:
    out.write(f'"{name}":[')
    out.writelines(("," if number else "") + "\n" + json.dumps(row) for number, row in enumerate(rows))
    out.write("]")


def _types(types: Types) -> Iterator[dict[str, Any]]:
    for name, attributes in types.items():
        yield {"name": name, "attributes": [{"name": each, "type": of} for each, of in attributes.items()]}


def _objects(trace: Trace, counts: dict[str, int]) -> Iterator[dict[str, Any]]:
    for each in trace.objects():
        counts["objects"] += 1
        counts["object_object"] += len(each.related)
        values = [{"name": name, "time": SINCE_EVER, "value": value} for name, value in each.attributes.items()]
        yield {"id": each.id, "type": each.type, "attributes": values, "relationships": _related(each.related)}


def _events(trace: Trace, counts: dict[str, int]) -> Iterator[dict[str, Any]]:
    for each in trace.events():
        counts["events"] += 1
        counts["event_object"] += len(each.related)
        values = [{"name": name, "value": value} for name, value in each.attributes.items()]
        yield {
            "id": each.id,
            "type": each.type,
            "time": each.at.isoformat(),
            "attributes": values,
            "relationships": _related(each.related),
        }


def _related(related: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"objectId": id, "qualifier": how} for id, how in related]
