"""Other engines on the same rules and the same people, each given what suits it: arrays, columns, or ready dictionaries.

Each says, of everyone, whether both versions block or pass them; the counts by group are then NumPy's, the same for all. Relais and
DuckDB also answer by step and requirement. An engine whose package is not installed is left out.
"""

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from bench.people import AGED, GROUPS, PAPERS
from relais.procedures.assess import Situation, Standing, assess
from relais.procedures.caseload import unpack
from relais.procedures.terms import Clause, Held, Op, Requirement, Version

Columns = dict[str, np.ndarray]
NAMES = {paper: f"p{place:02}" for place, paper in enumerate(PAPERS)}
CODES = {name: {label: code for code, label in enumerate(labels)} for name, labels in GROUPS.items()}


class Rules:
    """Both versions as four expressions of one language: who is blocked and who passes, before and after."""

    def __init__(self, versions: Iterable[Version], all_: str, any_: str, not_: str) -> None:
        self.all_, self.any_, self.not_ = f" {all_} ", f" {any_} ", not_
        self.texts = [text for version in versions for text in self.version(version)]

    def version(self, version: Version) -> Iterator[str]:
        asked = [requirement for _, requirement in version.asked()]
        yield self.any([self.blocked(each) for each in asked])
        yield self.all([self.settled(each) for each in asked])

    def blocked(self, asked: Requirement) -> str:
        stuck = [self.any([f"({NAMES[key]} == 2)" for key in sorted(each)]) for each in asked.lists]
        return self.all([*(self.clause(each) for each in asked.condition), *stuck])

    def settled(self, asked: Requirement) -> str:
        exempt = [
            f"({self.not_}({self.clause(each)})" + self.all_ + f"({each.attribute} >= 0))" for each in asked.condition
        ]
        return self.any(
            [*exempt, *(self.all([f"({NAMES[key]} == 1)" for key in sorted(each)]) for each in asked.lists)]
        )

    def clause(self, clause: Clause) -> str:
        name, known = clause.attribute, f"({clause.attribute} >= 0)"
        match clause.op:
            case Op.GE:
                return f"({name} >= {clause.value})"
            case Op.LT:
                return self.all([known, f"({name} < {clause.value})"])
        codes = sorted(CODES[name][value] for value in clause.values)
        if clause.op in (Op.IS, Op.IN):
            return self.any([f"({name} == {code})" for code in codes])
        return self.all([known, *(f"({name} != {code})" for code in codes)])

    def all(self, texts: list[str]) -> str:
        return f"({self.all_.join(texts)})" if texts else "(1 == 1)"

    def any(self, texts: list[str]) -> str:
        return f"({self.any_.join(texts)})"


def columns_of(caseload: Any) -> Columns:
    """Give the people as one small number a person in each column: evidence 0, 1 or 2, codes and ages -1 where not known."""
    found = {}
    for paper in PAPERS:
        truths = caseload.evidence(paper)
        found[NAMES[paper]] = (unpack(truths.true, len(caseload)) + 2 * unpack(truths.false, len(caseload))).astype(
            np.int8
        )
    found[AGED] = caseload.attributes[AGED].values
    for name, labels in GROUPS.items():
        rows = caseload.groups(name)
        found[name] = np.full(len(caseload), -1, dtype=np.int8)
        for code, label in enumerate(labels):
            if label in rows:
                found[name][unpack(rows[label], len(caseload)) > 0] = code
    return found


def polars(columns: Columns, versions: Any) -> tuple[Callable[[], Any], str]:
    pl = importlib.import_module("polars")
    frame = pl.DataFrame(columns)
    texts = Rules(versions, "&", "|", "~").texts
    expressions = [
        eval(text, {}, {name: pl.col(name) for name in columns}).alias(f"t{n}") for n, text in enumerate(texts)
    ]
    return lambda: [each.to_numpy() for each in frame.lazy().select(expressions).collect()], pl.__version__


def openfisca(columns: Columns, versions: Any) -> tuple[Callable[[], Any], str]:
    core = {
        name: importlib.import_module(f"openfisca_core.{name}")
        for name in ("entities", "taxbenefitsystems", "variables", "periods", "simulations")
    }
    person = core["entities"].build_entity(key="person", plural="persons", label="person", is_person=True)
    system = core["taxbenefitsystems"].TaxBenefitSystem([person])
    common = {"entity": person, "definition_period": core["periods"].DateUnit.YEAR}
    for name in columns:
        system.add_variable(type(name, (core["variables"].Variable,), {**common, "value_type": int}))
    texts = Rules(versions, "&", "|", "~").texts
    for place, text in enumerate(texts):
        members = {**common, "value_type": bool, "formula": _formula(text)}
        system.add_variable(type(f"t{place}", (core["variables"].Variable,), members))
    people = len(columns[AGED])

    def run() -> Any:
        simulation = core["simulations"].SimulationBuilder().build_default_simulation(system, count=people)
        for name, column in columns.items():
            simulation.set_input(name, "2026", column)
        return [simulation.calculate(f"t{place}", "2026") for place in range(len(texts))]

    return run, _version("openfisca-core")


def _formula(text: str) -> Callable[[Any, Any], Any]:
    """Write a formula as OpenFisca takes them: of a population and a period."""
    code = compile(text, "rules", "eval")

    def formula(population: Any, period: Any) -> Any:
        return eval(code, {}, {name: population(name, period) for name in code.co_names})

    return formula


def _by_row(columns: Columns, texts: list[str], make: Callable[[str], Callable[[Any], Any]]) -> Callable[[], Any]:
    """Give each person as a dictionary to one expression that lists the four answers."""
    lists = {name: column.tolist() for name, column in columns.items()}
    people = [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]
    ask = make(f"[{', '.join(texts)}]")
    return lambda: list(np.array([ask(person) for person in people], dtype=bool).reshape(-1, 4).T)


def python(columns: Columns, versions: Any) -> tuple[Callable[[], Any], str]:
    def make(text: str) -> Any:
        return eval(f"lambda {', '.join(columns)}: {text}")

    ask = make(f"[{', '.join(Rules(versions, 'and', 'or', 'not ').texts)}]")
    rows = list(zip(*(column.tolist() for column in columns.values()), strict=True))
    return lambda: list(np.array([ask(*row) for row in rows], dtype=bool).reshape(-1, 4).T), "compiled once"


def cel(columns: Columns, versions: Any) -> tuple[Callable[[], Any], str]:
    engine = importlib.import_module("cel")
    rules = Rules(versions, "&&", "||", "!")
    return _by_row(columns, rules.texts, lambda text: engine.compile(text).execute), _version(
        "common-expression-language"
    )


def zen(columns: Columns, versions: Any) -> tuple[Callable[[], Any], str]:
    engine = importlib.import_module("zen")
    rules = Rules(versions, "and", "or", "not ")
    return _by_row(columns, rules.texts, lambda text: engine.compile_expression(text).evaluate), _version("zen-engine")


def _version(package: str) -> str:
    return importlib.import_module("importlib.metadata").version(package)


def specified(rows: list[dict[str, Any]], versions: Iterable[Version]) -> dict[str, Any]:
    """Count what the interpreter, which is the specification, says of each of these people."""
    people = [
        Situation(
            {paper: Held(row[paper]) for paper in PAPERS},
            {name: row[name] for name in (AGED, *GROUPS) if row[name] is not None},
        )
        for row in rows
    ]
    truths = []
    for version in versions:
        standings = [assess(version, person).standing for person in people]
        truths += [np.array([each == kind for each in standings]) for kind in (Standing.BLOCKED, Standing.PASSES)]
    codes = {name: np.array([CODES[name].get(row[name], -1) for row in rows]) for name in GROUPS}
    return summary(codes, truths)


def summary(columns: Columns, truths: list[np.ndarray]) -> dict[str, Any]:
    """Count what four truths a person say, for everyone and by group."""
    stopped, passed, blocked, passes = truths
    flags = np.array([passed, stopped, passes, blocked, stopped & passes, passed & blocked])
    groups = {
        name: {
            value: [int(row.sum()) for row in flags[:, columns[name] == code]]
            for value, code in [*CODES[name].items(), ("", -1)]
        }
        for name in GROUPS
    }
    return {"whole": [int(row.sum()) for row in flags], "groups": groups}


def summary_of(replay: Any) -> dict[str, Any]:
    """Give the same counts of a replay."""

    def counts(effect: Any) -> list[int]:
        before, after = effect.before, effect.after
        return [
            before.passes,
            before.blocked,
            after.passes,
            after.blocked,
            effect.unlocked.least,
            effect.newly_blocked.least,
        ]

    groups = {name: {value: counts(each) for value, each in values.items()} for name, values in replay.groups.items()}
    return {"whole": counts(replay.whole), "groups": groups}


PEERS = {"openfisca": openfisca, "polars": polars, "python": python, "zen": zen, "cel": cel}
"""Which engines run beside Relais and DuckDB."""


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Say whether two engines counted the same; a value nobody has may be missing."""
    nobody = [0] * 6
    values = {(name, value) for each in (one, other) for name, found in each["groups"].items() for value in found}
    return one["whole"] == other["whole"] and all(_at(one, key, nobody) == _at(other, key, nobody) for key in values)


def _at(found: dict[str, Any], key: tuple[str, str], nobody: list[int]) -> list[int]:
    return found["groups"].get(key[0], {}).get(key[1], nobody)
