"""What each requirement of a version takes of who holds nothing yet, and one person's way through it, leg by leg."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from relais.procedures.assess import Burden, Situation, Standing, assess, burden_of, order
from relais.procedures.caseload import Caseload
from relais.procedures.replay import funnel
from relais.procedures.terms import Requirement, Version


@dataclass(frozen=True, slots=True)
class Asked:
    """What one requirement takes: of `people` it is asked of for certain, `blocked` cannot meet it and `open` are not known to.

    `cheapest` and `dearest` are its ways for who holds nothing; `held_by_state` counts the papers of the cheapest that the state has
    already; `learning` the things one must understand: the requirement, each way, each clause.
    """

    step: str
    requirement: str
    cheapest: Burden
    dearest: Burden
    held_by_state: int
    learning: int
    people: int
    blocked: int
    open: int


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of a person's way: what a requirement still takes, or a step itself, and all that it takes up to here."""

    step: str
    requirement: str
    burden: Burden
    so_far: Burden


def requirements(caseload: Caseload, version: Version) -> tuple[Asked, ...]:
    """Say what each requirement takes, and of how many."""
    found = funnel(caseload, version).requirements
    result = []
    for step, asked in version.asked():
        counts = found[asked.key]
        ways = sorted(asked.lists, key=lambda each: (order(burden_of(version, each)), sorted(each)))
        cheapest, dearest = (ways[0], ways[-1]) if ways else (frozenset[str](), frozenset[str]())
        held = sum(version.evidence[key].held_by_state for key in cheapest)
        result.append(
            Asked(
                step.key, asked.key, burden_of(version, cheapest), burden_of(version, dearest), held, learning(asked),
                len(caseload) - counts.not_applicable, counts.blocked, counts.open,
            )
        )  # fmt: skip
    return tuple(result)


def path(version: Version, person: Situation, done: Collection[str] = ()) -> tuple[Leg, ...]:
    """Follow one person along the cheapest way through; nothing for a person who is blocked, for whom there is none.

    Papers are waited for side by side and steps one after the other, so the last leg holds what `assess` says is left.
    """
    found = assess(version, person)
    if found.standing == Standing.BLOCKED:
        return ()
    plan = {action.requirement.key: action.get for action in found.plan}
    legs, papers, steps = list[Leg](), frozenset[str](), Burden()
    for step in version.steps:
        for asked in step.requirements:
            new = plan.get(asked.key, frozenset()) - papers
            papers |= new
            if new:
                legs.append(Leg(step.key, asked.key, burden_of(version, new), _plus(steps, burden_of(version, papers))))
        if step.key not in done:
            own = Burden(visits=step.visits, fee=step.fee, days=step.waiting_days, minutes=step.minutes)
            steps = _plus(steps, own)
            legs.append(Leg(step.key, "", own, _plus(steps, burden_of(version, papers))))
    return tuple(legs)


def learning(asked: Requirement) -> int:
    """Count what one must understand of a requirement: that it is asked, each way of meeting it, each clause of whom it is asked."""
    return 1 + len(asked.lists) + len(asked.condition)


def _plus(one: Burden, other: Burden) -> Burden:
    """Add what comes after: the one is waited for, then the other."""
    return Burden(
        one.visits + other.visits, one.fee + other.fee, one.days + other.days, one.minutes + other.minutes,
        one.documents + other.documents,
    )  # fmt: skip
