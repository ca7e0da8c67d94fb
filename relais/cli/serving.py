"""`relais serve`, `relais backup`, `relais restore`: running it and keeping it."""

import socket
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from relais.cli import archive
from relais.cli.console import plain
from relais.kernel.planning import learn_sizes
from relais.kernel.refusals import Refusal
from relais.people.services import forget_again

out = plain()
Port = Annotated[int, typer.Option(min=1, max=65535, help="the port to listen on")]

# A process stopped while it still reads its code never hears of it: after so many seconds it is stopped for good.
SECONDS_TO_STOP = 5


def refuse_a_taken_port(port: int, address: str = "127.0.0.1") -> None:
    """Say that another program listens there, before anything is made for this one."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except OSError as error:
            raise Refusal(
                _("Nothing can listen on port %(port)s here.") % {"port": port},
                why=f"{error.strerror}.",
                next=_("Choose another, as in `make demo PORT=8080` or `relais serve --port 8080`."),
            ) from error


def serve(
    port: Port = 8000,
    address: Annotated[str, typer.Option(help="the address to listen on")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, help="processes")] = 1,
) -> None:
    """Serve Relais; the database is brought up to date first."""
    refuse_a_taken_port(port, address)
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
        workers_kill_timeout=SECONDS_TO_STOP,
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
