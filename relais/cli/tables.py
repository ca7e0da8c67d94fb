"""What `relais simplify` and `relais burden` share: reading a procedure and its people from files, and what to print."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from relais.kernel.refusals import Refusal
from relais.procedures.caseload import Caseload
from relais.procedures.files import Columns, read_caseload, read_procedure
from relais.procedures.terms import Version
from relais.procedures.written import WrittenProcedure

out = Console()

People = Annotated[Path, typer.Argument(help="a caseload: Parquet, Arrow or CSV, one row a person")]
ProcedureFile = Annotated[Path, typer.Argument(help="a procedure: TOML or JSON")]
Number = Annotated[
    int | None, typer.Option("--version", help="which version of the file; the one in force, else the last")
]
By = Annotated[list[str] | None, typer.Option(help="group people by this column; may be repeated")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON alone")]
NotAsked = Annotated[list[str] | None, typer.Option(help="evidence that has no column yet; may be repeated")]


@dataclass(frozen=True, slots=True)
class Read:
    """A procedure, the version asked for, and the people."""

    written: WrittenProcedure
    version: Version
    people: Caseload


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
    procedure: Path,
    number: int | None,
    by: Sequence[str],
    not_asked: Sequence[str],
    *,
    quiet: bool,
    also: Sequence[int] = (),
) -> Read:
    """Read both files, showing how far it is."""
    written = read_procedure(procedure)
    version = version_of(written, number)
    columns = Columns.of([version, *(version_of(written, each) for each in also)], by, written)
    bars = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*bars, console=Console(stderr=True), disable=quiet) as bar:
        task = bar.add_task("reading people", total=None)
        told: Callable[[int, int | None], None] = lambda done, total: bar.update(task, completed=done, total=total)  # noqa: E731
        caseload = read_caseload(people, columns, not_asked=not_asked, progress=told)
    return Read(written, version, caseload)


def version_of(written: WrittenProcedure, number: int | None) -> Version:
    """Give a version of a file: the one numbered so, else the last that is in force, else the last."""
    versions = {each.version.number: each for each in written.versions}
    if not versions:
        raise ValueError("the procedure has no version: add [[version]] with its steps")
    if number is not None and number not in versions:
        raise ValueError(f"the procedure has no version {number}; it has {', '.join(map(str, versions))}")
    in_force = [each.version for each in versions.values() if each.in_force_from is not None]
    return versions[number].version if number is not None else (in_force or [list(versions.values())[-1].version])[-1]


def attributes_of(written: WrittenProcedure) -> dict[str, Any]:
    """Give the names of attributes and their values as `describe` reads them."""
    return {each.key: {"names": each.names, "values": dict(each.values)} for each in written.attributes}


def print_json(found: Any) -> None:
    """Print figures for another program."""
    out.print_json(json.dumps(found, default=str))
