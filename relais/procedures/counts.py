"""A replay as a small document of counts: what an organisation sends when its people may not leave it.

Each organisation replays its own people and writes the counts (`write`); whoever puts them together reads them and adds
(`merge`). Counts of different rules are never added: a document says by a hash what was asked (`rules_of`), and each is added once.
The counts are exact, because sums of hidden ones would be wrong: send them to whoever may know them, and hide small ones
after the addition.

>>> from relais.procedures.caseload import Caseload
>>> from relais.procedures.replay import replay
>>> from relais.procedures.terms import EvidenceType, Requirement, Step, Version
>>> asked = Requirement(key="who", lists=(frozenset({"passport"}),))
>>> version = Version(steps=(Step(key="apply", requirements=(asked,)),), evidence_types=(EvidenceType(key="passport"),))
>>> here, there = (replay(Caseload.of({"passport": each}), version, version) for each in ([1, 2], [0, 1, 1]))
>>> texts = [write(each, version, version) for each in (here, there)]
>>> merge([("here.json", texts[0]), ("there.json", texts[1])]).replay == here + there
True
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from functools import reduce
from operator import add
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import uuid4

from relais.procedures.answers import By, Funnel, Replay, Standings
from relais.procedures.terms import Version
from relais.procedures.written import write_clause

FORMAT = 1
T = TypeVar("T")


class CountsError(ValueError):
    """Documents that cannot be read or added; the message names the document and the remedy."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What one document says: which rules (by hash) of which numbers were replayed, and what was counted."""

    id: str
    rules: tuple[str, str]
    numbers: tuple[int, int]
    replay: Replay


def rules_of(version: Version) -> str:
    """Hash what decides in a version: steps, requirements, lists and conditions, in order; not names, fees or days.

    >>> rules_of(Version())[:12]
    '4f53cda18c2b'
    """
    rules = [
        [
            step.key,
            [
                [each.key, sorted(map(sorted, each.lists)), sorted(map(write_clause, each.condition))]
                for each in step.requirements
            ],
        ]
        for step in version.steps
    ]
    return hashlib.sha256(json.dumps(rules).encode()).hexdigest()


def write(replay: Replay, version: Version, baseline: Version) -> str:
    """Write a replay as a document of counts."""
    said = {
        "relais": "replay counts",
        "format": FORMAT,
        "id": str(uuid4()),
        "rules": {"version": rules_of(version), "baseline": rules_of(baseline)},
        "numbers": {"version": version.number, "baseline": baseline.number},
        "people": replay.people,
        "counts": asdict(replay),
    }
    return json.dumps(said, indent=1)


def read(text: str, name: str = "counts.json") -> Counted:
    """Read a document of counts; raises `CountsError` unless all of it is as `write` wrote it."""
    try:
        said = json.loads(text)
        if said["relais"] != "replay counts" or said["format"] != FORMAT:
            raise CountsError(f"{name} is no replay counts of format {FORMAT}: write it again with this Relais")
        counted = Counted(
            str(said["id"]),
            (str(said["rules"]["version"]), str(said["rules"]["baseline"])),
            (int(said["numbers"]["version"]), int(said["numbers"]["baseline"])),
            _read(Replay, said["counts"]),
        )
        if said["people"] != counted.replay.people or not _adds_up(counted.replay):
            raise CountsError(f"{name}: its counts do not add up to its people: replay again and write it again")
    except (KeyError, TypeError, ValueError, AttributeError) as broken:
        if isinstance(broken, CountsError):
            raise
        raise CountsError(f"{name} cannot be read as replay counts: write it again with --counts-only") from broken
    return counted


def merge(documents: Sequence[tuple[str, str]]) -> Counted:
    """Add documents, each a name and a text; raises `CountsError` unless all are about the same rules, each comes once."""
    (first, whole), *others = [(name, read(text, name)) for name, text in documents]
    seen = {whole.id: first}
    for name, each in others:
        if each.id in seen:
            raise CountsError(f"{name} is the same document as {seen[each.id]}: add it once")
        seen[each.id] = name
        if each.rules != whole.rules:
            raise CountsError(f"{name} replayed other rules than {first}: replay both with the same procedure file")
        if each.replay.groups.keys() != whole.replay.groups.keys():
            said = [", ".join(one.replay.groups) or "nothing" for one in (each, whole)]
            raise CountsError(f"{name} groups by {said[0]}, {first} by {said[1]}: replay both with the same --by")
    return Counted(whole.id, whole.rules, whole.numbers, reduce(add, (each.replay for _, each in others), whole.replay))


def check(counted: Counted, version: Version, baseline: Version) -> None:
    """Raise `CountsError` unless these counts are about these versions."""
    if counted.rules != (rules_of(version), rules_of(baseline)):
        raise CountsError(
            "the counts are about other rules than these two versions: name the file they were replayed with"
        )


def _read(kind: type[T], said: Any) -> T:
    """Read a result, or a count."""
    if kind is int:
        if type(said) is not int or said < 0:
            raise ValueError(said)
        return said  # type: ignore[return-value]
    if get_origin(kind) is By:
        (each,) = get_args(kind)
        return By({str(key): _read(each, value) for key, value in said.items()})  # type: ignore[return-value]
    hints = get_type_hints(kind)
    names: Sequence[str] = [each.name for each in fields(kind)]  # type: ignore[arg-type]
    if set(said) != set(names):
        raise ValueError(said)
    return kind(**{name: _read(hints[name], said[name]) for name in names})


def _adds_up(replay: Replay) -> bool:
    """Say whether the parts of a replay are as many people as the whole."""
    everyone = replay.people
    effects = [replay.whole, *(each for values in replay.groups.values() for each in values.values())]
    groups = [sum(each.people for each in values.values()) for values in replay.groups.values()]
    parts = [sum(asdict(each).values()) for each in (replay.version.whole, replay.baseline.whole)]
    return (
        all(_total(each.before) == each.people and each.unlocked.least <= each.unlocked.most for each in effects)
        and all(each.newly_blocked.least <= each.newly_blocked.most for each in effects)
        and all(count == everyone for count in [*groups, *parts, *_of(replay.version), *_of(replay.baseline)])
    )


def _of(funnel: Funnel) -> list[int]:
    """Count the people of each step and requirement."""
    steps = [each.passes + each.blocked + each.open for each in funnel.steps.values()]
    return steps + [each.not_applicable + each.met + each.blocked + each.open for each in funnel.requirements.values()]


def _total(standings: Standings) -> int:
    return standings.passes + standings.blocked + standings.open


__all__ = ["Counted", "CountsError", "check", "merge", "read", "rules_of", "write"]
