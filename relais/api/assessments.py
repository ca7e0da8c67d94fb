"""Where a person stands in a procedure, as codes: never who they are."""

from decimal import Decimal
from typing import Any

from ninja import Schema

from relais.procedures.assess import Assessment


class BurdenOut(Schema):
    """What something takes of a person."""

    visits: int
    fee: Decimal
    days: int
    minutes: int
    documents: int


class ReasonOut(Schema):
    """Where one requirement stands, and the evidence that stands in its way."""

    step: str
    requirement: str
    finding: str
    missing: list[str]


class ActionOut(Schema):
    """What to do about one requirement: get these papers, after asking what is not known."""

    step: str
    requirement: str
    get: list[str]
    ask: list[str]
    burden: BurdenOut


class AssessmentOut(Schema):
    """Where someone stands, why, what to do next, and what is left to do."""

    standing: str
    reasons: list[ReasonOut]
    next: ActionOut | None
    remaining: BurdenOut


def told(found: Assessment) -> dict[str, Any]:
    """Say an assessment with the keys of steps, requirements and evidence."""
    reasons = [
        {**_where(each), "finding": each.finding.value, "missing": sorted(each.missing)} for each in found.reasons
    ]
    action = found.next
    next_one = action and {
        **_where(action),
        "get": sorted(action.get),
        "ask": sorted(action.ask),
        "burden": action.burden,
    }
    return {"standing": found.standing.value, "reasons": reasons, "next": next_one, "remaining": found.remaining}


def _where(each: Any) -> dict[str, str]:
    return {"step": each.step.key, "requirement": each.requirement.key}
