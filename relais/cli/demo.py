"""`relais demo`: a programme with an invented history, served on this machine."""

import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import gettext as _
from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn
from rich.table import Table

from relais.cli.console import plain, words, writing
from relais.cli.packs import load
from relais.cli.serving import Port, refuse_a_taken_port, serve
from relais.kernel.planning import learn_sizes
from relais.kernel.refusals import Refusal
from relais.packs.services import install_pack
from relais.packs.services.demo import Played, play_demo
from relais.programmes.models import Programme

out = plain()


def demo(
    pack: Annotated[str, typer.Option(help="the pack to show")] = "sairon",
    port: Port = 8000,
    data: Annotated[Path | None, typer.Option(help="the folder for its database and keys")] = None,
    people: Annotated[int | None, typer.Option(min=1, help="how many people, if not as many as the pack says")] = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="make it, and do not serve it")] = False,
) -> None:
    """Make the demonstration of a pack, once, and serve it with its sign-ins printed."""
    folder = data or settings.ROOT / "var" / "demo"
    if os.environ.get("RELAIS_DATA") != str(folder) or not settings.RELAIS_DEMO:
        _begin_again_in(folder)
    if not no_serve:
        refuse_a_taken_port(port)
    call_command("migrate", verbosity=0)
    sheet = folder / "sign-ins.txt"
    if sheet.exists():
        _refuse_tables_of_another_version(folder)
    else:
        sign_ins = _sign_ins(_play(pack, people))
        with writing(sheet):
            sheet.write_text(sign_ins, encoding="utf-8")
        learn_sizes()
    out.print(sheet.read_text(encoding="utf-8"), highlight=False)
    if not no_serve:
        out.print(f"Begin here: http://127.0.0.1:{port}/demo/  (Ctrl-C stops)", style="bold")
        serve(port=port)


def _begin_again_in(folder: Path) -> None:
    """Start this command anew with the settings of a demonstration, which are read once."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    environment = {"RELAIS_DATA": str(folder), "RELAIS_DEMO": "yes"}
    os.execve(sys.executable, [sys.executable, "-m", "relais.cli", *sys.argv[1:]], os.environ | environment)  # noqa: S606


def _refuse_tables_of_another_version(folder: Path) -> None:
    """Say that a demonstration was made before its tables changed; before a release, tables change without a migration."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            found = connection.introspection.get_table_description(cursor, model._meta.db_table)
            if {column.name for column in found} != {field.column for field in model._meta.local_concrete_fields}:
                raise Refusal(
                    _("This demonstration was made by another version of Relais."),
                    next=_("Delete %(folder)s to make it again.") % {"folder": folder},
                )


def _play(pack: str, people: int | None) -> Played:
    found = load(pack)
    columns = (SpinnerColumn(), words(), TimeElapsedColumn())
    if Programme.objects.exists():
        raise Refusal(
            _("There is a programme in this database already."),
            next=_("Choose an empty folder with --data; a demonstration is never mixed with real people."),
        )
    with transaction.atomic(), Progress(*columns, console=out) as progress:
        task = progress.add_task(f"{pack}: installing", total=None)
        programme = install_pack(pack=found)
        return play_demo(
            pack=found,
            programme=programme,
            people=people,
            progress=lambda words: progress.update(task, description=f"{pack}: {words}"),
        )


def _sign_ins(played: Played) -> str:
    """Write the sheet of sign-ins that is printed each time."""
    table = Table("who", "sign-in name", "password", title="The demonstration: invented people")
    for role, username in played.personas.items():
        table.add_row(role.replace("_", " "), username, played.password)
    table.add_row("a person, with code and PIN", played.person.code, played.person.pin)
    paper = plain(width=88, record=True, file=io.StringIO())
    paper.print(table)
    return paper.export_text()
