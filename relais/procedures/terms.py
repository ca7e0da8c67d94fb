"""The words of a procedure, as plain data: versions, steps, requirements, conditions and evidence (CPSV-AP and CCCEV).

Nothing here needs Django or a database. Every object is immutable and compares by content, so a requirement that stands
unchanged in two versions is simply equal to itself. What the words mean for one person is in `assess.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any

Names = Mapping[str, str]
"""A text in several languages: `{"en": "Birth certificate", "ru": "Свидетельство о рождении"}`."""

EvidenceTypeList = frozenset[str]
"""Keys of evidence types that must all be held together: one way of meeting a requirement."""


class Held(IntEnum):
    """What is known about one kind of evidence for one person; the numbers are those of a caseload's arrays."""

    UNKNOWN = 0
    HELD = 1
    CANNOT = 2


class Op(StrEnum):
    """How a clause compares what is known of a person with its value."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    NOT_IN = "not_in"
    GE = "ge"
    LT = "lt"


Value = str | int
"""A code such as `"refugee"`, or a whole number of at least zero such as an age in years."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison of a condition, e.g. age at least 18.

    >>> Clause("age", Op.GE, 18)
    Clause(attribute='age', op=<Op.GE: 'ge'>, value=18)
    >>> Clause("age", Op.GE, "adult")
    Traceback (most recent call last):
    ValueError: age ge 'adult': ge and lt compare with a whole number of at least 0
    """

    attribute: str
    op: Op
    value: Value | frozenset[Value]

    def __post_init__(self) -> None:
        """Refuse a comparison that could mean nothing."""
        said = f"{self.attribute} {self.op} {self.value!r}"
        many = isinstance(self.value, frozenset)
        if (self.op in (Op.IN, Op.NOT_IN)) != many:
            raise ValueError(f"{said}: in and not_in compare with a set of values, the others with one value")
        numbers = [isinstance(value, int) for value in self.values]
        if any(numbers) and not all(numbers):
            raise ValueError(f"{said}: values are all codes or all numbers")
        if self.op in (Op.GE, Op.LT) and not (isinstance(self.value, int) and self.value >= 0):
            raise ValueError(f"{said}: ge and lt compare with a whole number of at least 0")

    @property
    def values(self) -> frozenset[Value]:
        """The values compared with, as a set."""
        return self.value if isinstance(self.value, frozenset) else frozenset({self.value})

    @property
    def is_numeric(self) -> bool:
        """Whether the clause reads a number rather than a code."""
        return any(isinstance(value, int) for value in self.values)

    def implies(self, other: Clause) -> bool:
        """Say whether everyone of whom this is true is someone of whom the other is true.

        >>> Clause("age", Op.GE, 60).implies(Clause("age", Op.GE, 18))
        True
        >>> Clause("status", Op.IS, "refugee").implies(Clause("status", Op.IS_NOT, "citizen"))
        True
        """
        if self.attribute != other.attribute or self.is_numeric != other.is_numeric:
            return False
        if self.op in (Op.IS, Op.IN):
            return all(other.accepts(value) for value in self.values)
        if self.op in (Op.IS_NOT, Op.NOT_IN):
            return other.op in (Op.IS_NOT, Op.NOT_IN) and other.values <= self.values
        (bound,) = self.values
        if other.op in (Op.IS_NOT, Op.NOT_IN):
            return not any(self.accepts(value) for value in other.values)
        if other.op != self.op:
            return False
        (limit,) = other.values
        return bound >= limit if self.op == Op.GE else bound <= limit  # type: ignore[operator]

    def accepts(self, value: Value) -> bool:
        """Say whether the clause is true of someone with this value of the attribute.

        >>> Clause("age", Op.LT, 18).accepts(18)
        False
        """
        match self.op:
            case Op.GE:
                return value >= self.value  # type: ignore[operator]
            case Op.LT:
                return value < self.value  # type: ignore[operator]
            case Op.IS | Op.IN:
                return value in self.values
            case Op.IS_NOT | Op.NOT_IN:
                return value not in self.values


Condition = tuple[Clause, ...]
"""Clauses that must all hold for a requirement to apply; the empty condition applies to everyone."""


def implies(condition: Condition, other: Condition) -> bool:
    """Say whether everyone a condition applies to is also someone the other applies to.

    >>> implies((Clause("age", Op.GE, 60),), ()), implies((), (Clause("age", Op.GE, 60),))
    (True, False)
    """
    return all(any(each.implies(clause) for each in condition) for clause in other)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceType:
    """A kind of proof, and what getting it takes when a person does not hold it yet."""

    key: str
    names: Names = field(default_factory=dict)
    about: Names = field(default_factory=dict)
    pictogram: str = ""
    visits: int = 0
    fee: Decimal = Decimal(0)
    days: int = 0
    minutes: int = 0
    held_by_state: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What a step asks: any one of its lists, from those its condition applies to.

    A requirement without any list cannot be met by anyone it applies to; a list that asks for nothing is met by everyone.
    """

    key: str
    names: Names = field(default_factory=dict)
    why: Names = field(default_factory=dict)
    legal_basis: str = ""
    lists: tuple[EvidenceTypeList, ...] = ()
    condition: Condition = ()
    must_keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage of a procedure: where one goes, what it takes, and what is asked there."""

    key: str
    names: Names = field(default_factory=dict)
    about: Names = field(default_factory=dict)
    channel: str = "office"
    place: Names = field(default_factory=dict)
    visits: int = 1
    fee: Decimal = Decimal(0)
    minutes: int = 0
    waiting_days: int = 0
    requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Version:
    """One numbered version of a procedure: its steps in order, and the kinds of evidence they speak of.

    >>> Version(steps=(Step(key="apply", requirements=(Requirement(key="who", lists=(frozenset({"passport"}),)),)),))
    Traceback (most recent call last):
    ValueError: requirement who asks for unknown evidence: passport
    """

    steps: tuple[Step, ...] = ()
    evidence_types: tuple[EvidenceType, ...] = ()
    currency: str = ""
    number: int = 1

    def __post_init__(self) -> None:
        """Refuse two things under one key, and lists that speak of evidence nobody described."""
        for kind, keys in {
            "step": [step.key for step in self.steps],
            "requirement": [requirement.key for _, requirement in self.asked()],
            "evidence": [evidence.key for evidence in self.evidence_types],
        }.items():
            if twice := sorted({key for key in keys if keys.count(key) > 1}):
                raise ValueError(f"{kind} given twice: {', '.join(twice)}")
        for _, requirement in self.asked():
            if strange := frozenset().union(*requirement.lists) - self.evidence.keys():
                raise ValueError(
                    f"requirement {requirement.key} asks for unknown evidence: {', '.join(sorted(strange))}"
                )

    def asked(self) -> Iterator[tuple[Step, Requirement]]:
        """Give each requirement with its step, in the order a person meets them."""
        for step in self.steps:
            for requirement in step.requirements:
                yield step, requirement

    def changing(self, key: str, **changes: Any) -> Version:
        """Give this version with one requirement changed, to see what the change would do before making it.

        >>> who = Requirement(key="who", lists=(frozenset(),))
        >>> before = Version(steps=(Step(key="apply", requirements=(who,)),))
        >>> before.changing("who", lists=()).steps[0].requirements[0].lists
        ()
        """
        steps = (
            replace(
                step,
                requirements=tuple(replace(each, **changes) if each.key == key else each for each in step.requirements),
            )
            for step in self.steps
        )
        return replace(self, steps=tuple(steps))

    @cached_property
    def evidence(self) -> dict[str, EvidenceType]:
        """The kinds of evidence by key."""
        return {evidence.key: evidence for evidence in self.evidence_types}
