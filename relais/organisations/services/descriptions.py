"""Organisations themselves: installed from a pack, described by those who run them."""

from collections.abc import Mapping

from django.db import transaction

from relais.access.lock import require, require_any
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal import services as journal
from relais.organisations.models import Organisation
from relais.places.models import Territory


@transaction.atomic
def install_organisation(
    *,
    slug: str,
    kind: str,
    names: Mapping[str, str],
    about: Mapping[str, str] | None = None,
    parent: Organisation | None = None,
    territory: Territory | None = None,
    address: str = "",
    phone: str = "",
    email: str = "",
    by: User | None = None,
) -> Organisation:
    """Create an organisation, or bring it up to date; its short name says which. `by` is None for the command line."""
    if by is not None:
        require_any(by, Verb.PACK_INSTALL)
    values = {
        "kind": Organisation.Kind(kind),
        "names": dict(names),
        "about": dict(about or {}),
        "parent": parent,
        "territory": territory,
        "address": address,
        "phone": phone,
        "email": email,
    }
    organisation, new = Organisation.objects.update_or_create(slug=slug, defaults=values)
    journal.write(
        "organisation.installed" if new else "organisation.upgraded",
        organisation,
        by=by,
        organisation_id=organisation.pk,
        slug=slug,
    )
    return organisation


@transaction.atomic
def describe_organisation(
    *,
    organisation: Organisation,
    names: Mapping[str, str],
    about: Mapping[str, str],
    territory: Territory | None,
    address: str,
    phone: str,
    email: str,
    by: User,
) -> Organisation:
    """Say anew what an organisation is and how to reach it."""
    require(by, Verb.ORGANISATION_MANAGE, organisation)
    new = {
        "names": dict(names),
        "about": dict(about),
        "territory": territory,
        "address": address,
        "phone": phone,
        "email": email,
    }
    changed = [field for field, value in new.items() if getattr(organisation, field) != value]
    if changed:
        for field in changed:
            setattr(organisation, field, new[field])
        organisation.save(update_fields=changed)
        journal.write("organisation.described", organisation, by=by, organisation_id=organisation.pk, fields=changed)
    return organisation
