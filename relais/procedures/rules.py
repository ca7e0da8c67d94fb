"""What to warn of before anyone replays a version, and the keys of new things."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product

from anyascii import anyascii

from relais.procedures.terms import Clause, Condition, Requirement, Step, Value, Version

SITUATIONS_TRIED = 20_000
"""How many kinds of people are tried when looking for exclusions that shut everyone out."""


class Flaw(StrEnum):
    """What may be wrong with a version; each has its sentence in `describe.py`."""

    NOTHING_ACCEPTED = "nothing_accepted"
    NOTHING_ASKED = "nothing_asked"
    NEVER_ASKED = "never_asked"
    UNKNOWN_ATTRIBUTE = "unknown_attribute"
    LIST_NEVER_NEEDED = "list_never_needed"
    EVERYONE_EXCLUDED = "everyone_excluded"


@dataclass(frozen=True, slots=True)
class Caution:
    """One flaw, and where it is."""

    flaw: Flaw
    step: Step | None = None
    requirement: Requirement | None = None
    detail: str = ""


def warnings(version: Version, attributes: Iterable[str]) -> list[Caution]:
    """Say what may be wrong with a version before it is replayed; `attributes` are those known of people.

    >>> from relais.procedures.terms import Op
    >>> asked = Requirement(key="who", condition=(Clause("rent", Op.GE, 3),))
    >>> [(each.flaw.value, each.detail) for each in warnings(Version(steps=(Step(key="apply", requirements=(asked,)),)), ["age"])]
    [('nothing_accepted', ''), ('unknown_attribute', 'rent')]
    """
    known = set(attributes)
    found = [each for step, requirement in version.asked() for each in _of_requirement(step, requirement, known)]
    if excludes_everyone([each.condition for _, each in version.asked() if not each.lists and each.condition]):
        found.append(Caution(Flaw.EVERYONE_EXCLUDED))
    return found


def _of_requirement(step: Step, requirement: Requirement, known: set[str]) -> Iterable[Caution]:
    if not requirement.lists:
        yield Caution(Flaw.NOTHING_ACCEPTED, step, requirement)
    elif frozenset() in requirement.lists:
        yield Caution(Flaw.NOTHING_ASKED, step, requirement)
    elif any(less < more for less in requirement.lists for more in requirement.lists):
        yield Caution(Flaw.LIST_NEVER_NEEDED, step, requirement)
    if is_contradictory(requirement.condition):
        yield Caution(Flaw.NEVER_ASKED, step, requirement)
    for attribute in sorted({clause.attribute for clause in requirement.condition} - known):
        yield Caution(Flaw.UNKNOWN_ATTRIBUTE, step, requirement, attribute)


def is_contradictory(condition: Condition) -> bool:
    """Say whether nobody at all can fulfil a condition.

    >>> from relais.procedures.terms import Op
    >>> is_contradictory((Clause("age", Op.GE, 18), Clause("age", Op.LT, 18)))
    True
    >>> is_contradictory((Clause("age", Op.GE, 18), Clause("age", Op.LT, 19)))
    False
    """
    values = situations([condition])
    return any(
        not any(all(clause.accepts(value) for clause in _about(condition, name)) for value in choices)
        for name, choices in values.items()
    )


def excludes_everyone(exclusions: list[Condition]) -> bool:
    """Say whether conditions that each shut out someone shut out everyone between them.

    One requirement turns away refugees, another whoever is not one: each reads sensibly, together they go in a circle.

    >>> from relais.procedures.terms import Op
    >>> excludes_everyone([(Clause("status", Op.IS, "refugee"),), (Clause("status", Op.IS_NOT, "refugee"),)])
    True
    >>> excludes_everyone([(Clause("age", Op.LT, 18),), (Clause("age", Op.GE, 60),)])
    False
    """
    values = situations(exclusions)
    if not exclusions:
        return False
    people = (dict(zip(values, each, strict=True)) for each in product(*values.values()))
    tried = list(islice(people, SITUATIONS_TRIED + 1))
    if len(tried) > SITUATIONS_TRIED:
        return False
    return all(any(all(c.accepts(person[c.attribute]) for c in each) for each in exclusions) for person in tried)


def situations(conditions: Iterable[Condition]) -> dict[str, list[Value]]:
    """Give, for each attribute, one value of every kind these conditions tell apart."""
    found: dict[str, set[Value]] = {}
    for clause in (clause for condition in conditions for clause in condition):
        values = found.setdefault(clause.attribute, set())
        for value in clause.values:
            values |= {value, value + 1, max(0, value - 1)} if isinstance(value, int) else {value, ""}
    return {name: sorted(values, key=str) for name, values in found.items()}


def _about(condition: Condition, name: str) -> list[Clause]:
    return [clause for clause in condition if clause.attribute == name]


def free_key(names: Mapping[str, str], taken: Iterable[str]) -> str:
    """Make a short key of a name in any script, one that is not taken yet.

    >>> free_key({"ru": "Справка с места жительства"}, ["spravka-s-mesta-zhitel-stva"])
    'spravka-s-mesta-zhitel-stva-2'
    """
    words = names.get("en") or next(iter(names.values()), "")
    key = re.sub(r"[^a-z0-9]+", "-", anyascii(words).lower()).strip("-")[:50].strip("-") or "item"
    taken = set(taken)
    return next(
        each for each in (key, *(f"{key}-{number}" for number in range(2, len(taken) + 3))) if each not in taken
    )
