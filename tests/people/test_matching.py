"""What speaks for two descriptions being of one person is weighed the same from either side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.people.matching import Frequencies, Likeness, Reason, compare, describe, liken

NOBODY = Frequencies()

words = st.sampled_from(
    [
        "Гулнора",
        "Рахимова",
        "Gulnora",
        "Rahimova",
        "غولنورا",
        "رحيموفا",
        "Mohamed",
        "Ahmed",
        "Ali",
        "Саидов",
        "Saidova",
        "Юсуф",
        "Zarina",
        "Nkechi",
        "王小明",
    ]
)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)
years = st.none() | st.integers(1930, 2020)
descriptions = st.builds(
    lambda name, year, approximate, sex, place: describe(
        name, birth_year=year, year_is_approximate=approximate, sex=sex, place=place
    ),
    names,
    years,
    st.booleans(),
    st.sampled_from(["", "woman", "man"]),
    st.sampled_from(["", "KG-C", "KG-B"]),
)


@given(descriptions, descriptions)
def test_the_weight_is_the_same_from_either_side(one, other):
    here, there = compare(one, other, NOBODY), compare(other, one, NOBODY)
    assert here.weight == pytest.approx(there.weight)
    assert set(here.reasons) == set(there.reasons)


@given(descriptions)
def test_a_description_resembles_itself_more_than_nothing(one):
    assert compare(one, one, NOBODY).weight > 0


@given(
    st.lists(words, min_size=1, max_size=4, unique=True).flatmap(lambda w: st.tuples(st.just(w), st.permutations(w)))
)
def test_the_order_of_the_words_does_not_matter(orders):
    said, written = (describe(" ".join(order)) for order in orders)
    assert compare(said, written, NOBODY).weight == pytest.approx(compare(said, said, NOBODY).weight)


@given(words, words)
def test_likeness_is_mutual(one, other):
    for x in describe(one).words:
        for y in describe(other).words:
            assert liken(x, y) == liken(y, x)


@pytest.mark.parametrize("other", ["Gulnora Rahimova", "Rakhimova Gulnara", "غولنورا رحيموفا", "РАХИМОВА ГУЛНОРА"])
def test_a_woman_is_recognised_in_three_scripts(other):
    comparison = compare(describe("Рахимова Гулнора"), describe(other), NOBODY)
    assert comparison.weight > 8
    assert Reason.OTHER_NAME not in comparison.reasons


def test_mohamed_is_not_ahmed():
    assert liken("mohamed", "ahmed") is Likeness.DIFFERENT
    assert liken("mhmd", "ahmed") is Likeness.DIFFERENT


def test_a_rare_name_that_agrees_says_more_than_a_common_one():
    common = Frequencies()
    for _ in range(300):
        common.count(["muhammad"])
    common.count(["zulaykho"])
    rare = compare(describe("Зулайхо"), describe("Зулайхо"), common).weight
    assert rare > compare(describe("Muhammad"), describe("Muhammad"), common).weight + 5


def test_what_is_missing_says_nothing():
    known = describe("Gulnora Rahimova", birth_year=1984, sex="woman", place="KG-C")
    bare = describe("Gulnora Rahimova")
    assert compare(known, bare, NOBODY) == compare(bare, bare, NOBODY)


def test_a_year_said_to_be_approximate_forgives_five():
    exact = describe("Gulnora", birth_year=1984)
    about = describe("Gulnora", birth_year=1980, year_is_approximate=True)
    assert Reason.NEAR_YEAR in compare(exact, about, NOBODY).reasons
    assert Reason.OTHER_YEAR in compare(exact, describe("Gulnora", birth_year=1980), NOBODY).reasons


def test_another_sex_or_year_speaks_against():
    one = describe("Gulnora Rahimova", birth_year=1984, sex="woman")
    other = describe("Gulnora Rahimova", birth_year=1999, sex="man")
    assert compare(one, other, NOBODY).weight < compare(describe("Gulnora Rahimova"), one, NOBODY).weight - 8


def test_a_second_name_is_enough_to_be_recognised():
    one = describe("Gulnora Rahimova", "Guli apa")
    assert Reason.SAME_NAME in compare(one, describe("Guli apa"), NOBODY).reasons


def test_the_more_people_there_are_the_more_evidence_a_pair_needs():
    comparison = compare(describe("Gulnora Rahimova"), describe("Gulnora Rahimova"), NOBODY)
    assert comparison.probability(100) > comparison.probability(1_000_000)
