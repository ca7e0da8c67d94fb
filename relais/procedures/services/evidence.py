"""The kinds of evidence a procedure speaks of."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal.services import write
from relais.kernel.refusals import Refusal
from relais.procedures.models import EvidenceType, Procedure
from relais.procedures.rules import free_key
from relais.procedures.services.writing import next_number


@transaction.atomic
def add_evidence_type(*, procedure: Procedure, by: User, names: dict[str, str], **facts: Any) -> EvidenceType:
    """Describe a kind of evidence drafts may accept, with what it takes to get one."""
    require(by, Verb.PROCEDURE_DRAFT, procedure)
    key = free_key(names, EvidenceType.objects.filter(procedure=procedure).values_list("key", flat=True))
    number = next_number(procedure_id=procedure.pk)
    paper = EvidenceType.objects.create(procedure=procedure, key=key, number=number, names=names, **facts)
    write("evidence_type.added", paper, by=by, procedure=procedure.key, key=key)
    return paper


@transaction.atomic
def change_evidence_type(*, evidence_type: EvidenceType, by: User, **facts: Any) -> EvidenceType:
    """Correct what a kind of evidence is called or takes; every version that accepts it is told so at once."""
    require(by, Verb.PROCEDURE_DRAFT, evidence_type.procedure)
    if strange := facts.keys() - {"names", "about", "pictogram", "visits", "fee", "minutes", "days", "held_by_state"}:
        raise Refusal(_("This cannot be changed: %(what)s.") % {"what": ", ".join(sorted(strange))})
    for name, value in facts.items():
        setattr(evidence_type, name, value)
    evidence_type.save(update_fields=list(facts))
    write("evidence_type.changed", evidence_type, by=by, key=evidence_type.key, fields=sorted(facts))
    return evidence_type
