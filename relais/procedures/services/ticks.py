"""One tick in the draft studio: each word a button can say, and the intent behind it."""

from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.kernel.refusals import Refusal
from relais.procedures import terms
from relais.procedures.models import EvidenceType, EvidenceTypeList, ProcedureVersion, Requirement, Step
from relais.procedures.services.bringing_back import bring_requirement_back, bring_step_back, rewrite_draft
from relais.procedures.services.requirements import accept_list, drop_list, drop_requirement, shift_requirement
from relais.procedures.services.steps import drop_step, move_step

Row = TypeVar("Row")

DEEDS = (
    "drop", "bring_back", "accept", "refuse", "up", "down",
    "drop_step", "bring_step_back", "step_up", "step_down", "start_again",
)  # fmt: skip


@transaction.atomic
def tick(
    *,
    version: ProcedureVersion,
    today: terms.Version,
    do: str,
    by: User,
    key: str = "",
    evidence: list[EvidenceType] | None = None,
) -> None:
    """Make one change of a draft; `key` names the step or the requirement, `today` is the rule things are brought back from."""
    require(by, Verb.PROCEDURE_DRAFT, version)
    match do:
        case "start_again":
            rewrite_draft(version=version, content=today, by=by)
        case "bring_back":
            bring_requirement_back(version=version, source=today, key=key, by=by)
        case "bring_step_back":
            bring_step_back(version=version, source=today, key=key, by=by)
        case "drop_step":
            drop_step(step=_step(version, key), by=by)
        case "step_up" | "step_down":
            move_step(step=_step(version, key), places=1 if do == "step_down" else -1, by=by)
        case _:
            _of_requirement(do, _requirement(version, key), evidence or [], by)


def _of_requirement(do: str, requirement: Requirement, evidence: list[EvidenceType], by: User) -> None:
    match do:
        case "drop":
            drop_requirement(requirement=requirement, by=by)
        case "accept":
            accept_list(requirement=requirement, evidence_types=evidence, by=by)
        case "refuse":
            drop_list(evidence_list=_list(requirement, evidence), by=by)
        case "up" | "down":
            shift_requirement(requirement=requirement, places=1 if do == "down" else -1, by=by)
        case _:
            raise ValueError(do)


def _step(version: ProcedureVersion, key: str) -> Step:
    return _found(version.steps.filter(key=key).first())


def _requirement(version: ProcedureVersion, key: str) -> Requirement:
    found = Requirement.objects.select_related("step__version").filter(step__version=version, key=key)
    return _found(found.first())


def _list(requirement: Requirement, evidence: list[EvidenceType]) -> EvidenceTypeList:
    wanted = {paper.pk for paper in evidence}
    lists = requirement.lists.prefetch_related("evidence_types")
    return _found(next((each for each in lists if {paper.pk for paper in each.evidence_types.all()} == wanted), None))


def _found(row: Row | None) -> Row:
    """Refuse to change what is not there any more."""
    if row is None:
        raise Refusal(
            _("This is no longer in the draft."),
            why=_("Someone else may have changed it since you opened it."),
            next=_("The page now shows the draft as it is; choose again."),
        )
    return row
