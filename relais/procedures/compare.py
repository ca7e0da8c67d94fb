"""What changed between two versions of a procedure, as a list of changes a page can put in plain words.

Steps, requirements and evidence are the same when their keys are. Each change says for whom it makes things easier or
harder in the only sense data can tell: fewer or more people asked, more or fewer ways to prove, less or more to pay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from relais.procedures.terms import EvidenceType, EvidenceTypeList, Requirement, Step, Version, implies

STEP_COSTS = ("visits", "fee", "minutes", "waiting_days")
EVIDENCE_COSTS = ("visits", "fee", "days", "minutes")


class Kind(StrEnum):
    """What sort of change it is; each has its sentence in `describe.py`."""

    STEP_ADDED = "step_added"
    STEP_DROPPED = "step_dropped"
    STEP_MERGED = "step_merged"
    STEP_MOVED = "step_moved"
    STEP_CHANGED = "step_changed"
    REQUIREMENT_ADDED = "requirement_added"
    REQUIREMENT_DROPPED = "requirement_dropped"
    REQUIREMENT_MOVED = "requirement_moved"
    REQUIREMENT_REWORDED = "requirement_reworded"
    LIST_ADDED = "list_added"
    LIST_REMOVED = "list_removed"
    LIST_SHORTENED = "list_shortened"
    LIST_LENGTHENED = "list_lengthened"
    CONDITION_NARROWED = "condition_narrowed"
    CONDITION_WIDENED = "condition_widened"
    CONDITION_CHANGED = "condition_changed"
    EVIDENCE_CHANGED = "evidence_changed"


class Direction(StrEnum):
    """Whether a change asks less or more of people."""

    EASIER = "easier"
    HARDER = "harder"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: its kind, what it is about, and what stood before and stands after.

    `before` and `after` are steps for moves and merges, lists of evidence, conditions, or the values of `attribute`, as the kind says.
    """

    kind: Kind
    direction: Direction = Direction.NEITHER
    step: Step | None = None
    requirement: Requirement | None = None
    evidence: EvidenceType | None = None
    attribute: str = ""
    before: Any = None
    after: Any = None

    @property
    def key(self) -> str:
        """Name a change by what it is about, so that it is found again while the draft is written on."""
        about = [getattr(each, "key", "") for each in (self.step, self.requirement, self.evidence)]
        lists = [",".join(sorted(each)) for each in (self.before, self.after) if isinstance(each, frozenset)]
        return " ".join([self.kind.value, *about, self.attribute, *lists]).strip()


def compare(before: Version, after: Version) -> list[Change]:
    """List what changed from one version to another, in the order a person meets it; equal versions give an empty list.

    >>> old = Version(steps=(Step(key="apply", visits=3), Step(key="collect")))
    >>> new = Version(steps=(Step(key="apply", visits=1),))
    >>> [(change.kind.value, change.direction.value) for change in compare(old, new)]
    [('step_changed', 'easier'), ('step_dropped', 'easier')]
    """
    return [*_steps(before, after), *_requirements(before, after), *_evidence(before, after)]


def _steps(before: Version, after: Version) -> Iterator[Change]:
    """Say which steps came, went, were merged, moved or changed."""
    old, new = {step.key: step for step in before.steps}, {step.key: step for step in after.steps}
    shared = [key for key in new if key in old]
    moved = _moved([key for key in old if key in new], shared)
    for key, step in new.items():
        if key not in old:
            yield Change(kind=Kind.STEP_ADDED, direction=Direction.HARDER, step=step)
            continue
        if key in moved:
            yield Change(kind=Kind.STEP_MOVED, step=step)
        for attribute in ("names", "channel", "place", *STEP_COSTS):
            was, now = getattr(old[key], attribute), getattr(step, attribute)
            if was != now:
                way = _less(was, now) if attribute in STEP_COSTS else Direction.NEITHER
                yield Change(
                    kind=Kind.STEP_CHANGED, direction=way, step=step, attribute=attribute, before=was, after=now
                )
    for key, step in old.items():
        if key not in new:
            into = _merged_into(step, after)
            kind = Kind.STEP_MERGED if into else Kind.STEP_DROPPED
            yield Change(kind=kind, direction=Direction.EASIER, step=step, after=into)


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Name what no longer stands in the same order as the rest.

    >>> _moved(["a", "b", "c"], ["b", "c", "a"])
    {'a'}
    """
    matches = SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
    return set(new) - {key for match in matches for key in new[match.b : match.b + match.size]}


def _merged_into(step: Step, after: Version) -> Step | None:
    """Give the one step that now asks what this step asked and is still asked, if there is one."""
    keys = {requirement.key for requirement in step.requirements}
    found = {now.key: now for now, requirement in after.asked() if requirement.key in keys}
    return next(iter(found.values())) if len(found) == 1 else None


def _requirements(before: Version, after: Version) -> Iterator[Change]:
    """Say which requirements came, went, moved, were reworded, relaxed or tightened."""
    old = {requirement.key: (step, requirement) for step, requirement in before.asked()}
    new = {requirement.key: (step, requirement) for step, requirement in after.asked()}
    for key, (step, requirement) in new.items():
        if key not in old:
            yield Change(kind=Kind.REQUIREMENT_ADDED, direction=Direction.HARDER, step=step, requirement=requirement)
            continue
        was_at, was = old[key]
        if was_at.key != step.key:
            yield Change(kind=Kind.REQUIREMENT_MOVED, step=step, requirement=requirement, before=was_at, after=step)
        if was.names != requirement.names:
            yield Change(
                kind=Kind.REQUIREMENT_REWORDED,
                step=step,
                requirement=requirement,
                before=was.names,
                after=requirement.names,
            )
        yield from _lists(step, was, requirement)
        yield from _condition(step, was, requirement)
    for key, (step, requirement) in old.items():
        if key not in new:
            yield Change(kind=Kind.REQUIREMENT_DROPPED, direction=Direction.EASIER, step=step, requirement=requirement)


def _lists(step: Step, was: Requirement, now: Requirement) -> Iterator[Change]:
    """Say which ways of meeting a requirement came, went, or ask for less or more than one that went."""
    gone = [each for each in was.lists if each not in now.lists]
    for each in (each for each in now.lists if each not in was.lists):
        near = next((old for old in gone if each < old or old < each), None)
        if near is not None:
            gone.remove(near)
        kind, way = _kind_of_list(near, each)
        yield Change(kind=kind, direction=way, step=step, requirement=now, before=near, after=each)
    for each in gone:
        yield Change(kind=Kind.LIST_REMOVED, direction=Direction.HARDER, step=step, requirement=now, before=each)


def _kind_of_list(near: EvidenceTypeList | None, each: EvidenceTypeList) -> tuple[Kind, Direction]:
    """Say whether a list is new, or an old one that asks for less or more."""
    if near is None:
        return Kind.LIST_ADDED, Direction.EASIER
    return (Kind.LIST_SHORTENED, Direction.EASIER) if each < near else (Kind.LIST_LENGTHENED, Direction.HARDER)


def _condition(step: Step, was: Requirement, now: Requirement) -> Iterator[Change]:
    """Say whether a requirement is asked of fewer people, of more, or of others."""
    fewer, more = implies(now.condition, was.condition), implies(was.condition, now.condition)
    if fewer and more:
        return
    if fewer:
        kind, way = Kind.CONDITION_NARROWED, Direction.EASIER
    elif more:
        kind, way = Kind.CONDITION_WIDENED, Direction.HARDER
    else:
        kind, way = Kind.CONDITION_CHANGED, Direction.NEITHER
    yield Change(kind=kind, direction=way, step=step, requirement=now, before=was.condition, after=now.condition)


def _evidence(before: Version, after: Version) -> Iterator[Change]:
    """Say which evidence got cheaper or dearer to obtain, or is now held by the state."""
    for key, now in after.evidence.items():
        if (was := before.evidence.get(key)) is None:
            continue
        for attribute in EVIDENCE_COSTS:
            old, new = getattr(was, attribute), getattr(now, attribute)
            if old != new:
                way = _less(old, new)
                yield Change(
                    kind=Kind.EVIDENCE_CHANGED, direction=way, evidence=now, attribute=attribute, before=old, after=new
                )
        if was.held_by_state != now.held_by_state:
            yield Change(
                kind=Kind.EVIDENCE_CHANGED,
                direction=Direction.EASIER if now.held_by_state else Direction.HARDER,
                evidence=now,
                attribute="held_by_state",
                before=was.held_by_state,
                after=now.held_by_state,
            )


def _less(before: Any, after: Any) -> Direction:
    """Say whether an amount fell or rose."""
    return Direction.EASIER if after < before else Direction.HARDER
