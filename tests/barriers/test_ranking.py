"""Ranking what to do first, with every part explained."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.barriers.ranking import FIRST, _first_few, first_few, rank, sensitivity

CRITERIA = ["roof", "people", "winter", "access"]
WEIGHTS = st.fixed_dictionaries({key: st.integers(0, 10) for key in CRITERIA}).filter(lambda given: any(given.values()))
SCORES = st.dictionaries(
    st.integers(0, 30), st.dictionaries(st.sampled_from(CRITERIA), st.integers(0, 4)), min_size=1, max_size=12
)


def test_the_heavier_criterion_counts_more():
    places = rank({"A": {"roof": 4, "people": 0}, "B": {"roof": 0, "people": 4}}, {"roof": 3, "people": 1})
    assert [(place.id, place.position, place.low) for place in places] == [("A", 1, 75), ("B", 2, 25)]


def test_each_part_says_what_it_adds():
    [place] = rank({"A": {"roof": 3, "people": 1}}, {"roof": 3, "people": 1})
    assert [(part.criterion, part.score, part.points, part.most) for part in place.parts] == [
        ("roof", 3, Fraction(225, 4), 75),
        ("people", 1, Fraction(25, 4), 25),
    ]


def test_equal_results_share_a_place_and_leave_the_next_free():
    places = rank({id: {"roof": score} for id, score in {"A": 4, "B": 4, "C": 1}.items()}, {"roof": 1})
    assert [(place.id, place.position) for place in places] == [("A", 1), ("B", 1), ("C", 3)]


def test_thirds_are_equal_to_thirds():
    places = rank({"A": {"a": 4, "b": 0, "c": 0}, "B": {"a": 0, "b": 0, "c": 4}}, {"a": 1, "b": 1, "c": 1})
    assert {place.position for place in places} == {1}


def test_what_nobody_scored_is_unknown_and_not_zero():
    [place] = rank({"A": {"roof": 4}}, {"roof": 1, "people": 1})
    assert (place.low, place.high, place.is_known) == (50, 100, False)


def test_a_criterion_of_no_weight_needs_no_score():
    [place] = rank({"A": {"roof": 4}}, {"roof": 1, "people": 0})
    assert place.is_known


@pytest.mark.parametrize("weights", [{}, {"roof": 0}, {"roof": -1, "people": 3}])
def test_weights_that_weigh_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="weight"):
        rank({"A": {"roof": 1}}, weights)


def test_a_score_outside_the_scale_is_refused():
    with pytest.raises(ValueError, match="between 0 and 4"):
        rank({"A": {"roof": 5}}, {"roof": 1})


def test_a_ranking_that_no_single_weight_turns_is_called_firm():
    assert sensitivity({id: {"roof": 4 - id, "people": 4 - id} for id in range(4)}, {"roof": 1, "people": 3}, 2) == ()


def test_the_nearest_weight_that_turns_the_first_places_is_told():
    scores = {"A": {"roof": 4, "people": 1}, "B": {"roof": 1, "people": 3}}
    [people, roof] = sensitivity(scores, {"roof": 2, "people": 1}, first=1)
    assert (people.weight, people.instead, people.enters) == (1, 3, ("B",))
    assert (roof.weight, roof.instead, roof.leaves) == (2, 0, ("A",))


@given(SCORES, WEIGHTS)
def test_results_lie_on_the_scale_and_fall_from_place_to_place(scores, weights):
    places = rank(scores, weights)
    assert {place.id for place in places} == set(scores)
    assert all(0 <= place.low <= place.high <= 100 for place in places)
    assert [place.low for place in places] == sorted((place.low for place in places), reverse=True)
    for place in places:
        assert place.position == 1 + sum(other.low > place.low for other in places)
        assert place.low == sum(part.points for part in place.parts)
        assert sum(part.most for part in place.parts) == 100


@given(SCORES, WEIGHTS, st.integers(2, 5))
def test_weights_count_by_their_proportion_only(scores, weights, times):
    more = {key: weight * times for key, weight in weights.items()}
    assert [(p.id, p.position, p.low) for p in rank(scores, weights)] == [
        (p.id, p.position, p.low) for p in rank(scores, more)
    ]


@given(SCORES, WEIGHTS, st.sampled_from(CRITERIA))
def test_a_higher_score_never_lowers_a_place(scores, weights, criterion):
    someone = next(iter(scores))
    before = {place.id: place.position for place in rank(scores, weights)}[someone]
    better = {**scores, someone: {**scores[someone], criterion: 4}}
    assert {place.id: place.position for place in rank(better, weights)}[someone] <= before


@given(SCORES, WEIGHTS)
def test_every_change_told_really_changes_the_first_few(scores, weights):
    now = first_few(rank(scores, weights), FIRST)
    for change in sensitivity(scores, weights):
        then = first_few(rank(scores, {**weights, change.criterion: change.instead}), FIRST)
        assert (set(change.enters), set(change.leaves)) == (then - now, now - then)
        assert then != now


@given(SCORES, WEIGHTS, st.integers(1, 6))
def test_the_quick_way_to_the_first_few_is_the_exact_one(scores, weights, first):
    assert _first_few(scores, weights, first) == first_few(rank(scores, weights), first)
