"""What can be handed over today: complete dossiers of one procedure, to one authority, with or without consent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases.models import Case
from relais.organisations.models import Organisation
from relais.people.models import Consent, ConsentText
from relais.procedures.models import Procedure


@dataclass(frozen=True, slots=True)
class Hand:
    """One procedure and authority, and the complete dossiers that may go over, or wait for consent."""

    procedures: list[Procedure]
    procedure: Procedure | None
    authorities: list[Organisation]
    authority: Organisation | None
    agreed: Any
    silent: Any


def hand_of(user: User, chosen: Mapping[str, str], today: date) -> Hand:
    """Find what someone may hand over; the address says which procedure and which office, if not the first."""
    ready = Case.objects.reachable_by(user, Verb.DOSSIER_SUBMIT).ready_to_hand()
    known = Procedure.objects.filter(Exists(ready.filter(procedure=OuterRef("pk")))).select_related(
        "service__authority"
    )
    procedures = list(known.order_by("key"))
    procedure = _one(procedures, chosen.get("procedure", ""))
    authorities = list(_offices(procedure)) if procedure else []
    authority = _one(authorities, chosen.get("authority", ""))
    rows = ready.filter(procedure=procedure).for_lists()
    consents = Consent.objects.filter(recipient=authority, purpose=ConsentText.Purpose.SHARE_DOSSIER).in_force(today)
    agreed = Exists(consents.filter(person=OuterRef("person")))
    return Hand(procedures, procedure, authorities, authority, rows.filter(agreed), rows.filter(~agreed))


def _offices(procedure: Procedure) -> QuerySet[Organisation]:
    competent = procedure.service.authority_id
    found: QuerySet[Organisation] = Organisation.objects.filter(Q(pk=competent) | Q(parent=competent))
    return found.order_by("parent", "slug")


def _one(rows: list[Any], pk: str) -> Any:
    return next((row for row in rows if str(row.pk) == pk), rows[0] if rows else None)
