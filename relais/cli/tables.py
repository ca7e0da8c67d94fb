"""What `relais replay`, `relais simplify` and `relais burden` share: reading a procedure and its people from files, and what to print."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn
from rich.table import Table

from relais.cli.console import plain, told, words
from relais.kernel.clock import today
from relais.kernel.refusals import Refusal
from relais.procedures.caseload import Caseload
from relais.procedures.describe import caution_words
from relais.procedures.files import Columns, columns_in, read_caseload
from relais.procedures.rules import warnings
from relais.procedures.terms import Version
from relais.procedures.written import WrittenProcedure

out = plain()

People = Annotated[Path, typer.Argument(help="a caseload: Parquet, Arrow or CSV, one row a person")]
ProcedureFile = Annotated[Path, typer.Argument(help="a procedure: TOML or JSON")]
Number = Annotated[
    int | None, typer.Option("--version", help="which version of the file; the one in force, else the last")
]
By = Annotated[list[str] | None, typer.Option(help="group people by this column; may be repeated")]
Seconds = Annotated[float, typer.Option(min=0, help="stop looking after this long and say what is not proven")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON alone")]
NotAsked = Annotated[list[str] | None, typer.Option(help="evidence that has no column yet; may be repeated")]


@dataclass(frozen=True, slots=True)
class Read:
    """A procedure, the version asked for, and the people."""

    written: WrittenProcedure
    version: Version
    people: Caseload
    cautions: list[str]


@contextmanager
def refusing() -> Iterator[None]:
    """Say what is wrong with a file, an action or a limit as a sentence, not as a traceback."""
    try:
        yield
    except ValueError as wrong:
        raise Refusal(str(wrong)) from wrong
    except OSError as wrong:
        raise Refusal(f"{wrong.filename}: {wrong.strerror}") from wrong


def read(
    people: Path,
    written: WrittenProcedure,
    versions: Sequence[Version],
    by: Sequence[str],
    not_asked: Sequence[str],
    *,
    quiet: bool,
) -> Read:
    """Read the people and all that these versions ask of them, showing how far it is; the first version is what it is about."""
    columns = Columns.of(versions, by, written)
    bars = (words(), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*bars, console=told, disable=quiet) as bar:
        task = bar.add_task("reading people", total=None)
        step: Callable[[int, int | None], None] = lambda done, total: bar.update(task, completed=done, total=total)  # noqa: E731
        caseload = read_caseload(people, columns, not_asked=not_asked, progress=step)
    return Read(written, versions[0], caseload, warn(versions, written, caseload.known))


def show(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], named: int = 1) -> None:
    """Print a table; where the screen would break its words, what stands beside the names is said in a sentence."""
    lines = [*rows]
    table = _table(title, columns, lines)
    if out.measure(table, options=out.options.update(width=sys.maxsize)).minimum > out.width:
        said = (
            ", ".join(f"{name}: {cell}" for name, cell in zip(columns[named:], line[named:], strict=True) if cell)
            for line in lines
        )
        table = _table(title, (*columns[:named], ""), [(*line[:named], s) for line, s in zip(lines, said, strict=True)])
    out.print(table)


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Make a table in which a long word goes on in the next line."""
    table = Table(title=title or None)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def warn(versions: Sequence[Version], written: WrittenProcedure, known: Collection[str]) -> list[str]:
    """Say what may be wrong with versions before they are replayed over people of whom these attributes are known."""
    found = (each for version in versions for each in warnings(version, known))
    said = list(dict.fromkeys(caution_words(each, attributes_of(written)) for each in found))
    for sentence in said:
        told.print(f"! {sentence}", style="yellow", highlight=False, soft_wrap=True)
    return said


def known_in(shards: Sequence[str]) -> set[str]:
    """Name the columns that all of these files have."""
    return set.intersection(*(set(columns_in(each)) for each in shards))


def asked_about(versions: Sequence[Version]) -> set[str]:
    """Name the attributes versions ask about, where nobody can say any more what is known of people."""
    return {clause.attribute for each in versions for _, asked in each.asked() for clause in asked.condition}


def version_of(written: WrittenProcedure, number: int | None) -> Version:
    """Give a version of a file: the one numbered so, else the one in force today, else the last."""
    numbered = {each.version.number: each.version for each in written.versions}
    if not numbered:
        raise Refusal(_("The procedure has no version."), next=_("Add [[version]] with its steps."))
    if number is None:
        return (in_force(written) or [*numbered.values()])[-1]
    if number not in numbered:
        known = ", ".join(map(str, numbered))
        raise Refusal(_("There is no version %(number)s.") % {"number": number}, next=_("Use one of: %s.") % known)
    return numbered[number]


def in_force(written: WrittenProcedure) -> list[Version]:
    """Give the versions whose day has come, by that day: the last is the one in force, those before it were."""
    begun = [(each.in_force_from, each.version.number, each.version) for each in written.versions if each.in_force_from]
    return [version for _day, _number, version in sorted(each for each in begun if each[0] <= today())]


def attributes_of(written: WrittenProcedure) -> dict[str, Any]:
    """Give the names of attributes and their values as `describe` reads them."""
    return {each.key: {"names": each.names, "values": dict(each.values)} for each in written.attributes}


def print_json(found: Any) -> None:
    """Print figures for another program."""
    out.print_json(json.dumps(found, default=str))
