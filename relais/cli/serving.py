"""`relais serve`, `relais backup`, `relais restore`: running it and keeping it."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from rich.console import Console

from relais.cli import archive
from relais.kernel.planning import learn_sizes
from relais.people.services import forget_again

out = Console()
Port = Annotated[int, typer.Option(help="the port to listen on")]


def serve(
    port: Port = 8000,
    address: Annotated[str, typer.Option(help="the address to listen on")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="processes")] = 1,
) -> None:
    """Serve Relais; the database is brought up to date first."""
    call_command("migrate", verbosity=0)
    learn_sizes()
    out.print(f"Relais is at http://{address}:{port}/")
    Granian(
        "relais.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()


def backup(file: Annotated[Path, typer.Argument(help="the file to write; must not exist")]) -> None:
    """Write every row to one file, whichever the database; the keys stay where they are."""
    count = archive.save(file)
    out.print(f"{file}: {count} rows. Keep the keys too, elsewhere: {settings.RELAIS_KEYS_DIR}")


def restore(file: Annotated[Path, typer.Argument(help="a file `relais backup` wrote")]) -> None:
    """Put a backup into an empty database, all of it or nothing, and check the journal."""
    call_command("migrate", verbosity=0)
    count = archive.load(file)
    if forgotten := forget_again():
        out.print(f"{forgotten} people were forgotten after this backup was made, and are forgotten again.")
    out.print(
        f"{file}: {count} rows are back. Run `relais journal verify`, and put the keys in {settings.RELAIS_KEYS_DIR}"
    )
