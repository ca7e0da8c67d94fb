"""What is proposed would help someone blocked, and the law is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from relais.procedures.actions import (
    ActionError,
    Kind,
    accept,
    apply,
    drop,
    drop_step,
    merge,
    narrow,
    read_key,
    shorten,
    widen,
)
from relais.procedures.caseload import Caseload, Codes, Numbers
from relais.procedures.compare import Direction, compare
from relais.procedures.examples import burned_registry
from relais.procedures.masks import collapse
from relais.procedures.propose import USUAL, propose
from relais.procedures.terms import Clause, EvidenceType, Op, Requirement, Step, Version
from tests.procedures.changes import possible
from tests.procedures.worlds import caseload_of, people, versions

ADULT = Clause("age", Op.GE, 18)


@settings(max_examples=100, deadline=None)
@given(versions(), people)
def test_each_proposal_fits_eases_and_clears_as_many_as_it_says(version, people):
    caseload = caseload_of(people)
    proposals = propose(caseload, version, kinds=Kind)
    actions = [each.action for each in proposals]
    bars = collapse(caseload, version, actions).bars
    for each, bar in zip(proposals, bars, strict=True):
        assert read_key(each.action.key) == each.action
        assert all(change.direction != Direction.HARDER for change in compare(version, apply(version, [each.action])))
        assert each.clears == bar or each.action.kind in (Kind.DROP_STEP, Kind.MERGE_STEPS)


@settings(max_examples=100, deadline=None)
@given(versions())
def test_an_action_is_read_back_from_its_key(version):
    for action in possible(version):
        assert read_key(action.key) == action


def test_what_people_could_show_instead_is_proposed_before_what_is_asked_anyway():
    caseload, version, _ = burned_registry()
    keys = [each.action.key for each in propose(caseload, version, kinds={Kind.ACCEPT_LIST})]
    assert "accept:birth:witnesses" in keys


def test_every_requirement_that_blocks_has_its_proposal_before_any_has_a_second():
    caseload, version, _ = burned_registry()
    kept = propose(caseload, version, most=8, kinds=USUAL - {Kind.DROP_STEP})
    assert {each.action.requirement for each in kept} == {requirement.key for _, requirement in version.asked()}


def law(**changes):
    asked = Requirement(
        key="who", lists=(frozenset({"birth"}), frozenset({"card", "photo"})), condition=(ADULT,), **changes
    )
    papers = tuple(EvidenceType(key=key) for key in ("birth", "card", "photo"))
    other = Requirement(key="fee", lists=(frozenset({"photo"}),))
    return Version(steps=(Step(key="apply", requirements=(asked, other)), Step(key="collect")), evidence_types=papers)


def test_a_requirement_the_law_keeps_is_never_proposed_nor_changed():
    version = law(must_keep=True)
    caseload = Caseload.of({"birth": [2, 2], "card": [2, 1], "photo": [2, 2]}, {"age": Numbers.of([30, 40])})
    proposals = propose(caseload, version, kinds=Kind)
    assert {each.action.requirement or each.action.step for each in proposals} <= {"fee", "collect"}
    for action in (drop("who"), accept("who", ["x"]), shorten("who", ["card", "photo"], ["photo"]), drop_step("apply")):
        with pytest.raises(ActionError, match="must be kept"):
            apply(version, [action])


def test_a_group_is_spared_only_by_what_the_version_speaks_of():
    caseload = Caseload.of(
        {"birth": [2] * 4, "card": [2] * 4, "photo": [1] * 4},
        {"age": Numbers.of([20, 30, 40, 50]), "sex": Codes.of(["f", "f", "f", "m"])},
    )
    version = law()
    statuses = replace(version.steps[0].requirements[0], condition=(ADULT, Clause("sex", Op.IS_NOT, "x")))
    spoken = version.changing("who", condition=statuses.condition)
    assert propose(caseload, version, kinds={Kind.NARROW_CONDITION}) == (), "adults who are children are nobody"
    found = propose(caseload, spoken, kinds={Kind.NARROW_CONDITION})
    assert found[0].action.clause == Clause("sex", Op.IS_NOT, "f")
    shorter = propose(caseload, version, kinds={Kind.SHORTEN_LIST})
    assert [(each.action.key, each.clears) for each in shorter] == [("shorten:who:card+photo:card", 4)]


def test_nobody_blocked_means_nothing_to_propose():
    assert propose(Caseload.of({"birth": [1], "card": [0], "photo": [1]}), law()) == ()


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (drop("nothing"), "the version asks no 'nothing'; it asks fee, who"),
        (drop("who", cost=-1), "give a cost of at least 0"),
        (accept("who", ["birth"]), "accepts this list already"),
        (shorten("who", ["photo"], ["photo"]), "has no list of photo"),
        (shorten("who", ["card", "photo"], ["birth"]), "name what to take out of the list"),
        (narrow("who", None), "name the clause to add"),
        (widen("who", Clause("age", Op.GE, 5)), "has no such clause"),
        (widen("who", ADULT, Clause("age", Op.GE, 60)), "must be true of everyone"),
        (drop_step("nowhere"), "has no step 'nowhere'; it has apply, collect"),
        (merge("apply", "apply"), "merged into itself"),
        (merge("apply", "nowhere"), "has no step 'nowhere'"),
    ],
)
def test_an_action_that_does_not_fit_is_refused_with_its_key(action, message):
    with pytest.raises(ActionError, match=message) as refused:
        apply(law(), [action])
    assert action.key in str(refused.value)


@pytest.mark.parametrize(
    "pair",
    [
        (merge("collect", "apply"), drop_step("apply")),
        (widen("who", ADULT), widen("who", ADULT, Clause("age", Op.GE, 16))),
        (merge("apply", "collect"), merge("collect", "apply")),
    ],
)
def test_two_actions_that_undo_each_other_are_refused_together(pair):
    with pytest.raises(ActionError, match="cannot be taken together"):
        apply(law(), pair)


def test_the_same_action_twice_is_refused():
    with pytest.raises(ActionError, match="given twice: drop:who"):
        collapse(Caseload.of({}), law(), [drop("who"), drop("who", cost=2)])


@pytest.mark.parametrize("key", ["burn:who", "narrow:who", "narrow:who:age", "drop:who:now", "a:b:c:d:e:f:g"])
def test_a_key_that_names_no_action_is_refused(key):
    with pytest.raises(ActionError, match="is no"):
        read_key(key)


def test_merged_steps_spare_a_visit_and_still_ask_everything():
    after = apply(law(), [merge("apply", "collect")])
    assert [step.key for step in after.steps] == ["collect"]
    assert [asked.key for _, asked in after.asked()] == ["who", "fee"]
    assert after.steps[0].visits == 1


def test_a_condition_is_narrowed_and_widened_whatever_the_order():
    taken = [narrow("who", Clause("age", Op.GE, 60)), widen("who", ADULT), accept("who", ["witness"])]
    assert apply(law(), taken) == apply(law(), taken[::-1])
    assert apply(law(), taken).steps[0].requirements[0].condition == (Clause("age", Op.GE, 60),)
    wider = apply(law(), [widen("who", ADULT, Clause("age", Op.GE, 16))])
    assert wider.steps[0].requirements[0].condition == (Clause("age", Op.GE, 16),)
