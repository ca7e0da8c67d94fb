"""Puts the commands together; what a command refuses is its last line, with exit 1."""

import sys

import typer

from relais.cli import (
    accounts,
    bench,
    burden,
    demo,
    docs,
    exporting,
    index,
    journal,
    keys,
    messages,
    packs,
    replay,
    serving,
    simplify,
    worker,
)
from relais.cli.console import told
from relais.kernel.refusals import Refusal
from relais.web.assets import build, publish


def assets() -> None:
    """Build the icons, the style sheet and the script, and publish them under names that browsers may keep."""
    build()
    publish()


app = typer.Typer(
    name="relais",
    help="Where volunteers and public authorities co-create public services.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # a traceback with local values could show a name
)
app.command("assets", hidden=True)(assets)
app.command("demo")(demo.demo)
app.command("account")(accounts.account)
app.command("worker")(worker.worker)
app.command("serve")(serving.serve)
app.command("backup")(serving.backup)
app.command("restore")(serving.restore)
app.command("simplify")(simplify.command)
app.command("burden")(burden.command)
app.add_typer(packs.app)
app.add_typer(bench.app)
app.add_typer(replay.app)
app.add_typer(index.app)
app.add_typer(exporting.app)
app.add_typer(journal.app)
app.add_typer(keys.app)
app.command("docs", hidden=True)(docs.main)
app.command("messages", hidden=True)(messages.main)


def run() -> None:
    """Run a command, and say a refusal as a sentence rather than a traceback."""
    try:
        app()
    except Refusal as refusal:
        told.print(str(refusal), style="bold red")
        sys.exit(1)
