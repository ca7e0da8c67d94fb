"""One person before one procedure: where they stand, why, and the cheapest way on."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from relais.procedures.assess import Burden, Finding, Situation, Standing, assess
from relais.procedures.terms import Clause, EvidenceType, Held, Op, Requirement, Step, Version
from tests.procedures.worlds import people, versions

PAPERS = (
    EvidenceType(key="birth", visits=3, fee=Decimal(500), days=30, minutes=120),
    EvidenceType(key="witness", visits=1, days=2, minutes=60),
    EvidenceType(key="card", visits=1, fee=Decimal(50), days=5, minutes=30),
    EvidenceType(key="photo", fee=Decimal(100), minutes=20),
)


def requirement(key: str, *lists: str, condition: tuple[Clause, ...] = ()) -> Requirement:
    return Requirement(key=key, lists=tuple(frozenset(each.split("+")) for each in lists), condition=condition)


def version(*requirements: Requirement) -> Version:
    steps = (
        Step(key="apply", requirements=requirements, fee=Decimal(10), minutes=15),
        Step(key="collect", waiting_days=20),
    )
    return Version(steps=steps, evidence_types=PAPERS)


CHILD = (Clause("age", Op.LT, 18),)


@pytest.mark.parametrize(
    ("age", "birth", "finding"),
    [
        (30, Held.CANNOT, Finding.NOT_APPLICABLE),
        (10, Held.HELD, Finding.MET),
        (10, Held.CANNOT, Finding.BLOCKED),
        (10, Held.UNKNOWN, Finding.OPEN),
        (None, Held.HELD, Finding.MET),
        (None, Held.CANNOT, Finding.OPEN),
        (None, Held.UNKNOWN, Finding.OPEN),
    ],
)
def test_a_requirement_of_unknown_reach_is_met_or_open_but_never_blocked(age, birth, finding):
    person = Situation({"birth": birth}, {} if age is None else {"age": age})
    (reason,) = assess(version(requirement("birth", "birth", condition=CHILD)), person).reasons
    assert reason.finding == finding


def test_the_next_best_action_is_the_cheapest_list_that_can_still_be_had():
    asked = version(requirement("who", "birth", "card+photo", "witness"))
    assert assess(asked, Situation()).next.get == {"witness"}
    assert assess(asked, Situation({"witness": Held.CANNOT})).next.get == {"card", "photo"}
    assert assess(asked, Situation({"witness": Held.CANNOT, "card": Held.HELD})).next.get == {"photo"}
    assert assess(asked, Situation({"witness": Held.CANNOT, "photo": Held.CANNOT})).next.get == {"birth"}


def test_one_paper_that_serves_two_requirements_is_fetched_once():
    asked = version(requirement("who", "birth", "witness"), requirement("where", "birth"))
    assessment = assess(asked, Situation())
    assert [action.get for action in assessment.plan] == [{"birth"}, {"birth"}]
    assert assessment.remaining == Burden(visits=5, fee=Decimal(510), days=50, minutes=135, documents=1)


def test_steps_behind_the_person_cost_nothing_more():
    assessment = assess(version(requirement("who", "witness")), Situation({"witness": Held.HELD}), done={"apply"})
    assert assessment.standing == Standing.PASSES
    assert assessment.remaining == Burden(visits=1, days=20)


def test_nobody_is_sent_on_errands_for_a_door_that_is_shut():
    asked = version(requirement("who", "birth"), requirement("face", "photo"))
    assessment = assess(asked, Situation({"birth": Held.CANNOT}))
    assert [(reason.requirement.key, reason.missing) for reason in assessment.blocked_by] == [("who", {"birth"})]
    assert assessment.next is None
    assert assessment.plan == ()


def test_where_only_a_question_is_open_the_action_is_to_ask_it():
    asked = version(requirement("school", "birth", condition=CHILD))
    action = assess(asked, Situation({"birth": Held.CANNOT})).next
    assert (action.get, action.ask) == (frozenset(), {"age"})


def test_an_attribute_of_the_wrong_kind_is_refused_rather_than_guessed():
    with pytest.raises(TypeError, match="age is 'old' for this person"):
        assess(version(requirement("school", "birth", condition=CHILD)), Situation(attributes={"age": "old"}))


@given(versions(), people.map(lambda people: people[:3]))
def test_following_the_plan_opens_the_door(version, people):
    for person in people:
        assessment = assess(version, person)
        if assessment.standing != Standing.OPEN or any(action.ask for action in assessment.plan):
            continue
        fetched = {key: Held.HELD for action in assessment.plan for key in action.get}
        assert assess(version, Situation({**person.evidence, **fetched}, person.attributes)).standing == Standing.PASSES
