r"""A procedure as JSON: the same tables and keys as `toml.py`, for programs that write no TOML.

>>> text = '{"key": "x",\n "names": {"en": "X"},\n "service": {"key": "s", "names": {"en": "S"}},\n "version": []}'
>>> read(text)
Traceback (most recent call last):
relais.procedures.toml.Faulty: procedure.json:3: service has no authority. Add authority: text in quotes.

A day is text, `"in_force_from": "2024-03-01"`; a fee is a number. What a file holds, and each fault, is as in TOML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from relais.procedures.toml import Fault, Faulty, Path, read_table, shallow
from relais.procedures.written import WrittenProcedure

TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+)')


def read(text: str, file: str = "procedure.json") -> WrittenProcedure:
    """Read a procedure from JSON; raises `toml.Faulty` with every fault found."""
    with shallow(file):
        return _read(text, file)


def _read(text: str, file: str) -> WrittenProcedure:
    try:
        table = json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except json.JSONDecodeError as broken:
        raise Faulty(
            [Fault(file, broken.lineno, f"this is not JSON: {broken.msg}", "Compare with the lines around it")]
        ) from broken
    except KeyError as twice:
        line = text[: text.rfind(json.dumps(twice.args[0], ensure_ascii=False))].count("\n") + 1
        raise Faulty([Fault(file, line, f"{twice.args[0]} is given twice in one table", "Keep one of them")]) from twice
    if not isinstance(table, dict):
        raise Faulty([Fault(file, 1, "the file is not a table", 'Write { "key": ..., "names": ... }')])
    for version in table.get("version", []) if isinstance(table.get("version"), list) else []:
        if isinstance(version, dict) and _is_day(version.get("in_force_from")):
            version["in_force_from"] = date.fromisoformat(version["in_force_from"])
    return read_table(table, file, lines_of(text))


def lines_of(text: str) -> dict[Path, int]:
    r"""Say on which line each key of a JSON text stands, by its path.

    >>> lines_of('{"a": 1,\n"step": [{}, {\n"key": "x"}]}')[("step", 1, "key")]
    3
    """
    lines: dict[Path, int] = {(): 1}
    tokens = _tokens(text)
    _walk(next(tokens), tokens, (), lines)
    return lines


def _walk(token: tuple[str, int], tokens: Iterator[tuple[str, int]], path: Path, lines: dict[Path, int]) -> None:
    """Note the lines of one value of a text that is known to be JSON."""
    word, line = token
    lines.setdefault(path, line)
    place = 0
    while word in "{[":
        token = next(tokens)
        if token[0] in "}]":
            return
        if token[0] == ",":
            continue
        here: str | int = place
        if word == "{":
            here = json.loads(token[0])
            lines[*path, here] = token[1]
            next(tokens)
            token = next(tokens)
        _walk(token, tokens, (*path, here), lines)
        place += 1


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Cut a text into the signs and words of JSON, each with its line."""
    line, end = 1, 0
    for found in TOKEN.finditer(text):
        line += text.count("\n", end, found.start(1))
        end = found.start(1)
        yield found[1], line


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a table, each key once."""
    table: dict[str, Any] = {}
    for key, value in pairs:
        if key in table:
            raise KeyError(key)
        table[key] = value
    return table


def _is_day(value: Any) -> bool:
    """Say whether a text is a day."""
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
