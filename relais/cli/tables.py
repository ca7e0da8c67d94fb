"""What `relais replay`, `relais simplify` and `relais burden` share: reading a procedure and its people from files, and what to print."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from relais.kernel.refusals import Refusal
from relais.procedures.caseload import Caseload
from relais.procedures.describe import caution_words
from relais.procedures.files import Columns, columns_in, read_caseload, read_procedure
from relais.procedures.rules import warnings
from relais.procedures.terms import Version
from relais.procedures.written import WrittenProcedure

out = Console()
told = Console(stderr=True)
"""Where progress and warnings go, so that what is printed is the answer alone."""

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
    with Progress(*bars, console=told, disable=quiet) as bar:
        task = bar.add_task("reading people", total=None)
        step: Callable[[int, int | None], None] = lambda done, total: bar.update(task, completed=done, total=total)  # noqa: E731
        caseload = read_caseload(people, columns, not_asked=not_asked, progress=step)
    also_read = [version_of(written, each) for each in also]
    return Read(written, version, caseload, warn([version, *also_read], written, caseload.known))


def warn(versions: Sequence[Version], written: WrittenProcedure, known: Collection[str]) -> list[str]:
    """Say what may be wrong with versions before they are replayed over people of whom these attributes are known."""
    found = (each for version in versions for each in warnings(version, known))
    said = list(dict.fromkeys(caution_words(each, attributes_of(written)) for each in found))
    for sentence in said:
        told.print(f"! {sentence}", style="yellow", highlight=False, markup=False, soft_wrap=True)
    return said


def known_in(shards: Sequence[str]) -> set[str]:
    """Name the columns that all of these files have."""
    return set.intersection(*(set(columns_in(each)) for each in shards))


def asked_about(versions: Sequence[Version]) -> set[str]:
    """Name the attributes versions ask about, where nobody can say any more what is known of people."""
    return {clause.attribute for each in versions for _, asked in each.asked() for clause in asked.condition}


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
