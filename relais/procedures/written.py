"""A procedure as a text file a person can read, write and correct: what a file holds, and how it is written.

`toml.py` reads what this writes. `packs/<name>/procedures/<key>.toml` holds one procedure of one public service.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

import tomlkit

from relais.procedures.terms import Clause, EvidenceType, Names, Op, Requirement, Step, Version

KEY = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")

WORDS = {
    Op.IN: "is one of",
    Op.NOT_IN: "is none of",
    Op.IS_NOT: "is not",
    Op.IS: "is",
    Op.GE: "at least",
    Op.LT: "under",
}
"""How each comparison reads in a file; the longer words first, so that *is* does not swallow *is not*."""

PICTOGRAMS = (
    "birth", "card", "child", "court", "evidence", "home", "land", "language", "leaving", "letter", "marriage", "medical",
    "military", "money", "passport", "photo", "police", "portrait", "protection", "school", "stamp", "village", "witness",
    "work",
)  # fmt: skip
"""What a kind of evidence may be pictured by; the names are those of `relais/web/icons.toml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAttribute:
    """Something conditions may ask about a person: a number, or one of some values with their names."""

    key: str
    names: Names
    values: Mapping[str, Names] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenService:
    """The public service a procedure belongs to, and the authority (by its key) that answers for it."""

    key: str
    names: Names
    authority: str
    about: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenVersion:
    """A version, its names, and since when it is in force; without a day it is a draft."""

    version: Version
    names: Names = field(default_factory=dict)
    note: Names = field(default_factory=dict)
    in_force_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenProcedure:
    """Everything one file says."""

    key: str
    names: Names
    service: WrittenService
    about: Names = field(default_factory=dict)
    attributes: tuple[WrittenAttribute, ...] = ()
    evidence_types: tuple[EvidenceType, ...] = ()
    versions: tuple[WrittenVersion, ...] = ()


def read_clause(text: str) -> Clause:
    """Read one line of `when`; raises `ValueError` when it is not one.

    >>> read_clause("status is none of citizen, refugee") == Clause("status", Op.NOT_IN, frozenset({"citizen", "refugee"}))
    True
    """
    for op, words in WORDS.items():
        if said := re.fullmatch(rf"\s*([\w-]+)\s+{words}\s+(.+?)\s*", text):
            values = [int(word) if word.isdigit() else word for word in re.split(r"\s*,\s*", said[2])]
            if all(isinstance(value, int) or KEY.fullmatch(value) for value in values):
                if op in (Op.IN, Op.NOT_IN):
                    return Clause(said[1], op, frozenset(values))
                if len(values) == 1:
                    return Clause(said[1], op, values[0])
    raise ValueError(f"{text!r} is not a condition")


def write_clause(clause: Clause) -> str:
    """Write a clause as a line of `when`.

    >>> write_clause(Clause("age", Op.LT, 18))
    'age under 18'
    """
    return f"{clause.attribute} {WORDS[clause.op]} {', '.join(sorted(map(str, clause.values)))}"


def write(procedure: WrittenProcedure) -> str:
    """Write a procedure as text that `toml.read` reads back as it was; what has its usual value is left out."""
    lines = _pairs(procedure, ("key", "names", "about"))
    lines += ["", "[service]", *_pairs(procedure.service)]
    for attribute in procedure.attributes:
        lines += ["", "[[attribute]]", *_pairs(attribute)]
    for paper in procedure.evidence_types:
        lines += ["", "[[evidence]]", *_pairs(paper)]
    for each in procedure.versions:
        lines += [
            "",
            "[[version]]",
            f"number = {each.version.number}",
            *_pairs(each, ("names", "note", "in_force_from")),
        ]
        lines += [f"currency = {_said(each.version.currency)}"] if each.version.currency else []
        for step in each.version.steps:
            lines += ["", "[[version.step]]", *_pairs(step, _but(Step, "requirements"))]
            for asked in step.requirements:
                lines += ["", "[[version.step.requirement]]", *_pairs(asked, _but(Requirement, "lists", "condition"))]
                lines += [f"any_of = {_said([sorted(each) for each in asked.lists])}"]
                lines += (
                    [f"when = {_said([write_clause(clause) for clause in asked.condition])}"] if asked.condition else []
                )
    return "\n".join(lines) + "\n"


def _but(kind: Any, *left_out: str) -> list[str]:
    """Name the fields of a dataclass but some."""
    return [each.name for each in fields(kind) if each.name not in left_out]


def _pairs(thing: Any, names: Iterable[str] = ()) -> list[str]:
    """Write the fields of a thing that differ from their usual value."""
    usual = {each.name: each.default for each in fields(thing)}
    values = {name: getattr(thing, name) for name in names or usual}
    return [
        f"{name} = {_said(value)}" for name, value in values.items() if value != usual[name] and value not in ({}, None)
    ]


def _said(value: Any) -> str:
    """Write a value as TOML."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_said(each)}" for key, each in value.items()) + " }"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(tomlkit.item(value).as_string())
