"""`relais journal`: prove that nobody changed it, also against a mark of it that was kept elsewhere."""

import json
import zipfile
from pathlib import Path
from typing import Annotated

import typer

from relais.cli.console import plain, writing
from relais.journal.models import Entry, Head
from relais.journal.services import Mark, compare, guards, marks
from relais.journal.services import verify as walk
from relais.kernel.refusals import Refusal

app = typer.Typer(name="journal", help="Who did what, in chains nobody can change unseen.", no_args_is_help=True)
out = plain()


@app.callback()
def journal() -> None:
    """Who did what, in chains nobody can change unseen."""


@app.command()
def verify(
    against: Annotated[Path | None, typer.Option(help="A checkpoint or a backup that was kept elsewhere.")] = None,
) -> None:
    """Walk every chain and name each line that was changed, added or taken away; exit 1 if there is one."""
    kept = _marks_in(against) if against else []
    faults = [*guards(), *walk(), *compare(kept)]
    for fault in faults:
        out.print(fault, style="red", soft_wrap=True)
    if faults:
        out.print(f"{len(faults)} faults: the journal was changed outside Relais.", style="bold red")
        raise typer.Exit(1)
    out.print(f"{Entry.objects.count()} lines in {Head.objects.count()} chains: nothing was changed.")
    if against:
        out.print(f"Each of the {len(kept)} chains in {against} still holds the line it ended with.", soft_wrap=True)
    else:
        out.print(
            "A chain cut together with its head shows only against a mark kept elsewhere: "
            "relais journal verify --against CHECKPOINT (or a backup).",
            soft_wrap=True,
        )


@app.command()
def checkpoint(file: Path) -> None:
    """Write where each chain stands to a new file: keep it on paper or on another machine."""
    if file.exists():
        raise Refusal(f"{file} is there already.", next="Name a file that does not exist yet.")
    lines = [f"{mark.lane} {mark.number} {mark.hash}" for mark in marks()]
    with writing(file):
        file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    out.print(f"{len(lines)} chains marked in {file}. Keep it where nobody who runs this database can change it.")


def _marks_in(file: Path) -> list[Mark]:
    """Read the marks of a checkpoint, or the heads of the chains in a backup."""
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                rows = [json.loads(line) for line in archive.read("journal.head.jsonl").splitlines()]
            return [Mark(row["pk"], row["fields"]["number"], row["fields"]["hash"]) for row in rows]
        words = [line.split() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [Mark(lane, int(number), hash) for lane, number, hash in words]
    except (OSError, KeyError, ValueError) as broken:
        raise Refusal(
            f"{file} is neither a checkpoint nor a backup of Relais.",
            next="Name a file that `relais journal checkpoint` or `relais backup` wrote.",
        ) from broken
