"""Counting every set, searching with a bound, trying everything and HiGHS all find the same best set."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

from relais.procedures import solving
from relais.procedures.actions import ActionError, accept, drop, shorten, widen
from relais.procedures.caseload import Caseload, CaseloadError, Numbers
from relais.procedures.examples import burned_registry
from relais.procedures.lattice import TooManyTerms, every_subset
from relais.procedures.limits import Ceiling, Floor, Limits, LimitsError, Rules
from relais.procedures.masks import Situations, bits_of, collapse
from relais.procedures.search import Found, Problem, Search, greedy, swapped, top_blockers
from relais.procedures.simplify import simplify, solve
from relais.procedures.solving import best_sets, gentler
from relais.procedures.terms import Clause, EvidenceType, Op, Requirement, Step, Version

NOBODY = Situations((), np.zeros((0, 1), np.uint64), np.zeros(0, np.int64), np.zeros((0, 0), bool))


def situations(random: np.random.Generator, actions: int, distinct: int, wide: int = 1) -> Situations:
    """Random situations; each clause is satisfied by any of up to `wide` actions."""
    clauses = tuple(
        dict.fromkeys(
            sum(1 << int(a) for a in random.choice(actions, random.integers(1, wide + 1), replace=False))
            for _ in range(min(60, 2 * actions))
        )
    )
    needs = np.zeros((distinct, 1), np.uint64)
    for row in range(distinct):
        for place in random.choice(len(clauses), random.integers(1, min(len(clauses), 5) + 1), replace=False):
            needs[row, 0] |= np.uint64(1 << int(place))
    return Situations(clauses, needs, random.integers(1, 100, distinct), np.zeros((distinct, 0), bool))


def problem_of(found: Situations, actions: int, limits: Limits) -> Problem:
    return Problem(found, NOBODY, 0, Rules.of(limits, [drop(f"r{number}") for number in range(actions)]))


def some_limits(random: np.random.Generator, actions: int) -> Limits:
    """Limits that bite: a size, now and then a budget, an exclusion and a requirement."""
    one, other, third = (f"drop:r{number}" for number in random.choice(actions, 3, replace=False))
    return Limits(
        most=int(random.integers(0, actions)),
        budget=int(random.integers(0, 6)) if random.random() < 0.3 else None,
        exclude=((one, other),) if random.random() < 0.3 else (),
        require=((one, third),) if random.random() < 0.3 else (),
    )


@pytest.mark.parametrize("seed", range(12))
def test_a_hundred_random_problems_at_a_time_have_the_best_answer(seed):
    random = np.random.default_rng(seed)
    for _ in range(100):
        actions = int(random.integers(3, 8))
        found = situations(random, actions, int(random.integers(1, 12)), wide=int(random.integers(1, 4)))
        limits = some_limits(random, actions)
        problem = problem_of(found, actions, limits)
        allowed = [mask for mask in range(1 << actions) if problem.rules.fits(mask)]
        values = {mask: problem.value(mask) for mask in allowed}
        counts = every_subset(found, found.people, actions)
        assert all(counts[mask] == value for mask, value in values.items())
        with pytest.MonkeyPatch.context() as patch:
            for counted in (True, False):
                patch.setattr(solving, "ACTIONS", 20 if counted else -1)
                for size, answer in enumerate(best_sets(problem, None, lambda: False)):
                    best = max(value for mask, value in values.items() if mask.bit_count() <= size)
                    assert (answer.value, answer.bound) == (best, best)
                    assert values[answer.mask] == best
                    assert answer.mask.bit_count() <= size
                    assert values[gentler(problem, answer.mask)] >= best


def by_highs(found: Situations, actions: int, most: int) -> int | None:
    """The same question as an integer programme: x an action taken, y a situation unlocked, y at most the sum of each clause."""
    rows, costs = [], np.concatenate([np.zeros(actions), -found.people.astype(float)])
    for place, need in enumerate(found.needs[:, 0].tolist()):
        rows += [(actions + place, found.clauses[clause]) for clause in bits_of(int(need))]
    matrix = lil_matrix((len(rows) + 1, actions + len(found)))
    for number, (y, clause) in enumerate(rows):
        matrix[number, y] = 1
        for action in bits_of(clause):
            matrix[number, action] = -1
    matrix[len(rows), :actions] = 1
    above = np.concatenate([np.zeros(len(rows)), [most]])
    answer = milp(
        costs, integrality=np.ones_like(costs), bounds=Bounds(0, 1), options={"time_limit": 20},
        constraints=LinearConstraint(matrix.tocsr(), -np.inf, above),
    )  # fmt: skip
    return round(-answer.fun) if answer.status == 0 else None


@pytest.mark.parametrize(("actions", "most", "wide"), [(14, 4, 1), (25, 3, 2), (30, 5, 1), (40, 4, 3)])
def test_where_highs_proves_it_proves_the_same(actions, most, wide):
    found = situations(np.random.default_rng(actions), actions, 120, wide)
    problem = problem_of(found, actions, Limits(most=most))
    answer = best_sets(problem, None, lambda: False)[-1]
    assert answer.proven
    assert by_highs(found, actions, most) in (answer.value, None)


def test_stopped_early_nothing_is_claimed_that_is_not_proven():
    found = situations(np.random.default_rng(7), 40, 400)
    problem = problem_of(found, 40, Limits(most=6))
    whole = best_sets(problem, None, lambda: False)[-1]
    for patience in (0, 1, 5, 50):
        asked = iter(range(10**9))
        answer = best_sets(problem, None, lambda asked=asked, patience=patience: next(asked) >= patience)[-1]
        assert answer.value <= whole.value <= answer.bound
        assert answer.proven == (answer.value == answer.bound)
    assert not best_sets(problem, None, lambda: True)[-1].proven


def test_a_search_tells_a_best_that_grows_and_a_bound_that_holds():
    random = np.random.default_rng(5)
    problem = problem_of(situations(random, 30, 300, wide=2), 30, Limits(most=6))
    told: list[tuple[int, int, int]] = []
    best = Search(problem, 6, lambda: False, lambda *each: told.append(each)).run([0], problem.gain.total).value
    assert {size for size, _, _ in told} == {6}
    values, bounds = [value for _, value, _ in told], [bound for _, _, bound in told]
    assert values == sorted(values)
    assert (values[-1], bounds) == (best, sorted(bounds, reverse=True))
    assert all(value <= best <= bound for _, value, bound in told)


def test_a_search_with_a_floor_gives_up_branches_that_cannot_reach_it():
    found = situations(np.random.default_rng(3), 24, 60)
    within = (np.arange(60) % 2 == 0)[:, None]
    found = Situations(found.clauses, found.needs, found.people, within)
    best = best_sets(problem_of(found, 24, Limits(most=3)), None, lambda: False)[-1]
    women = int(found.people[found.satisfied(best.mask) & within[:, 0]].sum())
    limits = Limits(most=3, floors=(Floor("sex", "woman", women + 1),))
    problem = Problem(found, NOBODY, 0, Rules.of(limits, [drop(f"r{n}") for n in range(24)]), (("sex", "woman"),))
    answer = best_sets(problem, None, lambda: False)[-1]
    allowed = [sum(1 << a for a in chosen) for size in range(4) for chosen in combinations(range(24), size)]
    values = [problem.value(mask) for mask in allowed if problem.weigh(mask)[1]]
    assert (answer.value, answer.proven) == (max(values, default=-1), True)


def test_a_budget_bounds_the_search_too():
    random = np.random.default_rng(5)
    found = situations(random, 24, 80)
    costs = random.integers(1, 5, 24).tolist()
    rules = Rules.of(Limits(budget=7), [drop(f"r{n}", cost=cost) for n, cost in enumerate(costs)])
    problem = Problem(found, NOBODY, 0, rules)
    answer = Search(problem, 24, lambda: False).run([0], found.total)
    assert answer.proven
    assert rules.cost(answer.mask) <= 7
    allowed = [sum(1 << a for a in chosen) for size in range(5) for chosen in combinations(range(24), size)]
    assert answer.value >= max(problem.value(mask) for mask in allowed if rules.fits(mask))


def test_greedy_and_the_bar_chart_are_wrong_where_blockers_come_in_bundles():
    people, version, actions = burned_registry()
    collapsed = collapse(people, version, actions)
    answer = solve(collapsed, Limits(most=3))
    assert [choice.unlocked for choice in answer.curve] == [0, 150, 300, 700]
    assert [choice.unlocked for choice in answer.greedy] == [0, 150, 270, 270]
    assert [choice.unlocked for choice in answer.top_blockers] == [0, 0, 0, 700]
    assert answer.proven
    assert {each.requirements: each.people for each in simplify(people, version, actions, Limits(most=2)).outside} == {
        ("police", "work", "studies"): 700, ("photo",): 150, ("medical",): 120,
    }  # fmt: skip


def test_swapping_mends_what_greedy_misses():
    # Three need a and b, two need only c: greedy with one choice left takes c, a swap cannot help; with two, it can.
    found = Situations((1, 2, 4), np.array([[0b011], [0b100]], np.uint64), np.array([3, 2]), np.zeros((2, 0), bool))
    problem = problem_of(found, 3, Limits(most=2))
    chosen = greedy(problem, 2)[-1]
    assert problem.value(chosen) == 2
    assert problem.value(swapped(problem, 0b101, 2, lambda: False)) == 3
    assert swapped(problem, 0b101, 2, lambda: True) == 0b101
    assert top_blockers(problem, [3, 3, 2], 2)[-1] == 0b011


def test_too_many_alternatives_to_count_are_searched_instead():
    found = situations(np.random.default_rng(1), 18, 60, wide=9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("relais.procedures.lattice.TERMS", 10)
        with pytest.raises(TooManyTerms):
            every_subset(found, found.people, 18)
        answer = best_sets(problem_of(found, 18, Limits(most=2)), None, lambda: False)[-1]
    assert answer.value == best_sets(problem_of(found, 18, Limits(most=2)), None, lambda: False)[-1].value


def test_a_set_not_found_is_not_a_set_proven_absent():
    assert Found(None, -1, -1).proven
    assert not Found(None, -1, 5).proven


def test_no_action_at_all_is_an_answer_too():
    answer = simplify(Caseload.of({"birth": [1, 2]}), Version(), [])
    assert [(choice.size, choice.unlocked, choice.proven) for choice in answer.curve] == [(0, 0, True)]
    assert answer.outside == ()


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(exclude=(("drop:photo", "drop:x"),)), "there is no action drop:x; use one of"),
        (Limits(exclude=(("drop:photo", "drop:photo"),)), "cannot exclude itself"),
        (Limits(require=(("drop:photo", "drop:work"), ("drop:work", "drop:photo"))), "circular: drop:photo requires drop:work requires drop:photo"),
        (Limits(require=(("drop:photo", "drop:work"), ("drop:photo", "drop:police")), exclude=(("drop:work", "drop:police"),)), "can never be taken"),
        (Limits(most=-1), "most is -1"),
        (Limits(budget=-0.5), "budget is -0.5"),
        (Limits(floors=(Floor("sex", "woman", -1),)), "floor for sex woman is -1"),
        (Limits(floors=(Floor("sex", "woman", 5000),)), "no set within the limits has at least 5000 of sex woman unlocked"),
        (Limits(floors=(Floor("sex", "nobody", 1),)), "no sex is called nobody"),
    ],
)  # fmt: skip
def test_limits_nobody_could_keep_are_refused_by_name(limits, message):
    with pytest.raises((LimitsError, CaseloadError), match=message):
        simplify(*burned_registry(), limits)


def test_limits_about_groups_need_people_collapsed_with_them():
    with pytest.raises(LimitsError, match="collapse with these groups first"):
        solve(collapse(*burned_registry()), Limits(floors=(Floor("sex", "woman", 1),)))


def test_asking_for_less_than_the_limits_allow_is_refused():
    answer = simplify(*burned_registry(), Limits(floors=(Floor("home", "village", 300),)))
    assert answer.best(2).unlocked == 300
    with pytest.raises(LimitsError, match="no set of at most 1 actions"):
        answer.best(1)


@pytest.mark.parametrize("counted", [True, False])
def test_an_action_that_unlocks_nobody_is_taken_when_it_spares_those_a_condition_would_shut_out(counted):
    adult = Clause("age", Op.GE, 18)
    who = Requirement(key="who", lists=(frozenset({"birth"}),), condition=(adult,))
    fee = Requirement(key="fee", lists=(frozenset({"receipt"}),))
    papers = tuple(EvidenceType(key=key) for key in ("birth", "receipt", "witness"))
    version = Version(steps=(Step(key="apply", requirements=(who, fee)),), evidence_types=papers)
    # Five adults lack the receipt; three children lack the birth certificate nobody asks of them yet, and have a witness.
    people = Caseload.of(
        {"birth": [1] * 5 + [2] * 3, "receipt": [2] * 5 + [1] * 3, "witness": [0] * 5 + [1] * 3},
        {"age": Numbers.of([30] * 5 + [9] * 3)},
    )
    actions = [drop("fee"), widen("who", adult), accept("who", ["witness"])]
    limits = Limits(require=(("drop:fee", "widen:who:age ge 18"),), ceilings=(Ceiling("", "", 0),))
    with pytest.MonkeyPatch.context() as patch:
        if not counted:
            patch.setattr(solving, "ACTIONS", -1)
        answer = simplify(people, version, actions, limits)
    assert [(choice.unlocked, choice.newly_blocked) for choice in answer.curve] == [(0, 0), (0, 0), (0, 0), (5, 0)]
    assert answer.proven
    assert simplify(people, version, actions, Limits(require=limits.require)).best(2).newly_blocked == 3


def test_too_many_shortenings_of_one_list_are_refused():
    papers = [f"paper-{number}" for number in range(9)]
    asked = Requirement(key="who", lists=(frozenset(papers),))
    version = Version(
        steps=(Step(key="apply", requirements=(asked,)),), evidence_types=tuple(EvidenceType(key=key) for key in papers)
    )
    with pytest.raises(ActionError, match="give at most 8"):
        collapse(Caseload.of({"paper-0": [2]}), version, [shorten("who", papers, [paper]) for paper in papers])


def test_stopped_before_anything_was_found_says_so_and_not_that_there_is_nothing():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "ACTIONS", -1)
        with pytest.raises(LimitsError, match="give it more time"):
            simplify(*burned_registry(), Limits(most=3, floors=(Floor("home", "city", 600),)), until=lambda: True)
