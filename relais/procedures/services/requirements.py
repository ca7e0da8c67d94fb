"""What a draft asks for: added, relaxed, tightened, moved, dropped."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal.services import write
from relais.kernel.refusals import Refusal
from relais.procedures import terms
from relais.procedures.models import EvidenceType, EvidenceTypeList, Requirement, Step
from relais.procedures.rows import condition_to
from relais.procedures.rules import free_key
from relais.procedures.services.writing import write_lists


@transaction.atomic
def add_requirement(
    *, step: Step, names: dict[str, str], by: User, evidence_types: list[EvidenceType] | None = None, **facts: Any
) -> Requirement:
    """Ask for one more thing in a step, met by a first list of evidence."""
    require(by, Verb.PROCEDURE_DRAFT, step.version)
    taken = Requirement.objects.filter(step__version=step.version_id).values_list("key", flat=True)
    requirement = Requirement.objects.create(
        step=step, key=free_key(names, taken), position=step.requirements.count() + 1, names=names, **facts
    )
    if evidence_types:
        papers = {paper.key: paper for paper in _own(step, evidence_types)}
        write_lists(requirement=requirement, lists=[frozenset(papers)], papers=papers)
    _journal("requirement.added", requirement, by)
    return requirement


@transaction.atomic
def accept_list(*, requirement: Requirement, evidence_types: list[EvidenceType], by: User) -> EvidenceTypeList:
    """Accept one more way to meet a requirement; a way already accepted stays as it is."""
    require(by, Verb.PROCEDURE_DRAFT, requirement.step.version)
    papers = _own(requirement.step, evidence_types)
    if not papers:
        raise Refusal(_("Choose at least one kind of proof."))
    for found in requirement.lists.prefetch_related("evidence_types"):
        if {paper.pk for paper in found.evidence_types.all()} == {paper.pk for paper in papers}:
            return found
    accepted = EvidenceTypeList.objects.create(requirement=requirement, position=requirement.lists.count() + 1)
    accepted.evidence_types.set(papers)
    _journal("requirement.list_accepted", requirement, by, evidence=sorted(paper.key for paper in papers))
    return accepted


@transaction.atomic
def drop_list(*, evidence_list: EvidenceTypeList, by: User) -> None:
    """Accept one way less; the last one stays, since nobody could meet a requirement without any."""
    requirement = evidence_list.requirement
    require(by, Verb.PROCEDURE_DRAFT, requirement.step.version)
    if requirement.lists.count() == 1:
        raise Refusal(
            _("This is the only proof accepted."),
            why=_("Without it nobody could meet the requirement."),
            next=_("Accept another proof first, or drop the requirement."),
        )
    keys = sorted(evidence_list.evidence_types.values_list("key", flat=True))
    evidence_list.delete()
    _journal("requirement.list_dropped", requirement, by, evidence=keys)


@transaction.atomic
def relax_condition(*, requirement: Requirement, condition: terms.Condition, by: User) -> Requirement:
    """Say of whom a requirement is asked; the empty condition asks it of everyone."""
    require(by, Verb.PROCEDURE_DRAFT, requirement.step.version)
    requirement.condition = condition_to(condition)
    requirement.save(update_fields=["condition"])
    _journal("requirement.condition_changed", requirement, by, condition=requirement.condition)
    return requirement


@transaction.atomic
def reword_requirement(*, requirement: Requirement, by: User, **facts: Any) -> Requirement:
    """Say a requirement, its reason or its legal basis in other words."""
    require(by, Verb.PROCEDURE_DRAFT, requirement.step.version)
    allowed = {"names", "why", "legal_basis", "must_keep"} & facts.keys()
    for name in allowed:
        setattr(requirement, name, facts[name])
    requirement.save(update_fields=sorted(allowed))
    _journal("requirement.reworded", requirement, by)
    return requirement


@transaction.atomic
def move_requirement(*, requirement: Requirement, step: Step, by: User, position: int | None = None) -> Requirement:
    """Ask for it elsewhere: in another step of the draft, or earlier or later in its own; last when not said."""
    require(by, Verb.PROCEDURE_DRAFT, requirement.step.version)
    if step.version_id != requirement.step.version_id:
        raise Refusal(_("This step belongs to another version; pick a step of this draft."))
    others = list(step.requirements.exclude(pk=requirement.pk).order_by("position"))
    others.insert(len(others) if position is None else max(0, position - 1), requirement)
    requirement.step = step
    for place, each in enumerate(others, 1):
        each.position = place
    Requirement.objects.bulk_update(others, ["position", "step"])
    _journal("requirement.moved", requirement, by, step=step.key, position=requirement.position)
    return requirement


def shift_requirement(*, requirement: Requirement, places: int, by: User) -> Requirement:
    """Ask for it so many places later in its own step, or earlier below zero; at the ends it stays."""
    place = max(1, requirement.position + places)
    return move_requirement(requirement=requirement, step=requirement.step, position=place, by=by)


@transaction.atomic
def drop_requirement(*, requirement: Requirement, by: User) -> None:
    """Stop asking for something, unless the law asks for it."""
    require(by, Verb.PROCEDURE_DRAFT, requirement.step.version)
    if requirement.must_keep:
        raise Refusal(
            _("This requirement cannot be dropped."),
            why=_("It is marked as required by law: %(law)s") % {"law": requirement.legal_basis or "—"},
            next=_("Accept more kinds of proof for it, or ask it of fewer people."),
        )
    _journal("requirement.dropped", requirement, by)
    requirement.delete()


def _own(step: Step, evidence_types: list[EvidenceType]) -> list[EvidenceType]:
    """Refuse evidence that belongs to another procedure."""
    if any(paper.procedure_id != step.version.procedure_id for paper in evidence_types):
        raise Refusal(_("This proof belongs to another procedure; describe it in this one first."))
    return evidence_types


def _journal(verb: str, requirement: Requirement, by: User, **detail: Any) -> None:
    write(verb, requirement, by=by, version=requirement.step.version_id, key=requirement.key, **detail)
