"""The same replay as SQL, for people whose data may not move: DuckDB over Parquet files, or PostgreSQL where they are kept.

SQL's own truth is Kleene's: `NULL` is not known, `AND`, `OR` and `NOT` are those of `assess.py`. So a requirement is the expression
`NOT applies OR holds`, a step and a version are `AND`s, and what is said of one person there is said of a table here.
The expressions are built with Ibis and compiled for each database.

Each person becomes a few small numbers, whose digits are the answers: where they stand in each requirement and step, and what the
version changes for them. One small histogram of each number is all that leaves the database; the counts of a `Replay` are sums over
digits. `tables.py` says where people may be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add, and_, or_
from typing import Any

import ibis
import ibis.expr.types as ir

from relais.procedures.answers import By, Effect, Funnel, Replay
from relais.procedures.caseload import NOT_KNOWN
from relais.procedures.escapes import Escape, escapes
from relais.procedures.tables import Table
from relais.procedures.terms import Condition, EvidenceTypeList, Requirement, Version

LARGEST = 4096
"""The most values a number takes, so that its histogram stays small."""

YES, NO = ibis.literal(value=True), ibis.literal(value=False)

UNKNOWN, TRUE, FALSE, EXEMPT = range(4)
"""How a digit says where someone stands."""

Digits = list[tuple[str, int, ir.IntegerValue]]
"""Names, how many values each takes, and the expression: the parts of a number."""


def replay(table: Table, version: Version, baseline: Version, by: Sequence[str] = ()) -> Replay:
    """Replay a version and its baseline over everyone of a table, by any of its columns.

    Raises `CaseloadError` when a condition cannot be compared with its column or a grouping is not one of the table.
    """
    asked = _Asked(table, by)
    walks = [_Walk("before", baseline, escapes(baseline, version)), _Walk("after", version, escapes(version, baseline))]
    for walk in walks:
        walk.ask(asked)
    stages = {"people": asked.people, "asked": asked.people.select(**asked.columns)}
    people = _after(stages)
    stages["walked"] = people.mutate(**{name: each for walk in walks for name, each in walk.steps(people)})
    people = _after(stages)
    stages["stood"] = people.mutate(**{walk.name: walk.end(people) for walk in walks})
    people = _after(stages)
    numbers = _packed([_effect(people), asked.digits(people), *(walk.digits(people) for walk in walks)])
    stages["numbered"] = people.select(
        **{f"number_{place}": _number(digits) for place, digits in enumerate(numbers)},
        **{f"group_{place}": people[f"group_{place}"] for place, _ in enumerate(by)},
    )
    found = _Found(table.ask(stages, _histograms(_after(stages), len(by))), numbers)
    return _answer(found, version, baseline, by, asked)


class _Asked:
    """The columns of the first stage: each requirement that differs, and the groups."""

    def __init__(self, table: Table, by: Sequence[str]) -> None:
        self.table, self.people = table, table.people
        self.columns: dict[str, ir.Value] = {
            f"group_{place}": table.words(name).fill_null(NOT_KNOWN) for place, name in enumerate(by)
        }
        self.places: dict[tuple[Condition, tuple[EvidenceTypeList, ...]], int] = {}
        self.exempting: set[int] = set()

    def place(self, requirement: Requirement) -> int:
        """Give the place of a requirement among those that differ; `asked_3` says where someone stands in it."""
        key = requirement.condition, requirement.lists
        if key not in self.places:
            place = self.places[key] = len(self.places)
            applies, holds = self.applies(requirement.condition), self.holds(requirement)
            self.columns[f"asked_{place}"] = ~applies | holds if requirement.condition else holds
            if requirement.condition:
                self.columns[f"exempt_{place}"] = (~applies).fill_null(NO)
                self.exempting.add(place)
        return self.places[key]

    def stuck(self, requirement: Requirement, *, certain: bool) -> str:
        """Name the column that says who fails all lists of a requirement that, certainly or not, applies to them."""
        name = f"stuck_{len(self.columns)}"
        stuck = (~self.holds(requirement)).fill_null(NO)
        self.columns[name] = stuck if certain else stuck & self.applies(requirement.condition).fill_null(NO)
        return name

    def applies(self, condition: Condition) -> ir.BooleanValue:
        """To whom a condition applies."""
        return reduce(and_, (self.table.compare(clause) for clause in condition), YES)

    def holds(self, requirement: Requirement) -> ir.BooleanValue:
        """Who holds all of some list of a requirement."""
        lists = (reduce(and_, (self.table.held(key) for key in sorted(each)), YES) for each in requirement.lists)
        return reduce(or_, lists, NO)

    def digits(self, people: ir.Table) -> Digits:
        """Say where people stand in each requirement that differs."""
        return [(f"asked_{place}", 4, self._digit(people, place)) for place in self.places.values()]

    def _digit(self, people: ir.Table, place: int) -> ir.IntegerValue:
        truth = people[f"asked_{place}"]
        exempt = [(people[f"exempt_{place}"], EXEMPT)] if place in self.exempting else []
        return ibis.cases(*exempt, (truth, TRUE), (~truth, FALSE), else_=UNKNOWN)


@dataclass
class _Walk:
    """The columns of one version in the stages that follow."""

    name: str
    version: Version
    ways: list[Escape]
    places: dict[str, int] = field(default_factory=dict)
    escaping: list[tuple[str, list[str]]] = field(default_factory=list)

    def ask(self, asked: _Asked) -> None:
        """Have all asked that the version needs."""
        self.places = {each.key: asked.place(each) for _, each in self.version.asked()}
        for way in self.ways:
            stuck = [asked.stuck(rest, certain=certain) for rest, certain in way.rest]
            self.escaping.append((f"asked_{self.places[way.requirement.key]}", stuck))

    def steps(self, people: ir.Table) -> Iterator[tuple[str, ir.Value]]:
        """Who passes each step, how many requirements block someone, which one if it is one, and who might escape."""
        for place, step in enumerate(self.version.steps):
            truths = (people[f"asked_{self.places[each.key]}"] for each in step.requirements)
            yield f"{self.name}_step_{place}", reduce(and_, truths, YES)
        flags = [(~people[f"asked_{place}"]).fill_null(NO).cast("int32") for place in self.places.values()]
        yield f"{self.name}_blocks", reduce(add, flags, ibis.literal(0, "int32"))
        named = [flag * (place + 1) for place, flag in enumerate(flags)]
        yield f"{self.name}_which", reduce(add, named, ibis.literal(0, "int32"))
        through = (
            reduce(and_, (~people[each] for each in stuck), ~people[truth].fill_null(NO))
            for truth, stuck in self.escaping
        )
        yield f"{self.name}_escapes", reduce(or_, through, NO)

    def end(self, people: ir.Table) -> ir.BooleanValue:
        """Who passes the whole version."""
        truths = (people[f"{self.name}_step_{place}"] for place, _ in enumerate(self.version.steps))
        return reduce(and_, truths, YES)

    def digits(self, people: ir.Table) -> Digits:
        """Say where people stand in each step, where they are stopped first, and which requirement alone blocks them."""
        steps = [people[f"{self.name}_step_{place}"] for place, _ in enumerate(self.version.steps)]
        stopped = [(~truth, place + 1) for place, truth in enumerate(steps)]
        which = ibis.cases((people[f"{self.name}_blocks"] == 1, people[f"{self.name}_which"]), else_=0)
        return [
            *((f"{self.name}_step_{place}", 3, _trit(truth)) for place, truth in enumerate(steps)),
            (f"{self.name}_stopped", len(steps) + 1, ibis.cases(*stopped, else_=0) if stopped else ibis.literal(0)),
            (f"{self.name}_alone", len(self.places) + 1, which),
        ]


def _trit(truth: ir.BooleanValue) -> ir.IntegerValue:
    return ibis.cases((truth, TRUE), (~truth, FALSE), else_=UNKNOWN)


def _effect(people: ir.Table) -> Digits:
    """Say what the version changes: where people stand before and after, and what may become of them."""
    before, after = people.before, people.after
    free = people.before_escapes & after.fill_null(YES)
    shut = people.after_escapes & before.fill_null(YES)
    return [
        ("before", 3, _trit(before)),
        ("after", 3, _trit(after)),
        ("may_free", 2, ibis.cases((free, 1), else_=0)),
        ("may_shut", 2, ibis.cases((shut, 1), else_=0)),
    ]


def _after(stages: Mapping[str, ir.Table]) -> ir.Table:
    """Give the last stage by its name: what it worked out is read from it, and not worked out again."""
    *_, name = stages
    return ibis.table(stages[name].schema(), name)


def _packed(groups: list[Digits]) -> list[Digits]:
    """Pack digits into numbers of at most `LARGEST` values; the first group is the first number."""
    numbers: list[Digits] = []
    for group in groups:
        room = 1
        for digit in group:
            if digit is group[0] or room * digit[1] > LARGEST:
                numbers.append([])
                room = 1
            numbers[-1].append(digit)
            room *= digit[1]
    return numbers


def _number(digits: Digits) -> ir.IntegerValue:
    """Put digits together, the first one lowest."""
    total, room = ibis.literal(0, "int32"), 1
    for _, values, digit in digits:
        total, room = total + digit.cast("int32") * room, room * values
    return total.cast("int32")


def _histograms(table: ir.Table, groups: int) -> ir.Table:
    """Count each number, and the effect in each group: which one, the value, the number, how many people."""
    numbers = [name for name in table.columns if name.startswith("number_")]
    parts = [table.group_by(code=table[name]).agg(people=table.count()) for name in numbers]
    parts = [
        each.mutate(place=ibis.literal(place, "int32"), value=ibis.literal("")) for place, each in enumerate(parts)
    ]
    for place in range(groups):
        found = table.group_by(value=table[f"group_{place}"], code=table.number_0).agg(people=table.count())
        parts.append(found.mutate(place=ibis.literal(-1 - place, "int32")))
    return ibis.union(*(each.select("place", "value", "code", "people") for each in parts))


class _Found:
    """The histograms, read digit by digit."""

    def __init__(self, rows: list[tuple[Any, ...]], numbers: list[Digits]) -> None:
        self.numbers = numbers
        self.digits: dict[str, Counter[int]] = {name: Counter() for digits in numbers for name, _, _ in digits}
        self.effects: dict[tuple[int, str], list[int]] = {}
        for place, value, code, people in rows:
            if place >= 0:
                for name, digit in self._read(place, code):
                    self.digits[name][digit] += people
            group = (place, value)
            if place <= 0:
                counts = self.effects.setdefault(group, [0] * 9)
                for row, member in enumerate(self._rows(dict(self._read(0, code)))):
                    counts[row] += people * member

    def _read(self, place: int, code: int) -> Iterator[tuple[str, int]]:
        for name, values, _ in self.numbers[place]:
            yield name, code % values
            code //= values

    def _rows(self, digits: dict[str, int]) -> tuple[bool, ...]:
        """Say which counts of `Effect.of` someone is in."""
        before, after = digits["before"], digits["after"]
        return (
            True, before == TRUE, before == FALSE, after == TRUE, after == FALSE,
            before == FALSE and after == TRUE, digits["may_free"] == 1,
            before == TRUE and after == FALSE, digits["may_shut"] == 1,
        )  # fmt: skip

    def effect(self, place: int, value: str) -> Effect:
        """What changes for everyone (place 0), or for one value of a grouping."""
        return Effect.of(self.effects.get((place, value), [0] * 9))

    def values(self, place: int) -> list[str]:
        """The values of a grouping, those of whom it is not known last."""
        return [*sorted(value for here, value in self.effects if here == place and value != NOT_KNOWN), NOT_KNOWN]

    def funnel(self, walk: str, version: Version, asked: _Asked) -> Funnel:
        """Where everyone stands in one version."""
        people = self.digits[walk].total()
        return Funnel.of(version, people, self._funnel(walk, version, asked))

    def _funnel(self, walk: str, version: Version, asked: _Asked) -> Iterator[int]:
        yield from (self.digits[walk][TRUE], self.digits[walk][FALSE])
        for place, _ in enumerate(version.steps):
            counts = self.digits[f"{walk}_step_{place}"]
            yield from (counts[TRUE], counts[FALSE], self.digits[f"{walk}_stopped"][place + 1])
        for place, (_, each) in enumerate(version.asked()):
            counts = self.digits[f"asked_{asked.place(each)}"]
            alone = self.digits[f"{walk}_alone"][place + 1]
            yield from (counts[EXEMPT], counts[TRUE] + counts[EXEMPT], counts[FALSE], alone)


def _answer(found: _Found, version: Version, baseline: Version, by: Sequence[str], asked: _Asked) -> Replay:
    """Read the histograms as a replay."""
    groups = By({
        name: By({value: found.effect(-1 - place, value) for value in found.values(-1 - place)})
        for place, name in enumerate(by)
    })  # fmt: skip
    return Replay(
        found.effect(0, ""), found.funnel("after", version, asked), found.funnel("before", baseline, asked), groups
    )
