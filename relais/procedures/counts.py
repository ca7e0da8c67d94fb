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
from itertools import accumulate
from operator import add
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import uuid4

from relais.procedures.answers import By, Effect, Funnel, Replay, Standings, StepStandings
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


def merge(documents: Sequence[tuple[str, str]], *, allow_equal: bool = False) -> Counted:
    """Add documents, each a name and a text; raises `CountsError` unless all are about the same rules, each comes once.

    Two that count exactly the same are taken for the same people, replayed twice, unless equal ones are allowed.
    """
    (first, whole), *others = [(name, read(text, name)) for name, text in documents]
    seen = [(first, whole)]
    for name, each in others:
        if each.rules != whole.rules:
            raise CountsError(f"{name} replayed other rules than {first}: replay both with the same procedure file")
        if each.replay.groups.keys() != whole.replay.groups.keys():
            said = [", ".join(one.replay.groups) or "nothing" for one in (each, whole)]
            raise CountsError(f"{name} groups by {said[0]}, {first} by {said[1]}: replay both with the same --by")
        for other, before in seen:
            if each.id == before.id:
                raise CountsError(f"{name} is the same document as {other}: add it once")
            if each.replay.people and each.replay == before.replay and not allow_equal:
                raise CountsError(
                    f"{name} counts exactly what {other} counts, as if the same people were replayed twice: leave one of "
                    "them out, or ask who sent them; if they are other people, say --allow-equal"
                )
        seen.append((name, each))
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
    """Say whether each count is one that the others allow."""
    whole = replay.whole
    groups = [list(values.values()) for values in replay.groups.values()]
    return (
        all(_is_possible(each) for each in [whole, *(each for values in groups for each in values)])
        and all(reduce(add, values, Effect.of([0] * 9)) == whole for values in groups)
        and _falls(replay.version, whole.after)
        and _falls(replay.baseline, whole.before)
    )


def _is_possible(effect: Effect) -> bool:
    """Say whether people can stand so before and after, as many unlocked and newly blocked as it says."""
    before, after, freed, shut = effect.before, effect.after, effect.unlocked, effect.newly_blocked
    return (
        _total(before) == _total(after)
        and freed.least <= min(before.blocked, after.passes, freed.most)
        and freed.most <= min(before.blocked + before.open, after.passes + after.open)
        and shut.least <= min(before.passes, after.blocked, shut.most)
        and shut.most <= min(before.passes + before.open, after.blocked + after.open)
        # Who passes and is not shut out passes or is open afterwards, and so it is with who is blocked.
        and before.passes - shut.least <= after.passes - freed.least + after.open
        and before.blocked - freed.least <= after.blocked - shut.least + after.open
    )


def _falls(funnel: Funnel, whole: Standings) -> bool:
    """Say whether the people of each step and requirement are those of the whole, each blocked one stopped once."""
    people, steps, asked = _total(whole), funnel.steps.values(), funnel.requirements.values()
    stopped = list(accumulate((each.stopped for each in steps), initial=0))
    return (
        funnel.whole == whole
        and stopped[-1] == whole.blocked
        and sum(each.alone for each in asked) <= whole.blocked
        and all(
            _total(each) == people and each.passes >= whole.passes and each.stopped <= each.blocked <= so_far
            for each, so_far in zip(steps, stopped[1:], strict=True)
        )
        and all(
            each.not_applicable + each.met + each.blocked + each.open == people
            and each.not_applicable + each.met >= whole.passes
            and each.alone <= each.blocked <= whole.blocked
            for each in asked
        )
    )


def _total(standings: Standings | StepStandings) -> int:
    return standings.passes + standings.blocked + standings.open


__all__ = ["Counted", "CountsError", "check", "merge", "read", "rules_of", "write"]
