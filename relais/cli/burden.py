"""`relais burden`: what a procedure takes of people, from files."""

from dataclasses import asdict
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
from relais.procedures.vector import Measure, Vector
from relais.procedures.way import Asked, requirements


def command(  # noqa: PLR0917 - Typer reads a command by its arguments
    procedure: ProcedureFile,
    people: People,
    version: Number = None,
    after: Annotated[int | None, typer.Option(help="compare with this version of the file")] = None,
    by: By = None,
    not_asked: NotAsked = None,
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
    if as_json:
        print_json(_dict(vector, asked, both))
        return
    _print(f"Version {found.version.number}", vector)
    table = Table(
        "step",
        "requirement",
        "visits",
        "fee",
        "days",
        "minutes",
        "asked of",
        "blocked",
        "open",
        title="By requirement, cheapest way",
    )
    for each in asked:
        cost = each.cheapest
        taken = (cost.visits, cost.fee, cost.days, cost.minutes)
        table.add_row(
            each.step, each.requirement, *map(str, taken), f"{each.people:,}", f"{each.blocked:,}", f"{each.open:,}"
        )
    out.print(table)
    if both:
        _print(f"Version {after}", both.after)
        _print_both(both)


def _dict(vector: Vector, asked: tuple[Asked, ...], both: BeforeAndAfter | None) -> dict[str, Any]:
    """Give the figures as JSON has them."""
    found = {"burden": asdict(vector), "requirements": [asdict(each) for each in asked]}
    return found | ({"before_and_after": asdict(both)} if both else {})


def _print(title: str, vector: Vector) -> None:
    """Print a vector, the blocked first."""
    share = f" ({vector.blocked / vector.people:.0%})" if vector.people else ""
    out.print(
        f"{title}: {vector.blocked:,} of {vector.people:,} people are blocked{share}; the figures are about the others."
    )
    table = Table("per person", "mean", "quarter", "three quarters", "people", "source", "largest gap", title=title)
    for measure, figure in vector.figures.items():
        if measure != Measure.BLOCKED:
            gap = figure.gap
            said = f"{gap.difference:,.2f} more for {gap.by} {gap.most} than {gap.least}" if gap else ""
            numbers = (f"{figure.value:,.2f}", f"{figure.low:,g}", f"{figure.high:,g}", f"{figure.n:,}")
            table.add_row(measure.value, *numbers, figure.source.value, said)
    out.print(table)


def _print_both(both: BeforeAndAfter) -> None:
    """Print both versions over the people neither blocks."""
    table = Table("per person", "before", "after", "people", title="Among the people neither version blocks")
    for measure, figure in both.before_among_both.figures.items():
        if measure != Measure.BLOCKED:
            table.add_row(
                measure.value,
                f"{figure.value:,.2f}",
                f"{both.after_among_both.figures[measure].value:,.2f}",
                f"{figure.n:,}",
            )
    out.print(table)
