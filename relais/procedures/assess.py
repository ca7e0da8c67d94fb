"""What a version of a procedure means for one person: the specification every faster engine must agree with.

Everything is three-valued (Kleene's strong logic): `True`, `False`, or `None` for *not known*.

- A clause on an attribute nobody knows of the person is `None`; a condition is the *and* of its clauses.
- A list of evidence is the *and* of its evidence (held `True`, cannot be got `False`, unknown `None`); a requirement's
  lists are joined by *or*. So no list at all is `False`, and a list that asks for nothing is `True`.
- A requirement is **not applicable** when its condition is `False`; otherwise **met** when some list is `True`; otherwise
  **blocked** when its condition is `True` and every list is `False`; otherwise **open**. A requirement of which it is
  not known whether it applies is therefore met or open, never blocked.
- A person **passes** when every requirement is met or not applicable, is **blocked** as soon as one is blocked, and is
  **open** otherwise. A procedure that asks nothing lets everyone pass.

Each requirement is judged on its own: two open requirements with contradictory conditions stay open, although one
of them must apply. Open means "ask", so the mistake is to ask once too often, never to turn someone away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from relais.procedures.terms import Clause, Condition, EvidenceTypeList, Held, Requirement, Step, Value, Version

Truth = bool | None

PLANS_KEPT = 256
"""How many ways of meeting everything are weighed side by side; below it the plan found is the cheapest there is."""


class Finding(StrEnum):
    """Where one requirement stands for one person."""

    NOT_APPLICABLE = "not_applicable"
    MET = "met"
    BLOCKED = "blocked"
    OPEN = "open"


class Standing(StrEnum):
    """Where one person stands in a version."""

    PASSES = "passes"
    BLOCKED = "blocked"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of one person: each kind of evidence, and the attributes conditions may ask about.

    What is absent is not known.
    """

    evidence: Mapping[str, Held] = field(default_factory=dict)
    attributes: Mapping[str, Value] = field(default_factory=dict)


def every(truths: Iterable[Truth]) -> Truth:
    """Join by *and*.

    >>> every([True, None]), every([None, False]), every([])
    (None, False, True)
    """
    known = list(truths)
    return False if False in known else None if None in known else True


def some(truths: Iterable[Truth]) -> Truth:
    """Join by *or*.

    >>> some([False, None]), some([None, True]), some([])
    (None, True, False)
    """
    known = list(truths)
    return True if True in known else None if None in known else False


def holds(clause: Clause, attributes: Mapping[str, Value]) -> Truth:
    """Say whether a clause is true of a person, or not known.

    >>> from relais.procedures.terms import Op
    >>> holds(Clause("age", Op.GE, 18), {"age": 17}), holds(Clause("age", Op.GE, 18), {})
    (False, None)
    """
    if (value := attributes.get(clause.attribute)) is None:
        return None
    if clause.is_numeric != isinstance(value, int):
        raise TypeError(f"{clause.attribute} is {value!r} for this person: it cannot be compared with {clause.value!r}")
    return clause.accepts(value)


def applies(condition: Condition, attributes: Mapping[str, Value]) -> Truth:
    """Say whether a requirement with this condition is asked of a person, or not known."""
    return every(holds(clause, attributes) for clause in condition)


def is_held(evidence_list: EvidenceTypeList, evidence: Mapping[str, Held]) -> Truth:
    """Say whether a person holds all of a list, cannot, or it is not known."""
    truths = {Held.HELD: True, Held.CANNOT: False, Held.UNKNOWN: None}
    return every(truths[evidence.get(key, Held.UNKNOWN)] for key in evidence_list)


def find(requirement: Requirement, person: Situation) -> Finding:
    """Say where one requirement stands for one person."""
    asked = applies(requirement.condition, person.attributes)
    held = some(is_held(evidence_list, person.evidence) for evidence_list in requirement.lists)
    if asked is False:
        return Finding.NOT_APPLICABLE
    if held is True:
        return Finding.MET
    return Finding.BLOCKED if asked is True and held is False else Finding.OPEN


def conclude(findings: Collection[Finding]) -> Standing:
    """Say where a person stands who stands so in each requirement."""
    if Finding.BLOCKED in findings:
        return Standing.BLOCKED
    return Standing.OPEN if Finding.OPEN in findings else Standing.PASSES


@dataclass(frozen=True, slots=True)
class Burden:
    """What something takes of a person; papers are waited for side by side, so days are those of the slowest."""

    visits: int = 0
    fee: Decimal = Decimal(0)
    days: int = 0
    minutes: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """What to do about one requirement: get these papers, after asking these attributes where they are not known."""

    step: Step
    requirement: Requirement
    get: EvidenceTypeList
    ask: frozenset[str]
    burden: Burden


@dataclass(frozen=True, slots=True)
class Reason:
    """Where one requirement stands, and the evidence that stands in its way."""

    step: Step
    requirement: Requirement
    finding: Finding
    missing: EvidenceTypeList


@dataclass(frozen=True, slots=True)
class Assessment:
    """One person in one version: the standing, why, and what is left to do.

    `plan` holds one action for each open requirement, jointly the cheapest by visits, fee, days and minutes; `remaining`
    is the burden of the whole plan and of the steps not yet done. Both are empty for a person who is blocked: nobody is sent on
    errands for a door that is shut.
    """

    standing: Standing
    reasons: tuple[Reason, ...]
    plan: tuple[Action, ...]
    remaining: Burden

    @property
    def next(self) -> Action | None:
        """The next best action: the cheapest one of the first step where something is open."""
        here = [action for action in self.plan if action.step.key == self.plan[0].step.key]
        return min(here, key=lambda action: order(action.burden), default=None)

    @property
    def blocked_by(self) -> tuple[Reason, ...]:
        """The requirements that shut the person out; all of them must change before the person passes."""
        return tuple(reason for reason in self.reasons if reason.finding == Finding.BLOCKED)


def assess(version: Version, person: Situation, done: Collection[str] = ()) -> Assessment:
    """Say where a person stands in a version, why, and the cheapest way to the end.

    `done` names the steps already behind them: they cost nothing more, but what they asked still counts.

    >>> from relais.procedures.terms import EvidenceType
    >>> papers = EvidenceType(key="certificate", visits=2), EvidenceType(key="witness", visits=1)
    >>> birth = Requirement(key="birth", lists=(frozenset({"certificate"}), frozenset({"witness"})))
    >>> version = Version(steps=(Step(key="apply", requirements=(birth,)),), evidence_types=papers)
    >>> assess(version, Situation({"certificate": Held.CANNOT})).next.get
    frozenset({'witness'})
    """
    reasons = tuple(_reason(step, requirement, person) for step, requirement in version.asked())
    standing = conclude([reason.finding for reason in reasons])
    if standing == Standing.BLOCKED:
        return Assessment(standing, reasons, (), Burden())
    open_reasons = [reason for reason in reasons if reason.finding == Finding.OPEN]
    chosen = _cheapest(version, [_ways(reason.requirement, person) for reason in open_reasons])
    plan = tuple(_action(version, reason, get, person) for reason, get in zip(open_reasons, chosen, strict=True))
    papers = burden_of(version, frozenset().union(*(action.get for action in plan)))
    return Assessment(standing, reasons, plan, _with_steps(version, papers, done))


def burden_of(version: Version, evidence: EvidenceTypeList) -> Burden:
    """Say what getting all these kinds of evidence takes."""
    visits, fee, days, minutes = 0, Decimal(0), 0, 0
    for each in map(version.evidence.__getitem__, evidence):  # one pass: a page of fifty cases asks two thousand times
        visits, fee, days, minutes = visits + each.visits, fee + each.fee, max(days, each.days), minutes + each.minutes
    return Burden(visits=visits, fee=fee, days=days, minutes=minutes, documents=len(evidence))


def order(burden: Burden) -> tuple[int, Decimal, int, int]:
    """Rank burdens as people do: how many journeys, how much money, how long to wait, how much time."""
    return burden.visits, burden.fee, burden.days, burden.minutes


def _reason(step: Step, requirement: Requirement, person: Situation) -> Reason:
    """Say where one requirement stands, with the evidence that decides it."""
    finding = find(requirement, person)
    wanted = {Finding.BLOCKED: Held.CANNOT, Finding.OPEN: Held.UNKNOWN}.get(finding)
    keys = frozenset().union(*requirement.lists)
    missing = frozenset(key for key in keys if person.evidence.get(key, Held.UNKNOWN) == wanted)
    return Reason(step, requirement, finding, missing)


def _ways(requirement: Requirement, person: Situation) -> list[EvidenceTypeList]:
    """Give what is still to get for each list the person may complete; nothing, if there is only a question to ask."""
    held = {key for key, known in person.evidence.items() if known == Held.HELD}
    obtainable = [each for each in requirement.lists if is_held(each, person.evidence) is not False]
    return [each - held for each in obtainable] or [frozenset()]


def _cheapest(version: Version, ways: list[list[EvidenceTypeList]]) -> tuple[EvidenceTypeList, ...]:
    """Choose one way for each requirement so that all together cost least; one paper may serve several."""
    plans: dict[EvidenceTypeList, tuple[EvidenceTypeList, ...]] = {frozenset(): ()}
    for options in ways:
        longer = {have | get: (*chosen, get) for have, chosen in reversed(plans.items()) for get in reversed(options)}
        ranked = sorted(longer, key=lambda papers: (order(burden_of(version, papers)), sorted(papers)))
        plans = {papers: longer[papers] for papers in ranked[:PLANS_KEPT]}
    return next(iter(plans.values()))


def _action(version: Version, reason: Reason, get: EvidenceTypeList, person: Situation) -> Action:
    """Say what one choice takes, on its own."""
    ask = frozenset(c.attribute for c in reason.requirement.condition if c.attribute not in person.attributes)
    return Action(reason.step, reason.requirement, get, ask, burden_of(version, get))


def _with_steps(version: Version, papers: Burden, done: Collection[str]) -> Burden:
    """Add what the steps themselves take, those already done left out."""
    steps = [step for step in version.steps if step.key not in done]
    return Burden(
        visits=papers.visits + sum(step.visits for step in steps),
        fee=papers.fee + sum((step.fee for step in steps), Decimal(0)),
        days=papers.days + sum(step.waiting_days for step in steps),
        minutes=papers.minutes + sum(step.minutes for step in steps),
        documents=papers.documents,
    )
