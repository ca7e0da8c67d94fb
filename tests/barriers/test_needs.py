"""Needs assessments: proposing, scoring with reasons, and agreeing on weights by both sides."""

from datetime import date
from uuid import uuid4

import pytest

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.barriers.models import Candidate, Score
from relais.barriers.services import agree_weights, finish_candidate, propose_candidate, score_candidate, set_weights
from relais.journal.models import Entry
from relais.kernel.refusals import Conflict, Refusal
from tests.barriers.factories import CandidateFactory, CriterionFactory, NeedsAssessmentFactory
from tests.organisations.factories import member
from tests.places.factories import TerritoryFactory


@pytest.fixture
def assessment(programme):
    return NeedsAssessmentFactory(programme=programme)


@pytest.fixture
def roof(assessment):
    return CriterionFactory(assessment=assessment, key="roof", weight=3)


@pytest.fixture
def winter(assessment):
    return CriterionFactory(assessment=assessment, key="winter", weight=1)


@pytest.fixture
def shelter(assessment, sairon):
    return CandidateFactory(assessment=assessment, organisation=sairon)


def test_both_sides_agree_each_for_itself(assessment, dana, officer):
    agreed = agree_weights(assessment=assessment, by=dana)
    assert (agreed.agreed_by_volunteers, agreed.agreed_by_authority) == (dana, None)
    agreed = agree_weights(assessment=assessment, by=officer)
    assert (agreed.agreed_by_volunteers, agreed.agreed_by_authority) == (dana, officer)
    assert agreed.is_agreed


def test_changing_a_weight_clears_both_agreements(assessment, roof, winter, dana, officer):
    agree_weights(assessment=assessment, by=dana)
    agree_weights(assessment=assessment, by=officer)
    changed = set_weights(assessment=assessment, weights={"roof": 5, "winter": 1}, by=officer)
    assert not changed.is_agreed
    assert (changed.agreed_by_volunteers_at, changed.agreed_by_authority_at) == (None, None)
    roof.refresh_from_db()
    assert roof.weight == 5
    assert Entry.objects.get(verb="needs.weighted").detail == {"was": {"roof": 3}, "now": {"roof": 5}}


def test_setting_the_same_weights_keeps_the_agreement(assessment, roof, dana):
    agree_weights(assessment=assessment, by=dana)
    assert set_weights(assessment=assessment, weights={"roof": 3}, by=dana).agreed_by_volunteers == dana


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ({"floor": 1}, "no criterion"),
        ({"roof": 101}, "between"),
        ({"roof": -1}, "between"),
        ({"roof": 0}, "must count"),
    ],
)
def test_weights_that_cannot_be_are_refused(assessment, roof, dana, weights, reason):
    with pytest.raises(Refusal, match=reason):
        set_weights(assessment=assessment, weights=weights, by=dana)


def test_companions_neither_weigh_nor_agree(assessment, roof, amina):
    with pytest.raises(OutOfReach):
        set_weights(assessment=assessment, weights={"roof": 1}, by=amina)
    with pytest.raises(OutOfReach):
        agree_weights(assessment=assessment, by=amina)


def propose(assessment, sairon, amina, **more):
    told = {"label": "Shelter 14", "territory": TerritoryFactory(), "people_count": 6} | more
    return propose_candidate(assessment=assessment, organisation=sairon, by=amina, **told)


def test_a_companion_proposes_what_to_rank(assessment, sairon, amina):
    assert propose(assessment, sairon, amina).proposed_by == amina


@pytest.mark.parametrize("label", ["", "House of Gulnora Rahimova", "12 Lenin street"])
def test_a_label_names_nobody(assessment, sairon, amina, label):
    with pytest.raises(Refusal, match="names nobody"):
        propose(assessment, sairon, amina, label=label)


def test_the_same_label_is_on_the_list_once(assessment, sairon, amina):
    propose(assessment, sairon, amina)
    with pytest.raises(Refusal, match="already on the list"):
        propose(assessment, sairon, amina)


def test_the_same_proposal_sent_twice_is_one(assessment, sairon, amina):
    sent = uuid4()
    assert propose(assessment, sairon, amina, id=sent) == propose(assessment, sairon, amina, id=sent)
    with pytest.raises(Conflict):
        propose(assessment, sairon, amina, id=sent, people_count=7)
    assert Candidate.objects.count() == 1


def test_nobody_proposes_for_another_organisation(assessment, neighbours, amina):
    with pytest.raises(OutOfReach):
        propose(assessment, neighbours, amina)


def test_each_score_is_explained(shelter, roof, winter, amina):
    score_candidate(
        candidate=shelter,
        scores={roof: (4, "No roof over one room."), winter: (2, "One stove.")},
        by=amina,
        scored_on=date(2026, 10, 1),
    )
    assert set(Score.objects.values_list("criterion__key", "value", "because")) == {
        ("roof", 4, "No roof over one room."),
        ("winter", 2, "One stove."),
    }


def test_a_later_look_replaces_an_earlier_one(shelter, roof, amina, bo):
    score_candidate(candidate=shelter, scores={roof: (4, "No roof.")}, by=amina)
    score_candidate(candidate=shelter, scores={roof: (1, "Mended in October.")}, by=bo)
    assert Score.objects.get().value == 1
    assert [line.detail["scores"] for line in Entry.objects.filter(verb="needs.scored").order_by("number")] == [
        {"roof": 4},
        {"roof": 1},
    ]


@pytest.mark.parametrize(
    ("value", "because", "reason"),
    [
        (5, "Very bad.", "between 0 and 4"),
        (2, " ", "each score is explained"),
        (2, "Ask 0700 123456", "could be known"),
    ],
)
def test_scores_that_cannot_be_are_refused(shelter, roof, amina, value, because, reason):
    with pytest.raises(Refusal, match=reason):
        score_candidate(candidate=shelter, scores={roof: (value, because)}, by=amina)


def test_a_criterion_of_another_assessment_is_refused(shelter, amina):
    with pytest.raises(Refusal, match="another assessment"):
        score_candidate(candidate=shelter, scores={CriterionFactory(): (2, "Leaks.")}, by=amina)


def test_an_authority_does_not_score_what_it_has_not_seen(shelter, roof, officer, neighbours):
    for who in (officer, member(Role.COMPANION, neighbours)):
        with pytest.raises(OutOfReach):
            score_candidate(candidate=shelter, scores={roof: (2, "Leaks.")}, by=who)


def test_what_is_done_leaves_the_list(shelter, amina, at):
    at("2026-11-20 09:00")
    finish_candidate(candidate=shelter, done_on=date(2026, 11, 19), by=amina)
    assert not Candidate.objects.still_to_do().exists()
    assert list(Candidate.objects.done_since(date(2026, 11, 1))) == [shelter]


def test_nothing_is_done_tomorrow(shelter, amina, at):
    at("2026-11-20 09:00")
    with pytest.raises(Refusal, match="has not come yet"):
        finish_candidate(candidate=shelter, done_on=date(2026, 11, 22), by=amina)
