"""Proposing headlines that say nearly the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.barriers.clustering import Said, propose_groups, turning_words


def groups(*headlines):
    """Gather headlines, the first the most heard."""
    said = [Said(number, headline, 100 - number) for number, headline in enumerate(headlines)]
    return [proposal.ids for proposal in propose_groups(said)]


def test_spelling_order_and_small_words_do_not_part_headlines():
    assert groups("The birth certificate burned", "burned birth certificat", "Birth certificate, burned!") == [
        (0, 1, 2)
    ]


def test_the_same_words_in_another_script_are_near():
    assert groups("Справка не выдаётся", "spravka ne vydayotsya") == [(0, 1)]


def test_the_most_heard_headline_leads():
    [proposal] = propose_groups(
        [Said("few", "Birth certificat burned", 2), Said("many", "Birth certificate burned", 9)]
    )
    assert (proposal.headline, proposal.ids, proposal.people) == ("Birth certificate burned", ("many", "few"), 11)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The office asks a fee", "The office asks no fee"),
        ("Справку дают", "Справку не дают"),
        ("Le guichet est ouvert", "Le guichet n'est pas ouvert"),
        ("يعطون الشهادة", "لا يعطون الشهادة"),
        ("Closed after 12", "Closed after 16"),
        ("The fee is too high", "The office is too far"),
    ],
)
def test_what_says_something_else_is_never_proposed(one, other):
    assert groups(one, other) == []


def test_no_chain_of_small_differences_joins_what_differs():
    """A is near B and B near C, but A is not near C: only what is near the leader gathers."""
    proposals = propose_groups([Said("b", "certificate birth old", 9), Said("a", "certificate birth", 5)])
    for proposal in proposals:
        assert proposal.likeness >= 82


def test_one_headline_alone_is_no_proposal():
    assert groups("The fee is too high") == []
    assert groups() == []


def test_headlines_without_words_are_left_alone():
    assert groups("???", "!!!") == []


HEADLINES = st.lists(
    st.sampled_from(
        ["Birth certificate burned", "birth certificat burned", "No birth certificate", "Fee too high", "fees too high",
         "Справка сгорела", "spravka sgorela", "12", "", "شهادة الميلاد احترقت"]
    ),
    max_size=12,
)  # fmt: skip


@given(HEADLINES)
def test_each_headline_is_in_one_proposal_at_most_and_never_alone(headlines):
    proposals = propose_groups(Said(number, headline) for number, headline in enumerate(headlines))
    ids = [id for proposal in proposals for id in proposal.ids]
    assert len(ids) == len(set(ids))
    assert all(len(proposal.ids) > 1 for proposal in proposals)
    for proposal in proposals:
        assert len({turning_words(headlines[id]) for id in proposal.ids}) == 1


@given(HEADLINES, st.randoms())
def test_the_order_in_which_they_come_changes_nothing(headlines, chance):
    said = [Said(number, headline) for number, headline in enumerate(headlines)]
    mixed = said.copy()
    chance.shuffle(mixed)
    assert propose_groups(said) == propose_groups(mixed)
