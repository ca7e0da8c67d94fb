"""What a procedure takes of everyone is what it takes of each, and the blocked are never averaged away."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relais.procedures import caseload as columns
from relais.procedures.assess import Burden, Situation, Standing, assess
from relais.procedures.burden import before_and_after, burden
from relais.procedures.caseload import Caseload, Codes
from relais.procedures.costs import costs
from relais.procedures.experience import observed
from relais.procedures.terms import EvidenceType, Held, Requirement, Step, Version
from relais.procedures.vector import Gap, Mean, Measure, Source
from relais.procedures.way import learning, path, requirements
from tests.procedures.worlds import caseload_of, people, versions


@st.composite
def priced(draw: st.DrawFn) -> Version:
    """Any version whose papers and steps take something."""
    version = draw(versions())
    few = st.integers(0, 3)
    fee = st.sampled_from([Decimal(0), Decimal("0.5"), Decimal("2.25")])
    return replace(
        version,
        evidence_types=tuple(
            replace(
                each,
                visits=draw(few),
                fee=draw(fee),
                days=draw(few),
                minutes=draw(few),
                held_by_state=draw(st.booleans()),
            )
            for each in version.evidence_types
        ),
        steps=tuple(
            replace(each, visits=draw(few), fee=draw(fee), minutes=draw(few), waiting_days=draw(few))
            for each in version.steps
        ),
    )


@settings(max_examples=200, deadline=None)
@given(priced(), people)
def test_what_it_still_takes_everyone_is_what_it_takes_each(version, people):
    expected = [assess(version, each) for each in people]
    free = [each.remaining for each in expected if each.standing != Standing.BLOCKED]
    rows = [(row, cost.unit) for _, cost in costs(caseload_of(people), version) for row in cost.rows.tolist()]
    assert len(rows) == len(free)
    for (row, unit), said in zip(rows, free, strict=True):
        assert (row[0], Decimal(row[1]) / unit, row[2], row[3]) == (said.visits, said.fee, said.days, said.minutes)
        assert row[5] <= row[4]


@settings(max_examples=50, deadline=None)
@given(priced(), priced(), people)
def test_blocks_of_any_size_give_the_same_burden(before, after, people):
    caseload = caseload_of(people)
    whole = before_and_after(caseload, before, after, by=["sex"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "BLOCK", 64)
        assert before_and_after(caseload_of(people), before, after, by=["sex"]) == whole
    assert (whole.before_among_both.blocked, whole.after_among_both.blocked) == (
        whole.before.blocked,
        whole.after.blocked,
    )


@settings(max_examples=100, deadline=None)
@given(priced(), people.map(lambda people: people[:3]))
def test_a_persons_way_ends_with_all_that_is_left_to_do(version, people):
    for person in people:
        said, legs = assess(version, person), path(version, person)
        if said.standing == Standing.BLOCKED:
            assert legs == ()
        elif legs:
            assert legs[-1].so_far == said.remaining
        else:
            assert said.remaining == Burden()


def two_ways(**changes):
    papers = (
        EvidenceType(key="certificate", visits=2, days=30, fee=Decimal("12.50"), held_by_state=True),
        EvidenceType(key="witness", visits=3),
    )
    asked = Requirement(key="birth", lists=(frozenset({"certificate"}), frozenset({"witness"})), **changes)
    return Version(steps=(Step(key="apply", minutes=60, requirements=(asked,)),), evidence_types=papers, currency="KGS")


def test_the_blocked_stand_beside_the_means_and_not_in_them():
    people = Caseload.of({"certificate": [0] * 30 + [2] * 10, "witness": [0] * 30 + [2] * 10})
    vector = burden(people, two_ways())
    assert (vector.people, vector.blocked, vector.currency) == (40, 10, "KGS")
    assert vector.figures[Measure.BLOCKED].value == 0.25
    money = vector.figures[Measure.MONEY]
    assert (money.value, money.n, money.low, money.high, money.source) == (12.5, 30, 12.5, 12.5, Source.ESTIMATED)
    assert vector.figures[Measure.HELD_BY_STATE].value == vector.figures[Measure.DOCUMENTS].value == 1
    assert vector.figures[Measure.VISITS].value == 3
    assert Measure.STRAIN not in vector.figures


def test_nobody_bears_no_burden():
    assert burden(Caseload.of({}), two_ways()).figures == {}


def test_two_versions_are_compared_among_the_people_neither_blocks():
    strict = replace(
        two_ways(),
        steps=(
            replace(
                two_ways().steps[0],
                requirements=(replace(two_ways().steps[0].requirements[0], lists=(frozenset({"certificate"}),)),),
            ),
        ),
    )
    people = Caseload.of({"certificate": [1] * 5 + [2] * 5, "witness": [0] * 10})
    both = before_and_after(people, strict, two_ways())
    assert (both.before.blocked, both.after.blocked) == (5, 0)
    assert both.after.figures[Measure.VISITS].value == 2.5
    assert both.after_among_both.figures[Measure.VISITS].value == both.before.figures[Measure.VISITS].value == 1


def test_the_largest_gap_is_between_groups_that_are_known_and_large_enough():
    sex = Codes(np.repeat([0, 1, 2, -1], [20, 20, 3, 20]).astype(np.int16), ("f", "m", "x"))
    people = Caseload.of({"certificate": [1] * 20 + [0] * 20 + [0] * 3 + [0] * 20}, {"sex": sex})
    vector = burden(people, two_ways(), by=["sex"])
    assert vector.figures[Measure.VISITS].gap == Gap("sex", "m", "f", 2.0)
    assert vector.figures[Measure.MONEY].gap == Gap("sex", "m", "f", 12.5)
    means = {value: each[Measure.MONEY] for value, each in vector.groups["sex"].items()}
    assert means == {"f": Mean(0, 20), "m": Mean(12.5, 20), "x": Mean(12.5, 3), "": Mean(12.5, 20)}
    assert vector.groups["sex"]["f"][Measure.BLOCKED] == Mean(0, 20)


def test_each_requirement_says_what_its_ways_take_and_whom_it_blocks():
    (asked,) = requirements(Caseload.of({"certificate": [0, 2], "witness": [0, 2]}), two_ways())
    assert (asked.cheapest.visits, asked.dearest.visits, asked.held_by_state) == (2, 3, 1)
    assert (asked.people, asked.blocked, asked.open) == (2, 1, 1)
    assert asked.learning == learning(two_ways().steps[0].requirements[0]) == 3
    nothing = Version(steps=(Step(key="apply", requirements=(Requirement(key="none"),)),))
    assert requirements(Caseload.of({}, people=1), nothing)[0].cheapest == Burden()


def test_a_step_already_done_is_no_longer_part_of_the_way():
    person = Situation({"certificate": Held.HELD})
    assert path(two_ways(), person, done=["apply"]) == ()
    assert [leg.requirement for leg in path(two_ways(), Situation())] == ["birth", ""]


def test_what_was_measured_takes_the_place_of_an_estimate():
    vector = burden(Caseload.of({"certificate": [1] * 4}), two_ways())
    seen = vector.with_observed({Measure.MINUTES: observed([80, 90]), Measure.VOLUNTEER_MINUTES: observed([15])})
    assert seen.figures[Measure.MINUTES].value == 85
    assert seen.figures[Measure.MINUTES].source == Source.MEASURED
    assert seen.figures[Measure.VOLUNTEER_MINUTES].n == 1
    assert list(seen.figures) == [each for each in Measure if each in seen.figures]


def test_a_longer_wait_is_chosen_when_another_paper_takes_longer_anyway():
    papers = (
        EvidenceType(key="quick", days=5, minutes=10),
        EvidenceType(key="slow", days=20, minutes=1),
        EvidenceType(key="slower", days=30),
    )
    either = Requirement(key="either", lists=(frozenset({"quick"}), frozenset({"slow"})))
    late = Requirement(key="late", lists=(frozenset({"slower"}),))
    version = Version(steps=(Step(key="apply", requirements=(either, late)),), evidence_types=papers)
    people = [Situation(), Situation({"slower": Held.HELD})]
    columns_ = {key: [person.evidence.get(key, 0) for person in people] for key in version.evidence}
    rows = [row for _, cost in costs(Caseload.of(columns_), version) for row in cost.rows.tolist()]
    assert [(row[2], row[3]) for row in rows] == [(30, 1), (5, 10)]
    assert [(said.remaining.days, said.remaining.minutes) for said in (assess(version, each) for each in people)] == [
        (30, 1),
        (5, 10),
    ]


def test_more_requirements_about_one_paper_than_a_word_has_bits_are_reckoned_too():
    own = [f"own-{number}" for number in range(30)]
    papers = (EvidenceType(key="common", visits=9), *(EvidenceType(key=key, visits=1) for key in own))
    asked = tuple(Requirement(key=key, lists=(frozenset({"common"}), frozenset({key}))) for key in own)
    version = Version(steps=(Step(key="apply", requirements=asked),), evidence_types=papers)
    people = [Situation(dict.fromkeys(own[: number % 31], Held.HELD)) for number in range(70)]
    columns_ = {key: [person.evidence.get(key, 0) for person in people] for key in version.evidence}
    rows = [row for _, cost in costs(Caseload.of(columns_), version) for row in cost.rows.tolist()]
    for row, person in list(zip(rows, people, strict=True))[::9]:
        assert row[0] == assess(version, person).remaining.visits
