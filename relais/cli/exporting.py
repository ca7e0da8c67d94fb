"""`relais export`: what others read with their own tools."""

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from relais.cli.console import doing, plain, writing
from relais.kernel.refusals import Refusal
from relais.procedures.models import Procedure
from relais.reports.services import export_journey

app = typer.Typer(
    name="export", help="Take data along for other tools: nobody in it can be found.", no_args_is_help=True
)
out = plain()


@app.callback()
def main() -> None:
    """Take data along for other tools: nobody in it can be found."""


@app.command()
def ocel(
    procedure: Annotated[str, typer.Argument(help="the key of a procedure")],
    file: Annotated[Path, typer.Argument(help="OUT.sqlite or OUT.json; must not exist")],
) -> None:
    """Write the way of every case through a procedure as an OCEL 2.0 log, pseudonymous and coarse in time."""
    found = Procedure.objects.filter(key=procedure).select_related("programme")
    if len(found) != 1:
        keys = ", ".join(sorted(Procedure.objects.values_list("key", flat=True)))
        raise Refusal(_("No one procedure is called %s.") % procedure, next=_("There are: %s.") % (keys or "-"))
    if file.exists():
        raise Refusal(_("%s is there already.") % file, next=_("Name a file that does not exist yet."))
    with doing(str(file)), writing(file):
        counts = export_journey(procedure=found[0], file=file, by=None)
    out.print(f"{file}: {counts['events']} events, {counts['objects']} objects.")
