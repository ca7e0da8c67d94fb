"""What a draft takes of people stands beside what is taken today, with its source, and nobody is found in it."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from relais.procedures.vector import Figure, Measure, Source
from relais.roundtables.burdens import Burdens
from relais.roundtables.replays import DraftReplay
from tests.cases.factories import CaseFactory, known


def text(response):
    return " ".join(strip_tags(response.content.decode().replace("<", " <")).split())


@pytest.fixture
def people(place):
    """Twelve who could get either proof of their birth, eleven of them women; one whom both rules stop."""
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    for number in range(12):
        known(CaseFactory(**at, papers={"photo": 1}), sex="woman" if number else "man")
    CaseFactory(**at, papers={"photo": 2})


def test_two_witnesses_spare_people_journeys_and_days(place, draft, people, sign_in):
    seen = text(sign_in(place.official).get(reverse("roundtables:burden", args=[draft.pk])))
    assert "Visits 5.0 3.0" in seen
    assert "Days of waiting 150 90.0" in seen
    assert "Over at least 10 people" in seen
    assert "worked out" in seen


def test_each_requirement_says_its_cheapest_and_its_dearest_way(draft, people):
    birth = Burdens(DraftReplay(draft)).asked[0]
    assert "1 visit" in birth.cheapest
    assert "3 visits" in birth.dearest
    assert birth.learning == 3


def test_a_mean_over_few_people_is_hidden_and_one_nobody_has_is_a_dash(draft, people):
    burdens = Burdens(DraftReplay(draft))
    few = Figure(3.0, Source.REPORTED, 4, 1, 5)
    assert burdens._row(Measure.STRAIN, None, few).draft == "hidden"
    assert burdens._row(Measure.STRAIN, None, few).today == "—"
    assert burdens._row(Measure.STRAIN, None, few).gap == "—"


def test_the_largest_gap_names_both_groups(place, draft, people):
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    for _number in range(12):
        known(CaseFactory(**at, papers={"photo": 1, "two-witnesses": 1}), sex="man")
    visits = next(row for row in Burdens(DraftReplay(draft)).rows if row.name == "Visits")
    assert "more for “woman” than for “man”" in visits.gap


def test_where_nobody_is_on_their_way_the_page_says_so(place, draft, sign_in):
    assert "Nobody is on their way yet" in text(
        sign_in(place.official).get(reverse("roundtables:burden", args=[draft.pk]))
    )
    assert Burdens(DraftReplay(draft)).people == 0


def test_a_stranger_reads_no_burden(place, draft, sign_in):
    assert sign_in(place.stranger).get(reverse("roundtables:burden", args=[draft.pk])).status_code == 404
