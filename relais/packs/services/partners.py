"""Puts a pack's partners in place: organisations, lent lines, what they bring, the words people agree to."""

from dataclasses import dataclass, field

from relais.accounts.models import User
from relais.organisations.models import LentLine, Organisation
from relais.packs.reader import Pack
from relais.people.models import ConsentText
from relais.places.models import Territory
from relais.procedures.models import Procedure
from relais.programmes.models import Contribution, Programme
from relais.programmes.services import add_partner


@dataclass
class Installed:
    """What is in place so far, found by the keys of the pack."""

    programme: Programme
    territories: dict[str, Territory]
    by: User | None
    organisations: dict[str, Organisation] = field(default_factory=dict)
    procedures: dict[str, Procedure] = field(default_factory=dict)


def put_partners(installed: Installed, pack: Pack) -> None:
    """Create the organisations or bring them up to date, and let them take part."""
    for row in pack.rows("organisations"):
        organisation, _new = Organisation.objects.update_or_create(
            slug=row["key"],
            defaults={
                "kind": row["kind"],
                "names": row["names"],
                "about": row.get("about", {}),
                "territory": installed.territories.get(row.get("territory", "")),
            },
        )
        installed.organisations[row["key"]] = organisation
        add_partner(
            programme=installed.programme,
            organisation=organisation,
            part=row["part"],
            since=row.get("since"),
            by=installed.by,
        )


def put_lent_lines(installed: Installed, pack: Pack) -> None:
    """Create the lines organisations lend."""
    for row in pack.rows("lent_lines"):
        LentLine.objects.update_or_create(
            kind=row["kind"],
            value=row["value"],
            defaults={"organisation": installed.organisations[row["organisation"]], "label": row["label"]},
        )


def put_contributions(installed: Installed, pack: Pack) -> None:
    """Record what partners bring, once each."""
    for row in pack.rows("contributions"):
        Contribution.objects.update_or_create(
            programme=installed.programme,
            organisation=installed.organisations[row["organisation"]],
            side=row["side"],
            kind=row["kind"],
            stage=row["stage"],
            on=row["on"],
            defaults={"what": row["what"]},
        )


def put_consent_texts(installed: Installed, pack: Pack) -> None:
    """Add the words people agree to; changed words are a new text, so that what someone agreed to stays."""
    for row in pack.rows("consents"):
        known = ConsentText.objects.filter(programme=installed.programme, purpose=row["purpose"])
        newest = known.order_by("-number").first()
        if newest and newest.texts == row["texts"]:
            continue
        ConsentText.objects.create(
            programme=installed.programme,
            purpose=row["purpose"],
            number=newest.number + 1 if newest else 1,
            texts=row["texts"],
            days_valid=row["days_valid"],
        )
