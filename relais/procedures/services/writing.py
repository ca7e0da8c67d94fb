"""Terms written as rows; every service that copies or imports a version goes through here."""

from collections.abc import Iterable
from uuid import UUID

from relais.procedures import terms
from relais.procedures.models import EvidenceType, EvidenceTypeList, Procedure, ProcedureVersion, Requirement, Step
from relais.procedures.rows import condition_to


def write_steps(*, version: ProcedureVersion, content: terms.Version) -> None:
    """Write the steps of a version that has none."""
    papers = {paper.key: paper for paper in EvidenceType.objects.filter(procedure=version.procedure_id)}
    for position, step in enumerate(content.steps, 1):
        row = write_step(version=version, step=step, position=position)
        for place, requirement in enumerate(step.requirements, 1):
            write_requirement(step=row, requirement=requirement, position=place, papers=papers)


def write_step(*, version: ProcedureVersion, step: terms.Step, position: int) -> Step:
    """Write a step without what it asks."""
    return Step.objects.create(version=version, key=step.key, position=position, **_step_fields(step))


def write_requirement(
    *, step: Step, requirement: terms.Requirement, position: int, papers: dict[str, EvidenceType]
) -> Requirement:
    """Write what a step asks for, with every way to prove it."""
    asked = Requirement.objects.create(
        step=step,
        key=requirement.key,
        position=position,
        names=dict(requirement.names),
        why=dict(requirement.why),
        legal_basis=requirement.legal_basis,
        must_keep=requirement.must_keep,
        condition=condition_to(requirement.condition),
    )
    write_lists(requirement=asked, lists=requirement.lists, papers=papers)
    return asked


def write_lists(
    *, requirement: Requirement, lists: Iterable[terms.EvidenceTypeList], papers: dict[str, EvidenceType]
) -> None:
    """Write the lists of a requirement that has none."""
    for position, keys in enumerate(lists, 1):
        row = EvidenceTypeList.objects.create(requirement=requirement, position=position)
        row.evidence_types.set(papers[key] for key in sorted(keys))


def write_paper(*, procedure_id: UUID, paper: terms.EvidenceType) -> EvidenceType:
    """Write a kind of evidence, or bring the one that is there up to date."""
    facts = {
        "names": dict(paper.names),
        "about": dict(paper.about),
        "pictogram": paper.pictogram,
        "visits": paper.visits,
        "fee": paper.fee,
        "minutes": paper.minutes,
        "days": paper.days,
        "held_by_state": paper.held_by_state,
    }
    row, _made = EvidenceType.objects.update_or_create(
        procedure_id=procedure_id,
        key=paper.key,
        defaults=facts,
        create_defaults=facts | {"number": next_number(procedure_id=procedure_id)},
    )
    return row


def next_number(*, procedure_id: UUID) -> int:
    """Give the number of one more kind of evidence; nobody else adds one to the procedure until this is done."""
    Procedure.objects.select_for_update().get(pk=procedure_id)
    numbers = EvidenceType.objects.filter(procedure=procedure_id).order_by("-number").values_list("number", flat=True)
    last = numbers.first()
    return 0 if last is None else last + 1


def _step_fields(step: terms.Step) -> dict[str, object]:
    return {
        "names": dict(step.names),
        "about": dict(step.about),
        "channel": step.channel,
        "place": dict(step.place),
        "visits": step.visits,
        "fee": step.fee,
        "minutes": step.minutes,
        "waiting_days": step.waiting_days,
    }
