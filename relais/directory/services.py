"""Keeping the directory current: an office added, corrected, confirmed, closed."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.directory.models import Office
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict, Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import Organisation
from relais.places.models import Territory
from relais.programmes.models import Partner, Programme

TOLD = ("names", "address", "hours", "asks_for", "safety", "step_free", "phone", "territory")


@transaction.atomic
def add_office(
    *,
    programme: Programme,
    organisation: Organisation,
    territory: Territory,
    key: str,
    names: Mapping[str, str],
    by: User,
    id: UUID | None = None,
    **told: Any,
) -> Office:
    """Put a place to go on the list; whoever adds it has seen it, so it is confirmed today."""
    require(by, Verb.OFFICE_MANAGE, programme)
    if not Partner.objects.filter(programme=programme, organisation=organisation).exists():
        raise Refusal(_("This organisation does not take part in this programme."))
    _check(names, told)
    known: Office | None = sent_before(Office, id)
    if known:
        if (known.programme_id, known.key, known.names) == (programme.pk, key, dict(names)):
            return known
        raise Conflict(_("Something else was already recorded under this identifier."))
    if Office.objects.filter(programme=programme, key=key).exists():
        raise Refusal(_("This programme already has an office called %(key)s.") % {"key": key})
    office = Office.objects.create(
        id=id or uuid7(),
        programme=programme,
        organisation=organisation,
        territory=territory,
        key=key,
        names=dict(names),
        confirmed_on=clock.today(programme.time_zone),
        confirmed_by=by,
        **told,
    )
    journal.write("office.added", office, by=by, key=key)
    return office


@transaction.atomic
def correct_office(*, office: Office, by: User, **told: Any) -> Office:
    """Change what the list says of a place; whoever does knows it, so it is confirmed today."""
    require(by, Verb.OFFICE_MANAGE, office)
    _check(told.get("names", office.names), told)
    changed = [name for name, value in told.items() if getattr(office, name) != value]
    for name in changed:
        setattr(office, name, told[name])
    _confirm(office, by)
    office.save(update_fields=[*changed, "confirmed_on", "confirmed_by"])
    journal.write("office.corrected", office, by=by, changed=sorted(changed))
    return office


@transaction.atomic
def confirm_office(*, office: Office, by: User) -> Office:
    """Say that everything on the list is still true."""
    require(by, Verb.OFFICE_MANAGE, office)
    _confirm(office, by)
    office.save(update_fields=["confirmed_on", "confirmed_by"])
    journal.write("office.confirmed", office, by=by)
    return office


@transaction.atomic
def close_office(*, office: Office, closed_on: date | None, by: User) -> Office:
    """Note that nobody should go there any more; without a day, that it is open again."""
    require(by, Verb.OFFICE_MANAGE, office)
    office.closed_on = closed_on
    _confirm(office, by)
    office.save(update_fields=["closed_on", "confirmed_on", "confirmed_by"])
    journal.write("office.closed" if closed_on else "office.reopened", office, by=by, on=closed_on)
    return office


def _confirm(office: Office, by: User) -> None:
    office.confirmed_on, office.confirmed_by = clock.today(office.programme.time_zone), by


def _check(names: Mapping[str, str], told: Mapping[str, Any]) -> None:
    if not any(words.strip() for words in names.values()):
        raise Refusal(_("Give the office a name in at least one language."))
    if unknown := set(told) - set(TOLD):
        raise TypeError(f"An office has no {sorted(unknown)}.")
