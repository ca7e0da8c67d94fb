"""Rows of the database as terms of the library, and conditions as the JSON their column keeps."""

from collections.abc import Iterable, Mapping
from typing import Any

from relais.procedures import terms
from relais.procedures.models import ProcedureVersion


def terms_of(version: ProcedureVersion) -> terms.Version:
    """Give a version as the library knows it; five queries, none after `with_everything()`."""
    steps = tuple(
        terms.Step(
            key=step.key,
            names=step.names,
            about=step.about,
            channel=step.channel,
            place=step.place,
            visits=step.visits,
            fee=step.fee,
            minutes=step.minutes,
            waiting_days=step.waiting_days,
            requirements=tuple(_requirement(each) for each in step.requirements.all()),
        )
        for step in version.steps.all()
    )
    papers = tuple(_paper(each) for each in version.procedure.evidence_types.all())
    return terms.Version(steps=steps, evidence_types=papers, currency=version.currency, number=version.number)


def _requirement(row: Any) -> terms.Requirement:
    lists = tuple(frozenset(paper.key for paper in each.evidence_types.all()) for each in row.lists.all())
    return terms.Requirement(
        key=row.key,
        names=row.names,
        why=row.why,
        legal_basis=row.legal_basis,
        lists=lists,
        condition=condition_from(row.condition),
        must_keep=row.must_keep,
    )


def _paper(row: Any) -> terms.EvidenceType:
    return terms.EvidenceType(
        key=row.key,
        names=row.names,
        about=row.about,
        pictogram=row.pictogram,
        visits=row.visits,
        fee=row.fee,
        days=row.days,
        minutes=row.minutes,
        held_by_state=row.held_by_state,
    )


def condition_from(clauses: Iterable[Mapping[str, Any]]) -> terms.Condition:
    """Read a condition as its column keeps it.

    >>> condition_from([{"attribute": "status", "op": "in", "value": ["refugee"]}])[0].values
    frozenset({'refugee'})
    """
    return tuple(
        terms.Clause(
            clause["attribute"],
            terms.Op(clause["op"]),
            frozenset(clause["value"]) if isinstance(clause["value"], list) else clause["value"],
        )
        for clause in clauses
    )


def condition_to(condition: terms.Condition) -> list[dict[str, Any]]:
    """Give a condition as its column keeps it.

    >>> condition_to((terms.Clause("age", terms.Op.GE, 18),))
    [{'attribute': 'age', 'op': 'ge', 'value': 18}]
    """
    return [
        {
            "attribute": clause.attribute,
            "op": clause.op.value,
            "value": sorted(clause.values, key=str) if isinstance(clause.value, frozenset) else clause.value,
        }
        for clause in condition
    ]
