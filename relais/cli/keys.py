"""`relais keys`: the keys that open identities, kept outside the database."""

from typing import Annotated

import typer
from django.conf import settings

from relais.accounts.models import User
from relais.cli.console import plain, writing
from relais.organisations.models import Organisation
from relais.people.services import rotate_organisation_key

app = typer.Typer(name="keys", help="The keys that open identities, kept outside the database.", no_args_is_help=True)
out = plain()


@app.callback()
def keys() -> None:
    """The keys that open identities, kept outside the database."""


@app.command()
def rotate(
    organisation: Annotated[str, typer.Argument(help="the short name of an organisation")],
    by: Annotated[str, typer.Option(help="the sign-in name of who manages it; the journal names them")],
) -> None:
    """Make a new key for an organisation, and wrap everyone's key with it."""
    found = Organisation.objects.filter(slug=organisation).first()
    who = User.objects.active().filter(username__iexact=by).first()
    if found is None or who is None:
        raise typer.BadParameter("No organisation, or no account, of this name.")
    with writing(settings.RELAIS_KEYS_DIR):
        count = rotate_organisation_key(organisation=found, by=who)
    out.print(f"{count} people are under the new key. Back up {settings.RELAIS_KEYS_DIR}, apart from the database.")
