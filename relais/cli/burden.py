"""`relais burden`: what a procedure takes of people, from files."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from relais.cli.tables import (
    AsJson,
    By,
    NotAsked,
    Number,
    People,
    ProcedureFile,
    out,
    print_json,
    read,
    refusing,
    show,
    version_of,
)
from relais.procedures.burden import BeforeAndAfter, before_and_after, burden
from relais.procedures.experience import Experience, Outcome, experience
from relais.procedures.files import read_experience, read_procedure
from relais.procedures.vector import Figure, Measure, Vector
from relais.procedures.way import Asked, requirements

FIGURE = ("mean", "quarter", "three quarters", "people", "source", "largest gap")


def command(  # noqa: PLR0917 - Typer reads a command by its arguments
    procedure: ProcedureFile,
    people: People,
    version: Number = None,
    after: Annotated[int | None, typer.Option(help="compare with this version of the file")] = None,
    by: By = None,
    not_asked: NotAsked = None,
    observed: Annotated[
        Path | None, typer.Option(help="what people went through: Parquet, Arrow or CSV, one row a person")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what a version takes of those it does not block, beside those it does. Small counts are not hidden."""
    with refusing():
        written = read_procedure(procedure)
        versions = [version_of(written, each) for each in ([version] if after is None else [version, after])]
        found = read(people, written, versions, by or (), not_asked or (), quiet=as_json)
        vector = burden(found.people, found.version, by or ())
        asked = requirements(found.people, found.version)
        both = None
        if after is not None:
            both = before_and_after(found.people, found.version, versions[1], by or ())
        lived = None
        if observed is not None:
            lived = experience(read_experience(observed, by or ()), by or ())
    if as_json:
        print_json(_dict(vector, asked, both, lived) | {"warnings": found.cautions})
        return
    _print(f"Version {found.version.number}", vector)
    columns = ("visits", "fee", "days", "minutes", "documents", "the state has", "to understand", "asked of", "blocked")
    show("By requirement, cheapest way", ("step", "requirement", *columns, "open"), map(_row, asked), named=2)
    _print_groups(vector)
    if both:
        _print(f"Version {after}", both.after)
        _print_both(both)
    if lived:
        _print_lived(lived)


def _row(each: Asked) -> tuple[str, ...]:
    """Give a requirement as a row has it."""
    cost = each.cheapest
    taken = (cost.visits, cost.fee, cost.days, cost.minutes, cost.documents, each.held_by_state, each.learning)
    people = (each.people, each.blocked, each.open)
    return each.step, each.requirement, *map(str, taken), *(f"{number:,}" for number in people)


def _dict(
    vector: Vector, asked: tuple[Asked, ...], both: BeforeAndAfter | None, lived: Experience | None
) -> dict[str, Any]:
    """Give the figures as JSON has them."""
    found = {"burden": asdict(vector), "requirements": [asdict(each) for each in asked]}
    found |= {"before_and_after": asdict(both)} if both else {}
    return found | ({"observed": asdict(lived)} if lived else {})


def _print(title: str, vector: Vector) -> None:
    """Print a vector, the blocked first."""
    share = f" ({vector.blocked / vector.people:.0%})" if vector.people else ""
    out.print(
        f"{title}: {vector.blocked:,} of {vector.people:,} people are blocked{share}; the figures are about the others."
    )
    show(title, ("per person", *FIGURE), ((_name(measure), *_cells(each)) for measure, each in vector.figures.items()))


def _name(measure: Measure | Outcome) -> str:
    """Write a measure so that a narrow column can break it."""
    return measure.value.replace("_", " ")


def _cells(figure: Figure) -> tuple[str, ...]:
    """Give a figure as a row has it."""
    gap = figure.gap
    said = f"{gap.difference:,.2f} more for {gap.by} {gap.most} than {gap.least}" if gap else ""
    numbers = (f"{figure.value:,.2f}", f"{figure.low:,g}", f"{figure.high:,g}", f"{figure.n:,}")
    return (*numbers, figure.source.value, said)


def _print_groups(vector: Vector) -> None:
    """Print the same by group: the mean of each measure, over how many people."""
    for name, values in vector.groups.items():
        told = [measure for measure in vector.figures if any(measure in means for means in values.values())]
        rows = []
        for value, means in values.items():
            people = means[Measure.BLOCKED].n if Measure.BLOCKED in means else 0
            cells = (f"{means[each].value:,.2f}" if each in means else "" for each in told)
            rows.append((value or "(not known)", f"{people:,}", *cells))
        show(f"By {name}", (name, "people", *map(_name, told)), rows)


def _print_lived(lived: Experience) -> None:
    """Print what people went through: what was measured, and how hard they found it, apart for each way to end."""
    parts: tuple[tuple[str, str, Mapping[Any, Figure]], ...] = (
        (f"Noted of {lived.people:,} people", "went through", lived.figures),
        ("How hard they found it, by how it ended", "how hard, 1 to 5", lived.strain),
    )
    for title, what, figures in parts:
        show(title, (what, *FIGURE), ((_name(each), *_cells(figure)) for each, figure in figures.items()))


def _print_both(both: BeforeAndAfter) -> None:
    """Print both versions over the people neither blocks."""
    rows = [
        (_name(each), f"{figure.value:,.2f}", f"{both.after_among_both.figures[each].value:,.2f}", f"{figure.n:,}")
        for each, figure in both.before_among_both.figures.items()
        if each != Measure.BLOCKED
    ]
    show("Among the people neither version blocks", ("per person", "before", "after", "people"), rows)
