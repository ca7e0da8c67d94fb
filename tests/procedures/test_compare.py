"""What changed between two versions, as people would tell it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from relais.procedures.compare import Direction, Kind, compare
from relais.procedures.terms import Clause, EvidenceType, Op, Requirement, Step, Version
from tests.procedures.worlds import versions

PAPERS = tuple(EvidenceType(key=key, visits=1) for key in ("birth", "witness", "photo"))
ADULT = (Clause("age", Op.GE, 18),)


def asked(key="who", *, ways=("birth",), condition=(), names=None):
    lists = tuple(frozenset(way.split("+")) for way in ways)
    return Requirement(key=key, lists=lists, condition=condition, names=names or {})


def version(*steps, papers=PAPERS):
    return Version(steps=steps, evidence_types=papers)


def step(*requirements, key="apply", **costs):
    return Step(key=key, requirements=requirements, **costs)


def kinds(before, after):
    return [(change.kind, change.direction) for change in compare(before, after)]


@given(versions())
def test_a_version_does_not_differ_from_itself(version):
    assert compare(version, version) == []


def test_one_more_way_to_prove_is_easier_and_one_less_is_harder():
    narrow, wide = version(step(asked())), version(step(asked(ways=("birth", "witness"))))
    assert kinds(narrow, wide) == [(Kind.LIST_ADDED, Direction.EASIER)]
    assert kinds(wide, narrow) == [(Kind.LIST_REMOVED, Direction.HARDER)]


def test_a_list_that_asks_for_less_is_told_as_one_change():
    long, short = version(step(asked(ways=("birth+photo",)))), version(step(asked(ways=("birth",))))
    assert kinds(long, short) == [(Kind.LIST_SHORTENED, Direction.EASIER)]
    assert kinds(short, long) == [(Kind.LIST_LENGTHENED, Direction.HARDER)]


def test_a_condition_that_reaches_fewer_people_is_easier():
    everyone, adults = version(step(asked())), version(step(asked(condition=ADULT)))
    elders = version(step(asked(condition=(Clause("age", Op.GE, 60),))))
    women = version(step(asked(condition=(Clause("sex", Op.IS, "woman"),))))
    assert kinds(everyone, adults) == [(Kind.CONDITION_NARROWED, Direction.EASIER)]
    assert kinds(elders, adults) == [(Kind.CONDITION_WIDENED, Direction.HARDER)]
    assert kinds(adults, women) == [(Kind.CONDITION_CHANGED, Direction.NEITHER)]


def test_requirements_come_go_move_and_are_reworded():
    two = version(step(asked()), step(asked("face", ways=("photo",)), key="collect"))
    moved = version(step(asked(names={"en": "Who are you?"}), asked("face", ways=("photo",))), step(key="collect"))
    assert kinds(version(step()), version(step(asked()))) == [(Kind.REQUIREMENT_ADDED, Direction.HARDER)]
    assert kinds(version(step(asked())), version(step())) == [(Kind.REQUIREMENT_DROPPED, Direction.EASIER)]
    assert [kind for kind, _ in kinds(two, moved)] == [Kind.REQUIREMENT_REWORDED, Kind.REQUIREMENT_MOVED]


def test_a_step_whose_requirements_are_asked_elsewhere_was_merged():
    two = version(step(asked()), step(asked("face", ways=("photo",)), key="collect"))
    one = version(step(asked(), asked("face", ways=("photo",))))
    merged = next(change for change in compare(two, one) if change.kind == Kind.STEP_MERGED)
    assert (merged.step.key, merged.after.key) == ("collect", "apply")


def test_steps_come_go_and_change_places():
    a, b, c = step(key="a"), step(key="b"), step(key="c")
    assert kinds(version(a, b, c), version(b, c, a)) == [(Kind.STEP_MOVED, Direction.NEITHER)]
    assert kinds(version(a), version(a, b)) == [(Kind.STEP_ADDED, Direction.HARDER)]
    assert kinds(version(a, b), version(a)) == [(Kind.STEP_DROPPED, Direction.EASIER)]


def test_a_lower_fee_is_easier_and_another_place_is_neither():
    before = version(step(fee=Decimal(100), place={"en": "Bishkek"}))
    after = version(step(fee=Decimal(0), place={"en": "Kant"}))
    assert {(c.attribute, c.direction) for c in compare(before, after)} == {
        ("fee", Direction.EASIER),
        ("place", Direction.NEITHER),
    }


def test_a_paper_the_state_fetches_itself_is_easier():
    cheaper = (replace(PAPERS[0], visits=0, held_by_state=True), *PAPERS[1:])
    changes = compare(version(step(asked())), version(step(asked()), papers=cheaper))
    assert {(c.attribute, c.direction) for c in changes} == {
        ("visits", Direction.EASIER),
        ("held_by_state", Direction.EASIER),
    }
