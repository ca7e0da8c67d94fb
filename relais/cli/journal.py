"""`relais journal`: prove that nobody changed it."""

import typer
from rich.console import Console

from relais.journal.models import Entry, Head
from relais.journal.services import verify as walk

app = typer.Typer(name="journal", help="Who did what, in chains nobody can change unseen.", no_args_is_help=True)
out = Console()


@app.callback()
def journal() -> None:
    """Who did what, in chains nobody can change unseen."""


@app.command()
def verify() -> None:
    """Walk every chain and name each line that was changed, added or taken away; exit 1 if there is one."""
    faults = list(walk())
    for fault in faults:
        out.print(fault, style="red", soft_wrap=True)
    if faults:
        out.print(f"{len(faults)} faults: the journal was changed outside Relais.", style="bold red")
        raise typer.Exit(1)
    out.print(f"{Entry.objects.count()} lines in {Head.objects.count()} chains: nothing was changed.")
