"""`relais burden`: what a procedure takes of people, from files."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

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
    version_of,
)
from relais.procedures.burden import BeforeAndAfter, before_and_after, burden
from relais.procedures.experience import Experience, Outcome, experience
from relais.procedures.files import read_experience
from relais.procedures.vector import Figure, Measure, Vector
from relais.procedures.way import Asked, requirements


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
        also = [] if after is None else [after]
        found = read(people, procedure, version, by or (), not_asked or (), quiet=as_json, also=also)
        vector = burden(found.people, found.version, by or ())
        asked = requirements(found.people, found.version)
        both = None
        if after is not None:
            both = before_and_after(found.people, found.version, version_of(found.written, after), by or ())
        lived = None
        if observed is not None:
            lived = experience(read_experience(observed, by or ()), by or ())
    if as_json:
        print_json(_dict(vector, asked, both, lived) | {"warnings": found.cautions})
        return
    _print(f"Version {found.version.number}", vector)
    table = Table(
        "step",
        "requirement",
        "visits",
        "fee",
        "days",
        "minutes",
        "documents",
        "the state has",
        "to understand",
        "asked of",
        "blocked",
        "open",
        title="By requirement, cheapest way",
    )
    for each in asked:
        cost = each.cheapest
        taken = (cost.visits, cost.fee, cost.days, cost.minutes, cost.documents, each.held_by_state, each.learning)
        table.add_row(
            each.step, each.requirement, *map(str, taken), f"{each.people:,}", f"{each.blocked:,}", f"{each.open:,}"
        )
    out.print(table)
    _print_groups(vector)
    if both:
        _print(f"Version {after}", both.after)
        _print_both(both)
    if lived:
        _print_lived(lived)


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
    table = Table("per person", "mean", "quarter", "three quarters", "people", "source", "largest gap", title=title)
    for measure, figure in vector.figures.items():
        table.add_row(_name(measure), *_cells(figure))
    out.print(table)


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
        table = Table(name, "people", *(_name(measure) for measure in told), title=f"By {name}")
        for value, means in values.items():
            people = means[Measure.BLOCKED].n if Measure.BLOCKED in means else 0
            cells = (f"{means[each].value:,.2f}" if each in means else "" for each in told)
            table.add_row(value or "(not known)", f"{people:,}", *cells)
        out.print(table)


def _print_lived(lived: Experience) -> None:
    """Print what people went through: what was measured, and how hard they found it, apart for each way to end."""
    columns = ("mean", "quarter", "three quarters", "people", "source", "largest gap")
    table = Table("went through", *columns, title=f"Noted of {lived.people:,} people")
    for measure, figure in lived.figures.items():
        table.add_row(_name(measure), *_cells(figure))
    out.print(table)
    table = Table("how hard, 1 to 5", *columns, title="How hard they found it, by how it ended")
    for outcome, figure in lived.strain.items():
        table.add_row(_name(outcome), *_cells(figure))
    out.print(table)


def _print_both(both: BeforeAndAfter) -> None:
    """Print both versions over the people neither blocks."""
    table = Table("per person", "before", "after", "people", title="Among the people neither version blocks")
    for measure, figure in both.before_among_both.figures.items():
        if measure != Measure.BLOCKED:
            table.add_row(
                _name(measure),
                f"{figure.value:,.2f}",
                f"{both.after_among_both.figures[measure].value:,.2f}",
                f"{figure.n:,}",
            )
    out.print(table)
