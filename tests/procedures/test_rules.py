"""What is wrong with a draft is said before anyone replays it."""

import pytest

from relais.procedures.rules import Flaw, excludes_everyone, free_key, warnings
from relais.procedures.terms import Clause, EvidenceType, Op, Requirement, Step, Version

WAYS = (frozenset({"card"}),)
REFUGEE = Clause("status", Op.IS, "refugee")
OTHERS = Clause("status", Op.IS_NOT, "refugee")


def flaws(*requirements):
    papers = (EvidenceType(key="card"), EvidenceType(key="photo"))
    version = Version(steps=(Step(key="apply", requirements=requirements),), evidence_types=papers)
    return [caution.flaw for caution in warnings(version, {"age", "status"})]


def asked(lists=WAYS, *, key="who", condition=()):
    return Requirement(key=key, lists=lists, condition=condition)


@pytest.mark.parametrize(
    ("requirement", "flaw"),
    [
        (asked(()), Flaw.NOTHING_ACCEPTED),
        (asked((frozenset(),)), Flaw.NOTHING_ASKED),
        (asked((frozenset({"card"}), frozenset({"card", "photo"}))), Flaw.LIST_NEVER_NEEDED),
        (asked(condition=(Clause("age", Op.GE, 18), Clause("age", Op.LT, 18))), Flaw.NEVER_ASKED),
        (asked(condition=(REFUGEE, OTHERS)), Flaw.NEVER_ASKED),
        (asked(condition=(Clause("rent", Op.LT, 5),)), Flaw.UNKNOWN_ATTRIBUTE),
    ],
)
def test_each_flaw_is_found(requirement, flaw):
    assert flaw in flaws(requirement)


def test_a_sound_requirement_is_not_warned_of():
    assert flaws(asked(condition=(Clause("age", Op.GE, 18), Clause("age", Op.LT, 60)))) == []


def test_exclusions_that_go_in_a_circle_are_found():
    turned_away = asked((), key="a", condition=(REFUGEE,)), asked((), key="b", condition=(OTHERS,))
    assert Flaw.EVERYONE_EXCLUDED in flaws(*turned_away)
    assert Flaw.EVERYONE_EXCLUDED not in flaws(turned_away[0])


def test_exclusions_over_several_attributes_are_weighed_together():
    adult, child = Clause("age", Op.GE, 18), Clause("age", Op.LT, 18)
    assert excludes_everyone([(REFUGEE,), (OTHERS, adult), (OTHERS, child)])
    assert not excludes_everyone([(REFUGEE, adult), (OTHERS, child)])
    assert not excludes_everyone([])


def test_a_key_is_made_of_a_name_in_any_script():
    assert free_key({"ar": "شهادة"}, []) != "item"
    assert free_key({"en": "!!!"}, []) == "item"
    assert free_key({"en": "Photo"}, ["photo", "photo-2"]) == "photo-3"
