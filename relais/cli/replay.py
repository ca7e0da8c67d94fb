"""`relais replay`: a version of a procedure over people in files, beside a baseline; no database of Relais is needed."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _
from rich.progress import BarColumn, Progress, SpinnerColumn, TimeElapsedColumn
from typer.core import TyperGroup

from relais.cli.answered import Answered, show
from relais.cli.console import told, words, writing
from relais.cli.tables import (
    AsJson,
    By,
    NotAsked,
    ProcedureFile,
    asked_about,
    in_force,
    known_in,
    refusing,
    version_of,
    warn,
)
from relais.kernel.refusals import Refusal
from relais.procedures import counts
from relais.procedures.answers import Replay
from relais.procedures.files import Columns, read_procedure
from relais.procedures.shards import Task, on_cluster, on_processes, one_by_one
from relais.procedures.terms import Version
from relais.procedures.toml import text_of
from relais.procedures.written import WrittenProcedure

DATABASES = ("postgres://", "postgresql://")
Tell = Callable[[int, int | None], None]


class FilesFirst(TyperGroup):
    """Takes `relais replay PROCEDURE CASELOAD` as it stands, beside `relais replay merge`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Send everything that is not another command to the replay of files."""
        return super().parse_args(ctx, args if args and args[0] in {*self.commands, "--help"} else ["files", *args])


app = typer.Typer(
    name="replay",
    cls=FilesFirst,
    no_args_is_help=True,
    help="Replay a procedure over people in files: relais replay PROCEDURE CASELOAD... (its options: relais replay files --help)",
)

Threshold = Annotated[int, typer.Option(min=1, help="counts under this are hidden, with what would give them away")]
Exact = Annotated[
    bool,
    typer.Option(
        "--exact", help="hide nothing: for whoever may see these people themselves, as a small count points at someone"
    ),
]
AllowEqual = Annotated[
    bool, typer.Option("--allow-equal", help="add counts that are exactly the same: they are of different people")
]
Number = Annotated[int | None, typer.Option("--version", help="the version to replay; otherwise the newest")]
Baseline = Annotated[int | None, typer.Option(help="what to compare with; otherwise the version in force")]
Person = Annotated[
    str | None,
    typer.Option(help="the column of identifiers, else person: who stands in two rows is refused, none is kept"),
]


@app.command("files")
def files(  # noqa: PLR0917 - Typer reads a command by its arguments
    procedure: ProcedureFile,
    caseload: Annotated[list[str], typer.Argument(help="people: Parquet, Arrow, CSV (one a shard), or postgresql://…")],
    version: Number = None,
    baseline: Baseline = None,
    by: By = None,
    threshold: Threshold = 10,
    exact: Exact = False,
    as_json: AsJson = False,
    engine: Annotated[str, typer.Option(help="bits: in memory; sql: DuckDB, or PostgreSQL where people are")] = "bits",
    table: Annotated[str, typer.Option(help="the table of people in PostgreSQL")] = "caseload",
    not_asked: NotAsked = None,
    person: Person = None,
    workers: Annotated[int, typer.Option(min=1, help="processes that share the shards")] = 1,
    cluster: Annotated[str, typer.Option(help="a Dask scheduler, tcp://…, whose machines share the shards")] = "",
    counts_only: Annotated[Path | None, typer.Option(help="write exact counts to this new file, print nothing")] = None,
) -> None:
    """Say who gets through and who is newly shut out, by step, requirement and group."""
    with refusing():
        written = read_procedure(procedure)
        chosen = choose(written, version, baseline)
        columns = Columns.of(chosen, by or (), written)
        task = Task(
            version=chosen[0], baseline=chosen[1], by=tuple(by or ()), columns=columns, not_asked=tuple(not_asked or ()),
            person=person,
        )  # fmt: skip
        if engine == "sql" or caseload[0].startswith(DATABASES):
            answer, cautions = _in_sql(task, caseload, table, written)
        elif engine == "bits":
            cautions = warn(chosen, written, known_in(caseload))
            answer = _in_bits(task, caseload, workers, cluster)
        else:
            raise Refusal(_("There is no engine called %(name)s.") % {"name": engine}, next=_("Use bits or sql."))
        if counts_only:
            with writing(counts_only), counts_only.open("x", encoding="utf-8") as file:
                file.write(counts.write(answer, *chosen))
            return
    show(Answered(answer, *chosen, cautions), threshold, exact=exact, as_json=as_json)


@app.command("merge")
def merge(  # noqa: PLR0917 - Typer reads a command by its arguments
    procedure: ProcedureFile,
    documents: Annotated[list[Path], typer.Argument(help="what others wrote with --counts-only")],
    version: Number = None,
    baseline: Baseline = None,
    threshold: Threshold = 10,
    exact: Exact = False,
    as_json: AsJson = False,
    allow_equal: AllowEqual = False,
) -> None:
    """Add the counts of several organisations, and hide small ones after the addition."""
    with refusing():
        written = read_procedure(procedure)
        merged = counts.merge(
            [(str(path), text_of(path.read_bytes(), path.name)) for path in documents], allow_equal=allow_equal
        )
        numbers = merged.numbers if version is None and baseline is None else (version, baseline)
        chosen = choose(written, *numbers)
        counts.check(merged, *chosen)
        cautions = warn(chosen, written, asked_about(chosen))
    show(Answered(merged.replay, *chosen, cautions), threshold, exact=exact, as_json=as_json)


def choose(written: WrittenProcedure, version: int | None, baseline: int | None) -> tuple[Version, Version]:
    """Give the version of a number (otherwise the newest) and its baseline (otherwise the one in force, or the one before)."""
    newest = max((each.version.number for each in written.versions), default=None)
    chosen = version_of(written, newest if version is None else version)
    if baseline is not None:
        return chosen, version_of(written, baseline)
    others = in_force(written) or sorted((each.version for each in written.versions), key=lambda each: each.number)
    return chosen, [chosen, *(each for each in others if each.number != chosen.number)][-1]


def _in_bits(task: Task, shards: list[str], workers: int, cluster: str) -> Replay:
    """Replay files in memory: here, on processes, or on a cluster."""
    what = _("Replaying %(file)s") % {"file": Path(shards[0]).name}
    with _progress(what) as tell:
        if cluster:
            return on_cluster(task, shards, cluster, tell)
        if workers > 1:
            return on_processes(task, shards, workers, tell)
        return one_by_one(task, shards, tell)


def _in_sql(task: Task, caseload: list[str], table: str, written: WrittenProcedure) -> tuple[Replay, list[str]]:
    """Replay people where they are."""
    sql, tables = (importlib.import_module(f"relais.procedures.{name}") for name in ("sql", "tables"))  # heavy to load
    people = tables.Postgres(caseload[0], table) if caseload[0].startswith(DATABASES) else tables.Files(caseload)
    cautions = warn((task.version, task.baseline), written, people.columns)
    with _progress(_("Asking the database")):
        people.check(task.columns, task.by, not_asked=task.not_asked, person=task.person)
        return sql.replay(people, task.version, task.baseline, task.by), cautions


@contextmanager
def _progress(what: str) -> Iterator[Tell]:
    """Show how far it is, gone when it is done."""
    columns = (SpinnerColumn(), words(), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=told, transient=True) as bar:
        shown = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(shown, completed=done, total=of)
