"""`relais account`: the first way in, before there is anyone who could invite."""

from typing import Annotated

import typer
from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.roles import Role
from relais.accounts.services import make_account
from relais.cli.console import plain
from relais.kernel import codes
from relais.kernel.refusals import Refusal
from relais.organisations.models import Organisation
from relais.organisations.services import add_member

out = plain()


def account(
    username: Annotated[str, typer.Argument(help="the name to sign in with")],
    organisation: Annotated[str, typer.Argument(help="the short name of an organisation")],
    role: Annotated[Role, typer.Argument(help="what they are there")],
    name: Annotated[str, typer.Option(help="the name colleagues see")] = "",
) -> None:
    """Make an account and its membership, and print a password that must be changed at the first sign-in."""
    found = Organisation.objects.filter(slug=organisation).first()
    if found is None:
        known = ", ".join(Organisation.objects.values_list("slug", flat=True))
        raise Refusal(
            _("No organisation is called %s.") % organisation,
            next=_("Install a pack first.") if not known else _("Name one of: %s.") % known,
        )
    password = codes.new_token()[:16]
    with transaction.atomic():
        user = make_account(username=username, display_name=name, password=password, must_set_password=True, by=None)
        add_member(user=user, organisation=found, role=role, by=None)
    out.print(f"{user.username}  {password}", highlight=False)
    out.print("They choose their own password when they first sign in.")
