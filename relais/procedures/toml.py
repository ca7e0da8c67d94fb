'''A procedure as a text file a person can read, write and correct: `packs/<name>/procedures/<key>.toml`.

A file holds one procedure of one public service, the kinds of evidence it speaks of, and its versions in order:

>>> text = """
... key = "citizenship"
... names = { en = "Citizenship by the simpler procedure" }
...
... [service]
... key = "citizenship-service"
... names = { en = "Citizenship" }
... authority = "state-registration-service"
...
... [[attribute]]
... key = "age"
... names = { en = "age" }
...
... [[attribute]]
... key = "status"
... names = { en = "status" }
... values = { refugee = { en = "refugee" }, stateless = { en = "stateless" } }
...
... [[evidence]]
... key = "birth-certificate"
... names = { en = "Birth certificate" }
... visits = 2
... fee = 500
... days = 30
...
... [[version]]
... number = 1
... in_force_from = 2024-03-01
... currency = "KGS"
...
... [[version.step]]
... key = "apply"
... names = { en = "Hand in the file" }
... channel = "office"
... waiting_days = 90
...
... [[version.step.requirement]]
... key = "who-you-are"
... names = { en = "Who you are" }
... any_of = [["birth-certificate"]]
... when = ["age at least 18", "status is one of refugee, stateless"]
... """
>>> written = read(text)
>>> written.versions[0].version.steps[0].requirements[0].condition[0]
Clause(attribute='age', op=<Op.GE: 'ge'>, value=18)
>>> read(write(written)) == written
True

Each list of `any_of` is one way of meeting the requirement; everything in it is needed together. `when` reads like a sentence:
`is`, `is not`, `is one of`, `is none of`, `at least`, `under`; all of its lines must hold for the requirement to be asked.
An attribute without `values` is a number. The newest version whose day has come is in force; one without a day is a draft.
A file with mistakes is refused whole: `read` raises `Faulty` with every fault, its line, and what to do.
'''

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from relais.procedures.terms import Clause, EvidenceType, Op, Requirement, Step, Version
from relais.procedures.written import (
    KEY,
    PICTOGRAMS,
    WORDS,
    WrittenAttribute,
    WrittenProcedure,
    WrittenService,
    WrittenVersion,
    read_clause,
    write,
)

__all__ = ["Fault", "Faulty", "Path", "lines_of", "read", "read_table", "write"]

Path = tuple[str | int, ...]

LONGEST_KEY, LONGEST_LAW = 60, 200
LARGEST = {int: 9_999, Decimal: 99_999_999}
CHANNELS = ("office", "online", "phone", "post", "home")
COSTS: dict[str, type] = {"visits": int, "fee": Decimal, "minutes": int}
NAMED: dict[str, type] = {"key": str, "names": dict}
FIELDS: dict[str, dict[str, type]] = {
    "procedure": NAMED | {"about": dict, "service": dict, "attribute": list, "evidence": list, "version": list},
    "service": NAMED | {"authority": str, "about": dict},
    "attribute": NAMED | {"values": dict},
    "evidence": NAMED | COSTS | {"about": dict, "pictogram": str, "days": int, "held_by_state": bool},
    "version": {"number": int, "names": dict, "note": dict, "in_force_from": date, "currency": str, "step": list},
    "step": NAMED | COSTS | {"about": dict, "channel": str, "place": dict, "waiting_days": int, "requirement": list},
    "requirement": NAMED | {"why": dict, "legal_basis": str, "any_of": list, "when": list, "must_keep": bool},
}
NEEDED = {
    "procedure": ("key", "names", "service", "version"),
    "service": ("key", "names", "authority"),
    "attribute": ("key", "names"),
    "evidence": ("key", "names"),
    "version": ("number", "step"),
    "step": ("key", "names"),
    "requirement": ("key", "names", "any_of"),
}
KINDS = {
    str: "text in quotes",
    dict: 'a text in several languages, e.g. { en = "Passport", fr = "Passeport" }',
    int: "a whole number",
    Decimal: "a number",
    bool: "true or false",
    date: "a day, e.g. 2024-03-01",
    list: "a list",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake: where, what, and what to do about it."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        """Say it in a line, as compilers do."""
        return f"{self.file}:{self.line}: {self.what}. {self.remedy}."


class Faulty(ValueError):
    """A file that is refused, with all its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults, and say them all."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def text_of(written: bytes, file: str) -> str:
    """Give the text of a file; raises `Faulty` where its letters are not written as UTF-8."""
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError as broken:
        line = written.count(b"\n", 0, broken.start) + 1
        raise Faulty([Fault(file, line, "its letters are not written as UTF-8", "Save it again as UTF-8")]) from broken


@contextmanager
def shallow(file: str) -> Iterator[None]:
    """Refuse a file whose tables or lists stand in each other so deep that they cannot be followed."""
    try:
        yield
    except RecursionError as deep:
        what = "hundreds of lists or tables stand in each other"
        raise Faulty([Fault(file, 1, what, "Write them as in the files of packs/, a few deep")]) from deep


def read(text: str, file: str = "procedure.toml") -> WrittenProcedure:
    """Read a procedure from text; raises `Faulty` with every fault found."""
    with shallow(file):
        try:
            table = tomllib.loads(text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as broken:
            line = re.search(r"line (\d+)", str(broken))
            place = int(line[1]) if line else text.count("\n") + 1
            raise Faulty(
                [Fault(file, place, f"this is not TOML: {broken}", "Compare with the lines around it")]
            ) from broken
        return read_table(table, file, lines_of(text))


def read_table(table: dict[str, Any], file: str, lines: dict[Path, int]) -> WrittenProcedure:
    """Read a procedure from a table, its lines known; raises `Faulty` with every fault found."""
    reader = _Reader(file, lines)
    procedure = reader.procedure(table)
    if procedure is None or reader.faults:
        raise Faulty(sorted(reader.faults, key=lambda fault: fault.line))
    return procedure


def lines_of(text: str) -> dict[Path, int]:
    r"""Say on which line each table and each key of a TOML text stands, by its path.

    >>> lines_of('a = 1\n[[step]]\nkey = "x"\n[[step.requirement]]\nkey = "y"')[("step", 0, "requirement", 0, "key")]
    5
    """
    lines: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    here: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)\s*([\w.-]+)\s*\]", line):
            here = ()
            *parents, last = header[2].split(".")
            for name in parents:
                here = (*here, name)
                here = (*here, counts[here] - 1) if here in counts else here
            here = (*here, last)
            if header[1] == "[[":
                counts[here] = counts.get(here, 0) + 1
                here = (*here, counts[here] - 1)
            lines[here] = number
        elif key := re.match(r"\s*([\w-]+)\s*[=.]", line):
            lines.setdefault((*here, key[1]), number)
    return lines


class _Reader:
    """Turns tables into terms and notes every fault on the way."""

    def __init__(self, file: str, lines: dict[Path, int]) -> None:
        self.file, self.lines, self.faults = file, lines, list[Fault]()
        self.papers: dict[str, EvidenceType] = {}
        self.attributes: dict[str, WrittenAttribute] = {}

    def fault(self, path: Path, what: str, remedy: str) -> None:
        """Note a fault at the nearest line known."""
        while path not in self.lines:
            path = path[:-1]
        self.faults.append(Fault(self.file, self.lines[path], what, remedy))

    def take(self, kind: str, table: Any, path: Path) -> dict[str, Any]:
        """Give what a table holds, checked: no unknown key, nothing missing, each value of its kind."""
        if not isinstance(table, dict):
            self.fault(path, f"{kind} is not a table", f"Write it as [{kind}] with its keys on the lines below")
            return {}
        for key in table.keys() - FIELDS[kind].keys():
            self.fault((*path, key), f"{kind} has no {key}", _nearest(key, FIELDS[kind]))
        for key in NEEDED[kind]:
            if key not in table:
                self.fault(path, f"{kind} has no {key}", f"Add {key}: {KINDS[FIELDS[kind][key]]}")
        known = {key: value for key, value in table.items() if key in FIELDS[kind]}
        taken = {key: value for key, value in known.items() if self.is_fit((*path, key), value, FIELDS[kind][key])}
        return taken | ({"fee": Decimal(taken["fee"])} if "fee" in taken else {})

    def is_fit(self, path: Path, value: Any, kind: type) -> bool:
        """Note a fault unless a value is of its kind."""
        name = str(path[-1])
        allowed: Any = (Decimal, int) if kind is Decimal else (kind,)
        odd = (isinstance(value, bool) and kind is not bool) or isinstance(value, datetime)
        if odd or not isinstance(value, allowed):
            self.fault(path, f"{name} is {value!r}", f"Give {KINDS[kind]}")
        elif name == "key" and not (KEY.fullmatch(value) and len(value) <= LONGEST_KEY):
            self.fault(path, f"{value!r} is not a key", "Use small letters, digits and dashes, e.g. birth-certificate")
        elif kind in (int, Decimal) and not (Decimal(value).is_finite() and 0 <= value <= LARGEST[kind]):
            self.fault(path, f"{name} is {value}", f"Give a number of at least 0 and at most {LARGEST[kind]}")
        elif name == "currency" and not re.fullmatch("[A-Z]{3}", value):
            self.fault(path, f"{value!r} is not a currency", "Give its three letters, e.g. KGS")
        elif name == "legal_basis" and len(value) > LONGEST_LAW:
            self.fault(path, f"{name} has {len(value)} characters", f"Name the law in at most {LONGEST_LAW}")
        elif kind is dict and name not in ("service", "values") and not _is_text(value):
            self.fault(path, f"{name} is {value!r}", f"Give {KINDS[dict]}")
        else:
            return True
        return False

    def each(self, kind: str, tables: Any, path: Path) -> Iterable[tuple[Path, dict[str, Any]]]:
        """Give each table of a list with its path, checked."""
        for place, table in enumerate(tables):
            here = (*path, kind, place)
            yield here, self.take(kind, table, here)

    def procedure(self, table: dict[str, Any]) -> WrittenProcedure | None:
        """Read the whole file."""
        taken = self.take("procedure", table, ())
        service = self.take("service", taken.get("service", {}), ("service",)) if "service" in taken else {}
        for path, each in self.each("attribute", taken.pop("attribute", []), ()):
            values = each.get("values", {})
            if not all(KEY.fullmatch(key) and _is_text(names) for key, names in values.items()):
                self.fault(
                    (*path, "values"), "values need a key and names each", 'Write { refugee = { en = "refugee" } }'
                )
            if {"key", "names"} <= each.keys():
                self.attributes[each["key"]] = WrittenAttribute(**each)
        for path, each in self.each("evidence", taken.pop("evidence", []), ()):
            if (picture := each.get("pictogram", PICTOGRAMS[0])) not in PICTOGRAMS:
                self.fault((*path, "pictogram"), f"there is no pictogram {picture!r}", _nearest(picture, PICTOGRAMS))
            if "key" in each:
                self.papers[each["key"]] = EvidenceType(**each)
        read_versions = [self.version(path, each) for path, each in self.each("version", taken.pop("version", []), ())]
        versions = tuple(each for each in read_versions if each is not None)
        numbers = [each.version.number for each in versions]
        if numbers != sorted(set(numbers)):
            self.fault((), f"versions are numbered {numbers}", "Number them upwards, each once")
        if self.faults:
            return None
        terms = {"attributes": tuple(self.attributes.values()), "evidence_types": tuple(self.papers.values())}
        return WrittenProcedure(**taken | terms | {"service": WrittenService(**service), "versions": versions})

    def version(self, path: Path, taken: dict[str, Any]) -> WrittenVersion | None:
        """Read one version."""
        steps = tuple(self.step(here, each) for here, each in self.each("step", taken.pop("step", []), path))
        if self.faults:
            return None
        terms = {"number": taken.pop("number"), "currency": taken.pop("currency", "")}
        try:
            return WrittenVersion(
                version=Version(steps=steps, evidence_types=tuple(self.papers.values()), **terms), **taken
            )
        except ValueError as wrong:
            self.fault(path, str(wrong), "Give each thing a key of its own")
            return None

    def step(self, path: Path, taken: dict[str, Any]) -> Step:
        """Read one step."""
        if (channel := taken.get("channel", CHANNELS[0])) not in CHANNELS:
            self.fault((*path, "channel"), f"{channel!r} is not a channel", _nearest(channel, CHANNELS))
        asked = self.each("requirement", taken.pop("requirement", []), path)
        return Step(
            **{"key": ""} | taken | {"requirements": tuple(self.requirement(here, each) for here, each in asked)}
        )

    def requirement(self, path: Path, taken: dict[str, Any]) -> Requirement:
        """Read one requirement with its lists and its condition."""
        lists = self.lists((*path, "any_of"), taken.pop("any_of", []))
        lines = (self.clause((*path, "when"), str(line)) for line in taken.pop("when", []))
        condition = tuple(clause for clause in lines if clause is not None)
        return Requirement(**{"key": ""} | taken | {"lists": lists, "condition": condition})

    def lists(self, path: Path, lists: list[Any]) -> tuple[frozenset[str], ...]:
        """Read the ways a requirement is met."""
        if not all(isinstance(each, list) and all(isinstance(key, str) for key in each) for each in lists):
            self.fault(path, "any_of is not a list of lists of evidence", 'Write any_of = [["one"], ["two", "three"]]')
            return ()
        for key in {key for each in lists for key in each} - self.papers.keys():
            self.fault(
                path, f"no evidence is called {key}", _nearest(key, self.papers, f'Add [[evidence]] with key = "{key}"')
            )
        return tuple(frozenset(each) for each in lists)

    def clause(self, path: Path, line: str) -> Clause | None:
        """Read one line of a condition, and see that it asks about an attribute the file describes."""
        try:
            clause = read_clause(line)
        except ValueError as wrong:
            ways = [f'"{"age" if op in (Op.GE, Op.LT) else "status"} {words} ..."' for op, words in WORDS.items()]
            self.fault(path, str(wrong), f"Say it as one of: {', '.join(ways)}")
            return None
        attribute = self.attributes.get(clause.attribute)
        if attribute is None:
            remedy = f'Add [[attribute]] with key = "{clause.attribute}"'
            self.fault(
                path, f"no attribute is called {clause.attribute}", _nearest(clause.attribute, self.attributes, remedy)
            )
        elif clause.is_numeric == bool(attribute.values):
            kind = f"one of: {', '.join(attribute.values)}" if attribute.values else "a number"
            self.fault(path, f"{line!r} cannot be compared", f"{clause.attribute} is {kind}")
        elif attribute.values:
            for value in sorted(map(str, clause.values - attribute.values.keys())):
                self.fault(path, f"{clause.attribute} is never {value}", _nearest(value, attribute.values))
        return clause


def _nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Guess what was meant, or say what there is."""
    known = list(known)
    close = get_close_matches(word, known, 1)
    return f"Did you mean {close[0]}" if close else otherwise or f"Use one of: {', '.join(known)}"


def _is_text(value: Any) -> bool:
    """Say whether a value is words by language."""
    return isinstance(value, dict) and bool(value) and all(isinstance(words, str) and words for words in value.values())
