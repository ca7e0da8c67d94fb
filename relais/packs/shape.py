"""What each file of a pack may hold: its tables, their fields, and which must be there.

A procedure file has a shape of its own (procedures/toml.py).
"""

from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import Any


class Kind(Enum):
    """What a field holds, and how to say so to whoever wrote it wrong."""

    KEY = "small letters, digits and dashes, e.g. passport-service"
    WORDS = 'a text in English and French at least, e.g. { en = "Passport", fr = "Passeport" }'
    TEXT = "text in quotes"
    WHOLE = "a whole number of at least 0"
    NUMBER = "a number"
    DAY = "a day, e.g. 2024-03-01"
    TIME = "a time, e.g. 14:00:00"
    FLAG = "true or false"
    LIST = "a list"
    TABLE = "a table"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table: its kind, whether it must be there, and the only values it may have."""

    kind: Kind
    needed: bool = True
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file: once, or as often as wanted; tables inside it by name."""

    fields: dict[str, Field]
    many: bool = True
    inside: dict[str, "Table"] = None  # type: ignore[assignment]

    def tables(self) -> dict[str, "Table"]:
        """Give the tables inside this one."""
        return self.inside or {}


def _may(kind: Kind, among: tuple[str, ...] = ()) -> Field:
    return Field(kind, needed=False, among=among)


def _one_of(*words: str) -> Field:
    return Field(Kind.TEXT, among=words)


KEY, WORDS, TEXT = Field(Kind.KEY), Field(Kind.WORDS), Field(Kind.TEXT)
WHOLE, DAY = Field(Kind.WHOLE), Field(Kind.DAY)

PYTHON: dict[Kind, tuple[type, ...]] = {
    Kind.KEY: (str,),
    Kind.WORDS: (dict,),
    Kind.TEXT: (str,),
    Kind.WHOLE: (int,),
    Kind.NUMBER: (int, float),
    Kind.DAY: (date,),
    Kind.TIME: (time,),
    Kind.FLAG: (bool,),
    Kind.LIST: (list,),
    Kind.TABLE: (dict,),
}

STAGES = ("hear", "agree", "accompany", "learn")

FILES: dict[str, dict[str, Table]] = {
    "pack.toml": {
        "pack": Table({"name": KEY, "version": TEXT, "names": WORDS}, many=False),
        "programme": Table(
            {
                "slug": KEY,
                "country": TEXT,
                "time_zone": TEXT,
                "languages": Field(Kind.LIST),
                "threshold": _may(Kind.WHOLE),
                "started_on": _may(Kind.DAY),
                "names": WORDS,
                "summary": WORDS,
            },
            many=False,
        ),
        "territories": Table({"code": TEXT, "parent": TEXT, "kind": TEXT, "names": WORDS}),
        "organisations": Table(
            {
                "key": KEY,
                "kind": _one_of("association", "authority", "international", "company", "university", "network"),
                "part": _one_of("volunteers", "authority", "support"),
                "since": _may(Kind.DAY),
                "territory": _may(Kind.TEXT),
                "names": WORDS,
                "about": _may(Kind.WORDS),
            }
        ),
        "lent_lines": Table(
            {"organisation": KEY, "kind": _one_of("phone", "email", "post"), "value": TEXT, "label": WORDS}
        ),
        "contributions": Table(
            {
                "organisation": KEY,
                "side": _one_of("volunteers", "state", "others"),
                "kind": _one_of("time", "expertise", "resources", "relationships"),
                "stage": _one_of(*STAGES),
                "on": DAY,
                "what": WORDS,
            }
        ),
        "interactions": Table(
            {
                "stage": _one_of(*STAGES),
                "depth": _one_of("informed", "consulted", "involved", "collaborate", "lead"),
                "who": WORDS,
                "how": WORDS,
            }
        ),
        "outcomes": Table({"indicator": TEXT, "what": WORDS}),
        "consents": Table(
            {
                "purpose": _one_of("share_identity", "share_dossier", "refer", "contact", "voice"),
                "days_valid": WHOLE,
                "texts": WORDS,
            }
        ),
    },
    "places.toml": {
        "offices": Table(
            {
                "key": KEY,
                "organisation": KEY,
                "territory": TEXT,
                "confirmed_on": _may(Kind.DAY),
                "step_free": _may(Kind.FLAG),
                "phone": _may(Kind.TEXT),
                "names": WORDS,
                "address": WORDS,
                "hours": WORDS,
                "asks_for": WORDS,
                "safety": _may(Kind.WORDS),
            }
        )
    },
    "meetings.toml": {
        "series": Table(
            {
                "key": KEY,
                "organisation": KEY,
                "territory": _may(Kind.TEXT),
                "rrule": TEXT,
                "starts_on": DAY,
                "starts_at": Field(Kind.TIME),
                "minutes": WHOLE,
                "time_zone": TEXT,
                "holiday_rule": _one_of("keep", "before", "after", "skip"),
                "names": WORDS,
                "place": WORDS,
            }
        )
    },
    "training.toml": {
        "courses": Table(
            {
                "key": KEY,
                "procedure": _may(Kind.KEY),
                "version": _may(Kind.WHOLE),
                "minutes": WHOLE,
                "pass_mark": WHOLE,
                "days_valid": _may(Kind.WHOLE),
                "names": WORDS,
                "lesson": WORDS,
            },
            inside={
                "questions": Table(
                    {"asks": WORDS, "choices": Field(Kind.LIST), "right": WHOLE, "because": WORDS},
                )
            },
        )
    },
    "needs.toml": {
        "assessments": Table(
            {"key": KEY, "names": WORDS, "question": WORDS, "unit": WORDS},
            inside={
                "criteria": Table({"key": KEY, "weight": WHOLE, "names": WORDS, "levels": Field(Kind.LIST)}),
            },
        )
    },
}

Row = dict[str, Any]
