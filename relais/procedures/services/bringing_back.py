"""Undoing in a draft what it took out of another version: steps, requirements and their ways of proof come back as they were."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal.services import write
from relais.kernel.refusals import Refusal
from relais.procedures import terms
from relais.procedures.models import EvidenceType, ProcedureVersion, Requirement, Step
from relais.procedures.services.writing import write_requirement, write_step, write_steps


@transaction.atomic
def bring_step_back(*, version: ProcedureVersion, source: terms.Version, key: str, by: User) -> Step:
    """Take a step of another version into a draft again, in its old place, with what it asks; asked twice, it is there once."""
    require(by, Verb.PROCEDURE_DRAFT, version)
    made: Step | None = version.steps.filter(key=key).first()
    if made is not None:
        return made
    place, step = next(((place, each) for place, each in enumerate(source.steps) if each.key == key), (0, None))
    if step is None:
        raise _gone()
    rows = list(version.steps.order_by("position"))
    row = write_step(version=version, step=step, position=place + 1)
    rows.insert(place, row)
    for position, each in enumerate(rows, 1):
        each.position = position
    Step.objects.bulk_update(rows, ["position"])
    asked = set(_asked_in(version).values_list("key", flat=True))
    papers = _papers(version)
    missing = [each for each in step.requirements if each.key not in asked]
    for position, requirement in enumerate(missing, 1):
        write_requirement(step=row, requirement=requirement, position=position, papers=papers)
    write("step.brought_back", row, by=by, version=version.pk, key=key)
    return row


@transaction.atomic
def bring_requirement_back(*, version: ProcedureVersion, source: terms.Version, key: str, by: User) -> Requirement:
    """Ask again in a draft for what another version asks, exactly as it asks; its step comes back with it if it is gone."""
    require(by, Verb.PROCEDURE_DRAFT, version)
    step, requirement = next((pair for pair in source.asked() if pair[1].key == key), (None, None))
    if step is None or requirement is None:
        raise _gone()
    made: Requirement | None = _asked_in(version).filter(key=key).first()
    if made is not None:
        return made
    row = version.steps.filter(key=step.key).first()
    if row is None:
        bring_step_back(version=version, source=source, key=step.key, by=by)
        back: Requirement = _asked_in(version).get(key=key)
        return back
    asked = write_requirement(
        step=row, requirement=requirement, position=row.requirements.count() + 1, papers=_papers(version)
    )
    write("requirement.brought_back", asked, by=by, version=version.pk, key=key)
    return asked


@transaction.atomic
def rewrite_draft(*, version: ProcedureVersion, content: terms.Version, by: User) -> ProcedureVersion:
    """Make a draft say what `content` says: to start again, or to take over changes that were found elsewhere."""
    require(by, Verb.PROCEDURE_DRAFT, version)
    version.steps.all().delete()
    write_steps(version=version, content=content)
    write("procedure.redrafted", version, by=by, number=version.number)
    return version


def _asked_in(version: ProcedureVersion) -> QuerySet[Requirement]:
    return Requirement.objects.filter(step__version=version)


def _papers(version: ProcedureVersion) -> dict[str, EvidenceType]:
    return {paper.key: paper for paper in EvidenceType.objects.filter(procedure=version.procedure_id)}


def _gone() -> Refusal:
    return Refusal(
        _("There is nothing of that name to bring back."),
        next=_("Look at the draft again: it may have been changed by someone else."),
    )
