"""Actions: single changes an authority could make to a version, as data that can be listed, priced, applied and weighed.

>>> from relais.procedures.terms import EvidenceType, Requirement, Step, Version
>>> birth = Requirement(key="birth", lists=(frozenset({"certificate", "photo"}),))
>>> papers = EvidenceType(key="certificate"), EvidenceType(key="photo")
>>> version = Version(steps=(Step(key="apply", requirements=(birth,)),), evidence_types=papers)
>>> ease = [accept("birth", ["witness"]), shorten("birth", ["certificate", "photo"], ["photo"], cost=2)]
>>> [action.key for action in ease]
['accept:birth:witness', 'shorten:birth:certificate+photo:photo']
>>> [sorted(each) for each in apply(version, ease).steps[0].requirements[0].lists]
[['certificate'], ['witness']]

`compare(version, apply(version, [action]))` says what an action is, in changes a page can put in plain words. The order in
which actions are applied never matters. Only widening a condition can shut anyone out; merging steps spares visits and changes
nobody's standing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from relais.procedures.terms import Clause, Condition, EvidenceType, EvidenceTypeList, Op, Requirement, Step, Version

Cost = int | float | Decimal


class Kind(StrEnum):
    """What an action does, from the gentlest to the harshest; between equals `simplify` prefers the gentler."""

    MERGE_STEPS = "merge"
    ACCEPT_LIST = "accept"
    SHORTEN_LIST = "shorten"
    NARROW_CONDITION = "narrow"
    DROP_REQUIREMENT = "drop"
    DROP_STEP = "drop-step"
    WIDEN_CONDITION = "widen"


GENTLEST_FIRST = tuple(Kind)


class ActionError(ValueError):
    """An action that does not fit the version, or that the law forbids; the message says which, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One change to one requirement or one step; build it with `drop`, `accept`, `shorten`, `narrow`, `widen`, `drop_step`, `merge`.

    `evidence` is the list accepted or shortened, `without` what is taken out of it; `clause` is what a narrowed
    condition also asks, or the clause a widened one replaces by `to` (by nothing if that is `None`).
    """

    kind: Kind
    requirement: str = ""
    step: str = ""
    into: str = ""
    evidence: EvidenceTypeList = frozenset()
    without: EvidenceTypeList = frozenset()
    clause: Clause | None = None
    to: Clause | None = None
    cost: Cost = 1

    @property
    def key(self) -> str:
        """Name the action in constraints, answers and files; the cost is no part of it."""
        parts = [self.kind.value, self.requirement or self.step, self.into]
        parts += ["+".join(sorted(self.evidence)) if self.kind in (Kind.ACCEPT_LIST, Kind.SHORTEN_LIST) else ""]
        parts += ["+".join(sorted(self.without)), _said(self.clause), _said(self.to)]
        while parts[-1] == "":
            parts.pop()
        return ":".join(part for part in parts if part)

    @property
    def is_harmful(self) -> bool:
        """Whether the action asks something of people of whom it was not asked."""
        return self.kind == Kind.WIDEN_CONDITION


def drop(requirement: str, cost: Cost = 1) -> Action:
    """No longer ask a requirement."""
    return Action(kind=Kind.DROP_REQUIREMENT, requirement=requirement, cost=cost)


def accept(requirement: str, evidence: Iterable[str], cost: Cost = 1) -> Action:
    """Accept one more list."""
    return Action(kind=Kind.ACCEPT_LIST, requirement=requirement, evidence=frozenset(evidence), cost=cost)


def shorten(requirement: str, evidence: Iterable[str], without: Iterable[str], cost: Cost = 1) -> Action:
    """Ask for less in a list; two of them on one list add up."""
    cut = frozenset(without)
    return Action(kind=Kind.SHORTEN_LIST, requirement=requirement, evidence=frozenset(evidence), without=cut, cost=cost)


def narrow(requirement: str, clause: Clause, cost: Cost = 1) -> Action:
    """Ask a requirement only of those of whom a clause is true as well."""
    return Action(kind=Kind.NARROW_CONDITION, requirement=requirement, clause=clause, cost=cost)


def widen(requirement: str, clause: Clause, to: Clause | None = None, cost: Cost = 1) -> Action:
    """Ask a requirement also of those whom one clause of its condition spared, or replace that clause by a wider one."""
    return Action(kind=Kind.WIDEN_CONDITION, requirement=requirement, clause=clause, to=to, cost=cost)


def drop_step(step: str, cost: Cost = 1) -> Action:
    """Do without a step and all it asks."""
    return Action(kind=Kind.DROP_STEP, step=step, cost=cost)


def merge(step: str, into: str, cost: Cost = 1) -> Action:
    """Ask in another step what this step asks, and spare people the visit."""
    return Action(kind=Kind.MERGE_STEPS, step=step, into=into, cost=cost)


def read_key(key: str, cost: Cost = 1) -> Action:
    """Make an action from its key, as a file or a form names it; raises `ActionError` when it is not one.

    >>> read_key("narrow:birth:age ge 60") == narrow("birth", Clause("age", Op.GE, 60))
    True
    """
    kind, about, *rest = [*key.split(":"), "", ""][:5] if key.count(":") < 5 else ["", ""]
    lists = [frozenset(part.split("+")) - {""} for part in rest]
    match kind:
        case Kind.DROP_REQUIREMENT | Kind.DROP_STEP:
            made = drop(about, cost) if kind == Kind.DROP_REQUIREMENT else drop_step(about, cost)
        case Kind.MERGE_STEPS:
            made = merge(about, rest[0], cost)
        case Kind.ACCEPT_LIST:
            made = accept(about, lists[0], cost)
        case Kind.SHORTEN_LIST:
            made = shorten(about, lists[0], lists[1], cost)
        case Kind.NARROW_CONDITION:
            made = narrow(about, _clause(rest[0]), cost)
        case Kind.WIDEN_CONDITION:
            made = widen(about, _clause(rest[0]), _clause(rest[1]) if rest[1] else None, cost)
        case _:
            raise ActionError(f"{key!r} is no action: begin with one of {_list(Kind)}, e.g. drop:birth")
    if made.key != key:
        raise ActionError(f"{key!r} is no action: did you mean {made.key}?")
    return made


def apply(version: Version, actions: Iterable[Action]) -> Version:
    """Give the version with all these actions taken; raises `ActionError`.

    >>> version = Version(steps=(Step(key="apply"), Step(key="collect", visits=2)))
    >>> [step.visits for step in apply(version, [merge("collect", "apply")]).steps]
    [2]
    """
    chosen = tuple(actions)
    check(version, chosen)
    for one, other in combinations(chosen, 2):
        if why := clash(one, other):
            raise ActionError(f"{one.key} and {other.key} cannot be taken together: {why}")
    gone = {action.step for action in chosen if action.kind in (Kind.DROP_STEP, Kind.MERGE_STEPS)}
    steps = tuple(_step(version, step, chosen) for step in version.steps if step.key not in gone)
    new = sorted({key for action in chosen if action.kind == Kind.ACCEPT_LIST for key in action.evidence})
    types = tuple(EvidenceType(key=key) for key in new if key not in version.evidence)
    return replace(version, steps=steps, evidence_types=version.evidence_types + types)


def check(version: Version, actions: Iterable[Action]) -> None:
    """Refuse an action that does not fit the version, that would change what must be kept, or that costs less than nothing."""
    steps = {step.key: step for step in version.steps}
    asked = {requirement.key: requirement for _, requirement in version.asked()}
    for action in actions:
        if action.cost < 0:
            raise ActionError(f"{action.key} costs {action.cost}: give a cost of at least 0")
        if action.kind in (Kind.DROP_STEP, Kind.MERGE_STEPS):
            _check_step(action, steps)
        elif (requirement := asked.get(action.requirement)) is None:
            raise ActionError(f"{action.key}: the version asks no {action.requirement!r}; it asks {_list(asked)}")
        else:
            _check_requirement(action, requirement)


def clash(one: Action, other: Action) -> str:
    """Say why two actions can never be taken together, or nothing if they can.

    >>> clash(merge("a", "b"), drop_step("b"))
    'both are about the step b'
    """
    kinds = {one.kind, other.kind}
    if kinds == {Kind.WIDEN_CONDITION}:
        both = (one.requirement, one.clause) == (other.requirement, other.clause)
        return f"both replace {_said(one.clause)}" if both else ""
    if kinds <= {Kind.DROP_STEP, Kind.MERGE_STEPS}:
        shared = {one.step, one.into} & {other.step, other.into} - {""}
        if shared and not (one.into == other.into and one.step != other.step):
            return f"both are about the step {min(shared)}"
    return ""


def requirements_of(version: Version, action: Action) -> tuple[Requirement, ...]:
    """Give the requirements whose meaning an action changes; none for a merge."""
    if action.kind == Kind.MERGE_STEPS:
        return ()
    if action.kind == Kind.DROP_STEP:
        return next((step.requirements for step in version.steps if step.key == action.step), ())
    return tuple(each for _, each in version.asked() if each.key == action.requirement)


def gentleness(action: Action) -> tuple[int, str]:
    """Rank actions from the gentlest to the harshest."""
    return GENTLEST_FIRST.index(action.kind), action.key


def _step(version: Version, step: Step, actions: Sequence[Action]) -> Step:
    """Give a step with what is merged into it, and its requirements as the actions leave them."""
    merged = {action.step for action in actions if action.kind == Kind.MERGE_STEPS and action.into == step.key}
    parts = [step, *(each for each in version.steps if each.key in merged)]
    left = (_requirement(each, actions) for part in parts for each in part.requirements)
    return replace(
        step,
        requirements=tuple(each for each in left if each is not None),
        visits=max(part.visits for part in parts),
        waiting_days=max(part.waiting_days for part in parts),
        fee=sum((part.fee for part in parts), Decimal(0)),
        minutes=sum(part.minutes for part in parts),
    )


def _requirement(requirement: Requirement, actions: Sequence[Action]) -> Requirement | None:
    """Give a requirement as the actions leave it; nothing if it is dropped."""
    mine = [action for action in actions if action.requirement == requirement.key]
    if not mine:
        return requirement
    if any(action.kind == Kind.DROP_REQUIREMENT for action in mine):
        return None
    cut: dict[EvidenceTypeList, EvidenceTypeList] = {}
    for action in mine:
        if action.kind == Kind.SHORTEN_LIST:
            cut[action.evidence] = cut.get(action.evidence, frozenset()) | action.without
    lists = [each - cut.get(each, frozenset()) for each in requirement.lists]
    lists += sorted((each.evidence for each in mine if each.kind == Kind.ACCEPT_LIST), key=sorted)
    return replace(requirement, lists=tuple(dict.fromkeys(lists)), condition=_condition(requirement.condition, mine))


def _condition(condition: Condition, actions: Sequence[Action]) -> Condition:
    """Give a condition as the actions leave it; what a new clause implies is not said twice."""
    wider = {each.clause: each.to for each in actions if each.kind == Kind.WIDEN_CONDITION}
    old = (wider.get(clause, clause) for clause in condition)
    new = [each.clause for each in actions if each.kind == Kind.NARROW_CONDITION and each.clause]
    kept = [clause for clause in old if clause is not None and not any(each.implies(clause) for each in new)]
    return tuple(dict.fromkeys([*kept, *sorted(new, key=repr)]))


def _check_step(action: Action, steps: dict[str, Step]) -> None:
    """Refuse a step that is not there or that must be kept."""
    for key in (action.step, action.into) if action.kind == Kind.MERGE_STEPS else (action.step,):
        if key not in steps:
            raise ActionError(f"{action.key}: the version has no step {key!r}; it has {_list(steps)}")
    if action.step == action.into:
        raise ActionError(f"{action.key}: a step cannot be merged into itself")
    kept = [each.key for each in steps[action.step].requirements if each.must_keep]
    if kept and action.kind == Kind.DROP_STEP:
        raise ActionError(f"{action.key}: {_list(kept)} must be kept; move it to another step, or change the law first")


def _check_requirement(action: Action, requirement: Requirement) -> None:
    """Refuse what does not change a requirement in the way it says."""
    if requirement.must_keep:
        raise ActionError(f"{action.key}: {requirement.key} must be kept; change the law first, or leave it out")
    match action.kind:
        case Kind.SHORTEN_LIST if action.evidence not in requirement.lists:
            raise ActionError(f"{action.key}: {requirement.key} has no list of {_list(action.evidence)}")
        case Kind.SHORTEN_LIST if not action.without or not action.without <= action.evidence:
            raise ActionError(f"{action.key}: name what to take out of the list, from {_list(action.evidence)}")
        case Kind.ACCEPT_LIST if action.evidence in requirement.lists:
            raise ActionError(f"{action.key}: {requirement.key} accepts this list already")
        case Kind.NARROW_CONDITION if action.clause is None:
            raise ActionError(f"{action.key}: name the clause to add")
        case Kind.WIDEN_CONDITION if action.clause not in requirement.condition:
            raise ActionError(f"{action.key}: the condition of {requirement.key} has no such clause")
        case Kind.WIDEN_CONDITION if action.clause and action.to and not action.clause.implies(action.to):
            raise ActionError(f"{action.key}: the new clause must be true of everyone of whom the old one is")


def _said(clause: Clause | None) -> str:
    """Write a clause in a key."""
    return "" if clause is None else f"{clause.attribute} {clause.op} {','.join(sorted(map(str, clause.values)))}"


def _clause(said: str) -> Clause:
    """Read a clause as `_said` writes it."""
    try:
        attribute, op, words = said.split(" ")
        values = [int(word) if word.isdigit() else word for word in words.split(",")]
        return Clause(attribute, Op(op), frozenset(values) if op in (Op.IN, Op.NOT_IN) else values[0])
    except ValueError as wrong:
        raise ActionError(f"{said!r} is no clause; write it like: age ge 60, or status in refugee,stateless") from wrong


def _list(keys: Iterable[str]) -> str:
    """Write keys in a sentence."""
    return ", ".join(sorted(keys)) or "nothing"
