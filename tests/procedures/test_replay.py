"""The engine says of everyone what the interpreter says of each, and never claims more than is known."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relais.procedures import caseload as columns
from relais.procedures.assess import Finding, Situation, Standing, assess, conclude
from relais.procedures.caseload import Caseload, CaseloadError, Codes, Numbers
from relais.procedures.replay import Standings, funnel, lacking, replay
from relais.procedures.terms import Clause, EvidenceType, Held, Op, Requirement, Step, Version
from tests.procedures.worlds import caseload_of, people, versions


def standings(counts: Counter[Standing]) -> Standings:
    return Standings(counts[Standing.PASSES], counts[Standing.BLOCKED], counts[Standing.OPEN])


@given(versions(), people)
def test_the_engine_finds_everyone_where_the_interpreter_does(version, people):
    said = [assess(version, person) for person in people]
    counted = funnel(caseload_of(people), version)
    assert counted.whole == standings(Counter(each.standing for each in said))
    for place, (_, requirement) in enumerate(version.asked()):
        findings = Counter(each.reasons[place].finding for each in said)
        mine = counted.requirements[requirement.key]
        assert (mine.not_applicable, mine.met) == (findings[Finding.NOT_APPLICABLE], findings[Finding.MET])
        assert (mine.blocked, mine.open) == (findings[Finding.BLOCKED], findings[Finding.OPEN])
        assert mine.alone == sum([r.requirement for r in each.blocked_by] == [requirement] for each in said)
    for step in version.steps:
        own = [conclude([r.finding for r in each.reasons if r.step == step]) for each in said]
        mine = counted.steps[step.key]
        assert Standings(mine.passes, mine.blocked, mine.open) == standings(Counter(own))
        assert mine.stopped == sum(bool(each.blocked_by) and each.blocked_by[0].step == step for each in said)


@given(versions(), versions(), people)
def test_the_effect_on_each_group_is_counted_person_by_person(draft, in_force, people):
    answer = replay(caseload_of(people), draft, in_force, by=["sex", "status"])
    for name, groups in answer.groups.items():
        for value, effect in groups.items():
            own = [person for person in people if person.attributes.get(name, "") == value]
            before = [assess(in_force, person).standing for person in own]
            after = [assess(draft, person).standing for person in own]
            assert effect.people == len(own)
            assert effect.before == standings(Counter(before))
            assert effect.after == standings(Counter(after))
            moves = Counter(zip(before, after, strict=True))
            assert effect.unlocked.least == moves[Standing.BLOCKED, Standing.PASSES]
            assert effect.newly_blocked.least == moves[Standing.PASSES, Standing.BLOCKED]
        assert sum(effect.people for effect in groups.values()) == answer.people == len(people)


@given(versions(), versions(), people, st.integers(0, 150))
def test_the_answers_of_two_shards_add_up_to_the_answer_for_all(draft, in_force, people, cut):
    here, there = caseload_of(people[:cut]), caseload_of(people[cut:])
    whole = replay(caseload_of(people), draft, in_force, by=["sex"])
    assert replay(here, draft, in_force, by=["sex"]) + replay(there, draft, in_force, by=["sex"]) == whole


@given(versions(), versions(), people)
def test_blocks_of_any_size_give_the_same_answer(draft, in_force, people):
    whole = replay(caseload_of(people), draft, in_force, by=["status"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "BLOCK", 64)
        assert replay(caseload_of(people), draft, in_force, by=["status"]) == whole


def completions(person: Situation, versions: tuple[Version, ...]) -> list[Situation]:
    """Every way the unknowns of a person can turn out, as far as these versions look at them."""
    asked = [requirement for version in versions for _, requirement in version.asked()]
    papers = {key for each in asked for ways in each.lists for key in ways}
    names = {clause.attribute for each in asked for clause in each.condition}
    values = {
        "age": range(6),
        "status": ["citizen", "refugee", "stateless", "other", "nobody"],
        "never_recorded": ["yes", "no"],
    }
    held = [[(key, person.evidence[key])] if person.evidence.get(key) else [(key, h) for h in (1, 2)] for key in papers]
    known = [[(n, person.attributes[n])] if n in person.attributes else [(n, v) for v in values[n]] for n in names]
    return [
        Situation({key: Held(h) for key, h in evidence}, dict(attributes))
        for evidence in product(*held)
        for attributes in product(*known)
    ]


@settings(max_examples=60, deadline=None)
@given(versions(), versions(), people.map(lambda people: people[:4]))
def test_the_truth_lies_within_the_interval_however_the_unknowns_turn_out(draft, in_force, people):
    for person in people:
        answer = replay(caseload_of([person]), draft, in_force)
        ends = {
            (assess(in_force, each).standing, assess(draft, each).standing)
            for each in completions(person, (draft, in_force))
        }
        freed, shut = (Standing.BLOCKED, Standing.PASSES), (Standing.PASSES, Standing.BLOCKED)
        assert answer.unlocked.least <= (ends == {freed})
        assert (freed in ends) <= answer.unlocked.most
        assert answer.newly_blocked.least <= (ends == {shut})
        assert (shut in ends) <= answer.newly_blocked.most


@given(versions(), people)
def test_a_version_compared_with_itself_changes_nothing_for_anyone(version, people):
    answer = replay(caseload_of(people), version, version)
    assert answer.before == answer.after
    assert answer.unlocked.most == answer.newly_blocked.most == 0


def test_people_are_grouped_by_many_words_and_by_numbers_as_by_a_few_words():
    regions = [None if place % 50 == 7 else f"{place % 50:02}" for place in range(500)]
    held = {"birth": [place % 3 for place in range(500)]}
    asked = Requirement(
        key="who", lists=(frozenset({"birth"}),), condition=(Clause("region", Op.IN, frozenset({"01", "02"})),)
    )
    version = Version(steps=(Step(key="apply", requirements=(asked,)),), evidence_types=(EvidenceType(key="birth"),))
    numbers = Numbers.of([None if each is None else int(each) for each in regions])
    answer = replay(
        Caseload.of(held, {"region": Codes.of(regions), "number": numbers}), version, Version(), ["region", "number"]
    )
    by_word, by_number = answer.groups["region"], answer.groups["number"]
    assert {value and str(int(value)): effect for value, effect in by_word.items()} == by_number
    assert (by_word["01"].people, by_word[""].people) == (10, 10)
    assert by_word["01"].newly_blocked.least == 3
    assert by_word[""].newly_blocked == by_number[""].newly_blocked
    with pytest.raises(CaseloadError, match="cannot group by many: it holds 2,000 different numbers"):
        Caseload.of({}, {"many": Numbers.of(list(range(2000)))}).groups("many")


def test_the_people_take_13_bytes_each_for_24_kinds_of_evidence_and_6_groupings():
    people = 64_000
    evidence = {f"paper-{number}": [0] * people for number in range(24)}
    codes = {f"group-{size}": Codes.of([None] * people, tuple(map(str, range(size)))) for size in (2, 3, 6, 8, 9, 14)}
    ages = Numbers(np.zeros(people, dtype=np.int8))
    assert Caseload.of(evidence, codes | {"age": ages}).nbytes / people <= 13


def test_a_procedure_that_asks_nothing_lets_everyone_pass():
    answer = funnel(Caseload.of({"birth": [0, 1, 2]}), Version())
    assert answer.whole == Standings(passes=3, blocked=0, open=0)


def test_nobody_is_replayed_without_a_fault():
    assert replay(Caseload.of({}), Version(), Version()).people == 0


def test_a_relaxed_requirement_can_shut_out_nobody():
    papers = (EvidenceType(key="birth"), EvidenceType(key="witness"))
    strict = Requirement(key="who", lists=(frozenset({"birth"}),))
    relaxed = Requirement(key="who", lists=(frozenset({"birth"}), frozenset({"witness"})))
    in_force, draft = (
        Version(steps=(Step(key="apply", requirements=(each,)),), evidence_types=papers) for each in (strict, relaxed)
    )
    answer = replay(Caseload.of({"birth": [0, 0, 2, 1], "witness": [0, 2, 1, 2]}), draft, in_force)
    assert (answer.newly_blocked.least, answer.newly_blocked.most) == (0, 0)
    assert (answer.unlocked.least, answer.unlocked.most) == (1, 2)


def test_evidence_nobody_was_asked_about_is_named_beside_the_figures():
    asked = Requirement(key="who", lists=(frozenset({"witness"}),), condition=(Clause("rent", Op.LT, 5),))
    version = Version(steps=(Step(key="apply", requirements=(asked,)),), evidence_types=(EvidenceType(key="witness"),))
    caseload = Caseload.of({"birth": [1, 2]})
    assert lacking(caseload, version) == {"evidence": {"witness"}, "attributes": {"rent"}}
    assert funnel(caseload, version).whole == Standings(passes=0, blocked=0, open=2)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Caseload.of({"birth": [0, 3]}), "column birth, row 1: 3 means nothing here; use 0"),
        (lambda: Caseload.of({"birth": [0.5]}), "column birth is float64"),
        (lambda: Caseload.of({"birth": [0, 1], "card": [1]}), "column card has 1 rows, the caseload 2"),
        (lambda: Caseload.of({"birth": [0]}, {"age": Numbers.of([-7])}), "column age, row 0: -7"),
        (lambda: Caseload.of({"birth": [0]}, {"sex": Codes.of(["f"], ("f", "f"))}), "each label is given once"),
        (lambda: Caseload.of({"birth": [0]}).groups("sex"), "cannot group by sex"),
        (
            lambda: Caseload.of({}, {"age": Codes.of(["old"])}).clause(Clause("age", Op.GE, 3)),
            "column age holds one of",
        ),
    ],
)
def test_arrays_that_are_no_caseload_are_refused_with_column_row_and_remedy(build, message):
    with pytest.raises(CaseloadError) as refused:
        build()
    assert message in str(refused.value)
