"""`relais index`: the columns a draft is replayed on. They are made from the database whenever they are missing."""

from typing import Annotated

import typer
from django.utils.translation import gettext as _
from rich.text import Text

from relais.cases import index as columns
from relais.cases.index import files
from relais.cli.console import not_written, plain
from relais.kernel.refusals import Refusal
from relais.procedures.models import Procedure

app = typer.Typer(name="index", help="The columns a draft is replayed on: build, drop, check.", no_args_is_help=True)
out = plain()
Key = Annotated[str | None, typer.Argument(help="the key of a procedure; all of them if not given")]


@app.callback()
def index() -> None:
    """The columns a draft is replayed on: build, drop, check."""


@app.command()
def build(procedure: Key = None) -> None:
    """Build them anew from the database; nobody has to, a replay does it when it must."""
    for each in _procedures(procedure):
        with out.status(Text(str(each))):
            people = columns.build(each)
        if not (size := columns.size_of(each)):
            raise not_written(files.place(each.pk))
        out.print(f"{each.key}: {people:,} people on their way, {size / 1e6:,.1f} MB.", soft_wrap=True)


@app.command()
def drop(procedure: Key = None) -> None:
    """Delete their files; nothing is lost, the next replay builds them again."""
    for each in _procedures(procedure):
        out.print(f"{each.key}: {'deleted' if columns.drop(each) else 'there was none'}.", soft_wrap=True)


@app.command()
def check(procedure: Key = None) -> None:
    """Compare them with the database, person by person and proof by proof; exit 1 if anything differs."""
    wrong = 0
    for each in _procedures(procedure):
        with out.status(Text(str(each))):
            found = columns.check(each)
        wrong += bool(found)
        told = f"differs in {', '.join(found)}" if found else "the same as the database"
        out.print(f"{each.key}: {told}.", style="red" if found else "", soft_wrap=True)
    if wrong:
        raise typer.Exit(1)


def _procedures(key: str | None) -> list[Procedure]:
    found = list(Procedure.objects.filter(key=key) if key else Procedure.objects.order_by("key"))
    if key and not found:
        known = ", ".join(Procedure.objects.order_by("key").values_list("key", flat=True))
        raise Refusal(_("There is no procedure %s.") % key, next=_("Name one of these: %s") % known)
    return found
