"""Whoever tries every tick, on every day, and subtracts, finds nobody."""

import random

import pytest

from relais.cases import services as cases
from relais.roundtables.forecast import rounded
from tests.cases.factories import CANNOT, HELD, CaseFactory, paper
from tests.roundtables.attack import Attack, asking
from tests.roundtables.test_studio import address, text

RULE = asking("certificate", "photo", "receipt")


def exactly(told):
    return told, 0


def as_told(told):
    return rounded(told), told.threshold - 1


def crowd(seed, many):
    """People of all kinds, some kinds of a few."""
    chance = random.Random(seed)
    kinds = [(*(chance.choice((0, 1, 1, 2)) for _paper in range(3)), sex) for sex in ("woman", "man") for _ in range(9)]
    return chance.choices(kinds, [chance.random() ** 3 for _kind in kinds], k=many)


@pytest.mark.parametrize(("seed", "many"), [(1, 150), (2, 300), (3, 80)])
def test_no_few_people_are_found_by_trying_every_set_of_ticks(seed, many):
    assert Attack(RULE, crowd(seed, many), as_told).found() == []


def test_without_rounding_the_same_attack_finds_them():
    assert Attack(RULE, crowd(1, 150), exactly).found() != []


def test_three_whom_only_two_papers_stop_together_are_not_found():
    people = [(2, 1, 1, "woman")] * 50 + [(1, 2, 1, "man")] * 60 + [(2, 2, 1, "woman")] * 3 + [(1, 1, 1, "man")] * 40
    assert ("stopped by", ("certificate", "photo"), "anyone") in Attack(RULE, people, exactly).found()
    assert Attack(RULE, people, as_told).found() == []


@pytest.fixture
def twelve(place):
    """Twelve people who cannot get a birth certificate and have two witnesses."""
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    stopped = {"photo": HELD, "birth-certificate": CANNOT, "two-witnesses": HELD}
    return [CaseFactory(**at, companion=place.companion, papers=stopped) for _number in range(12)]


def lose_photo(case):
    photo = paper(case.procedure, "photo")
    cases.set_evidence(case=case, evidence_type=photo, state=CANNOT, why="fee", by=case.companion)


@pytest.mark.parametrize("page", ["studio", "draft", "burden", "best"])
def test_one_person_who_changes_between_two_looks_changes_no_page(place, draft, twelve, sign_in, page):
    reader = sign_in(place.official)
    monday = text(reader.get(address(page, draft)))
    lose_photo(twelve[0])
    assert text(reader.get(address(page, draft))) == monday


def test_the_same_figures_are_read_through_the_interface(place, draft, twelve, sign_in):
    reader = sign_in(place.official)
    replay = f"/api/versions/{draft.pk}/replay"
    monday = reader.get(replay).json()
    assert monday["unlocked"]["least"] == 10
    for case in twelve[:9]:
        lose_photo(case)
    assert reader.get(replay).json() == monday
    lose_photo(twelve[9])
    assert reader.get(replay).json()["unlocked"]["least"] is None


def test_the_page_says_of_which_day_its_figures_are_and_when_they_move(place, draft, twelve, sign_in):
    reader = sign_in(place.official)
    for page in ("studio", "draft", "burden"):
        seen = text(reader.get(address(page, draft)))
        assert "Figures as of 15 November 2026, rounded down to a multiple of 10." in seen
        assert "They move when the situations of at least 10 people have changed." in seen
