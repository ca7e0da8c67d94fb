"""`relais bench`: measure, side by side, seeded; a figure is reported, never asserted."""

import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.utils.translation import gettext as _
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TimeRemainingColumn,
)
from rich.table import Table

from relais.cli import demo as demonstration
from relais.cli.console import doing, plain, told, words
from relais.kernel.refusals import Refusal

app = typer.Typer(name="bench", help="Measure, print a table and JSON.", no_args_is_help=True)
# In a file or a pipe nothing says how wide a line may be, and these tables are wide.
out = plain() if sys.stdout.isatty() else plain(width=200)


@app.callback()
def bench() -> None:
    """Measure, print a table and JSON."""


@app.command()
def desk(
    people: Annotated[int, typer.Option(min=1, help="how many people the demonstration has")] = 10_000,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON alone")] = False,
) -> None:
    """Open every desk page on a demonstration of this size: queries, and milliseconds on the server."""
    demonstration.out.quiet = as_json
    demonstration.demo(people=people, no_serve=True, data=Path(settings.ROOT) / "var" / f"bench-{people}")
    with doing("desk") as tell:
        rows = [asdict(row) for row in _measures("desk").measure(tell)]
    _print(f"Desk pages, {people:,} people", rows, as_json=as_json)


@app.command()
def matching(
    people: Annotated[int, typer.Option(min=10, help="how many people are registered")] = 10_000,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON alone")] = False,
) -> None:
    """Find people again at the door and in batches despite slips, scripts and missing answers: recall, precision, time."""
    with doing("matching") as tell:
        rows = [asdict(row) for row in _measures("matching").measure(people, tell)]
    _print(f"Matching, {people:,} people", rows, as_json=as_json)


@app.command()
def grow(
    cases: Annotated[int, typer.Option(min=0, help="how many open cases there are in the end")] = 1_000_000,
) -> None:
    """Enlarge the demonstration in this database (RELAIS_DATA, DATABASE_URL) with invented people."""
    columns = (words(), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=told) as bar:
        task = bar.add_task("inventing people", total=None)
        added = _measures("grow").grow(
            cases, progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
    out.print(f"{added:,} invented people were added; {cases:,} cases are open.")


@app.command()
def simplify(
    seconds: Annotated[float, typer.Option(min=0, help="stop one search after this long")] = 60,
    highs: Annotated[float, typer.Option(min=0, help="how long HiGHS may take for one; 0 leaves it out")] = 5,
    growth: Annotated[bool, typer.Option(help="whether to measure growth too, up to ten million people")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON alone")] = False,
) -> None:
    """Prove the best 3, 5 and 10 of 12 to 100 actions, beside greedy, the bar chart and HiGHS; then up to ten million people."""
    measures = _measures("simplify")
    sizes = (100_000, 1_000_000, 10_000_000) if growth else ()
    with doing("simplify") as tell:
        rows = [asdict(row) for row in measures.measure(seconds, highs, tell)]
        grown = [asdict(row) for row in measures.growth(sizes, tell)]
    if as_json:
        out.print_json(json.dumps({"instances": rows, "growth": grown}))
        return
    _print("The best k of many actions, CPU milliseconds", rows, as_json=False)
    if grown:
        _print("Twenty actions, every k, by people", grown, as_json=False)


@app.command()
def replay(
    people: Annotated[int, typer.Option(min=1, help="the largest number of people")] = 1_000_000,
    limit: Annotated[
        float, typer.Option(min=0, help="leave an engine at a size that would take more CPU seconds")
    ] = 30,
    peers: Annotated[bool, typer.Option(help="run other engines beside Relais, where they are installed")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON alone")] = False,
) -> None:
    """Replay two versions over invented people: people a core-second, memory, growth, other engines with equal answers."""
    measures = _measures("replay")
    with doing("replay") as tell:
        rows = list(measures.measure(people, limit, others=peers, tell=tell))
    measured, grown = [asdict(row) for row in rows], measures.growth(rows)
    if as_json:
        out.print_json(json.dumps({"measured": measured, "growth": grown}))
        return
    shown = [
        {
            "engine": f"{row.engine} {row.release}".strip(),
            "people": f"{row.people:,}",
            "CPU s": f"{row.cpu_seconds:.3f}",
            "people / core-second": f"{row.people_per_core_second:,}",
            "peak MB": f"{row.peak_mb:,.0f}",
            "equal answers": f"{'yes' if row.equal else 'NO'}, beside {row.beside}",
        }
        for row in rows
    ]
    built = [
        {
            "people": f"{row.people:,}",
            "bytes a person": f"{row.index_bytes_a_person:.2f}",
            "CPU s": f"{row.build_cpu_seconds:.1f}",
            "peak MB": f"{row.build_peak_mb:,.0f}",
        }
        for row in rows
        if row.index_bytes_a_person
    ]
    _print("Replay: two versions, 12 requirements, 24 kinds of evidence, 6 groupings", shown, as_json=False)
    _print("The bits, read from Parquet", built, as_json=False)
    _print("CPU time a person, times that of the smallest size", grown, as_json=False)


@app.command()
def index(
    cases: Annotated[list[int] | None, typer.Option(min=1, help="how many open cases; several may be given")] = None,
    database: Annotated[list[str] | None, typer.Option(help="sqlite, postgres, or both if not given")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON alone")] = False,
) -> None:
    """From the database to the answer of a draft: first, warm, after changes; bytes and memory a person."""
    measures = _measures("index")
    with doing("index") as tell:
        rows = list(
            measures.measure(cases or [100_000, 1_000_000], tuple(database or _measures("worlds").DATABASES), tell)
        )
    _print("The index: seconds, bytes a person, megabytes", rows, as_json=as_json, upright=True)


@app.command()
def story(
    cases: Annotated[int, typer.Option(min=1, help="how many open cases there are")] = 1_000_000,
    database: Annotated[list[str] | None, typer.Option(help="sqlite, postgres, or both if not given")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON alone")] = False,
) -> None:
    """Play a draft in a browser on many cases: studio, best changes, brief, adoption, a year later; seconds to what is read."""
    measures = _measures("story")
    with doing("story") as tell:
        rows = list(measures.measure(cases, tuple(database or _measures("worlds").DATABASES), tell))
    _print(f"A draft on {cases:,} cases: seconds in the browser", rows, as_json=as_json, upright=True)


def _measures(name: str) -> Any:
    """Load what is measured from bench/, which stands beside the package and is not shipped with it."""
    sys.path.insert(0, str(settings.ROOT))
    try:
        return importlib.import_module(f"bench.{name}")
    except ModuleNotFoundError as missing:
        raise Refusal(
            _("The measures are not here."), next=_("Run this in a checkout of Relais, where bench/ is.")
        ) from missing


def _print(title: str, rows: list[dict[str, Any]], *, as_json: bool, upright: bool = False) -> None:
    """Print a line for each row; upright, a column for each, where a row says too much for one line."""
    if as_json:
        out.print_json(json.dumps(rows))
        return
    if upright:
        rows = [{"measure": name, **{str(n): row[name] for n, row in enumerate(rows, 1)}} for name in rows[0]]
    table = Table(*rows[0], title=title)
    for row in rows:
        table.add_row(
            *(
                f"{value:,.3f}"
                if isinstance(value, float) and 0 < value < 1
                else f"{value:,.1f}"
                if isinstance(value, float)
                else str(value)
                for value in row.values()
            )
        )
    out.print(table)
