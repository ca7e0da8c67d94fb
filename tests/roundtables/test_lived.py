"""What people went through stands beside what was worked out: measured, said, by outcome and by group, and nobody is found in it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from relais.cases.models import Case, Strain
from relais.kernel import clock
from relais.roundtables.burden_groups import mean_words
from relais.roundtables.burdens import Burdens
from relais.roundtables.lived import Lived
from relais.roundtables.replays import DraftReplay
from tests.cases.factories import CaseFactory, VisitFactory, known


def text(response):
    return " ".join(strip_tags(response.content.decode().replace("<", " <")).split())


@pytest.fixture
def came(place):
    """Bring someone whose case ended in October: how, after how many days, and how hard they found it."""

    def come(outcome="granted", sex="woman", days=40, minutes=(), score=None, version=None):
        at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
        case = known(CaseFactory(**at), sex=sex)
        ended = date(2026, 10, 20)
        Case.objects.filter(pk=case.pk).update(
            version=version or case.version,
            outcome=outcome,
            opened_on=ended - timedelta(days=days),
            closed_on=ended,
            closed_at=clock.now(),
            closed_by=case.companion,
        )
        for spent in minutes:
            VisitFactory(case=case, minutes=spent)
        if score:
            Strain.objects.create(case=case, outcome=outcome, told_on=ended, learning=score, effort=score, stress=score)
        return case

    return come


def test_how_long_it_took_who_gave_up_and_what_volunteers_gave_is_measured(place, draft, came, sign_in):
    for _each in range(15):
        came(days=40, minutes=(60, 30))
    for _each in range(10):
        came("gave_up", days=5)
    seen = text(sign_in(place.official).get(reverse("roundtables:burden", args=[draft.pk])))
    assert "Days until they got what they came for 40.0 10" in seen
    assert "Minutes volunteers spent beside each person 90.0 10" in seen
    assert "Gave up or were lost on the way 40 in 100 20" in seen
    assert "Nobody has gone through the draft yet" in seen


def test_how_hard_it_was_is_told_for_each_outcome_and_each_group(place, draft, came, sign_in):
    for sex, score in (("woman", 4), ("man", 2)):
        for _each in range(12):
            came(sex=sex, score=score)
    for _each in range(12):
        came("gave_up", score=5)
    seen = text(sign_in(place.official).get(reverse("roundtables:burden", args=[draft.pk])))
    assert "got what they came for 3.0 20" in seen
    assert "By sex: 2.0 more for “woman” than for “man”" in seen
    assert "gave up 5.0 10" in seen
    lived = Lived(DraftReplay(draft))
    assert lived.chart["rows"] == [["got what they came for", "3.0"], ["gave up", "5.0"]]
    (by_sex,) = lived.strain_groups
    assert by_sex[2] == [("man", ["2.0", "—"]), ("woman", ["4.0", "5.0"])]


def test_before_and_after_stand_side_by_side_once_people_went_through_the_draft(place, draft, came):
    for _each in range(12):
        came(score=4, days=60)
        came(score=2, days=30, version=draft)
    lived = Lived(DraftReplay(draft))
    assert lived.compares
    (days,) = [row for row in lived.rows if row.name.startswith("Days")]
    assert (days.today, days.draft, days.people, days.people_then) == ("60.0", "30.0", "10", "10")
    (told,) = lived.strains
    assert (told.today, told.draft) == ("4.0", "2.0")
    assert lived.chart["columns"] == ["When they were asked they", "Today", "With the draft"]


def test_few_people_are_hidden_and_so_is_a_share_that_counts_few(draft, came):
    for _each in range(20):
        came(score=3)
    came("gave_up", score=5)
    lived = Lived(DraftReplay(draft))
    assert {row.name: row.today for row in lived.rows}["Gave up or were lost on the way"] == "hidden"
    assert [row.today for row in lived.strains] == ["hidden", "hidden"]
    assert (lived.chart, lived.strain_groups) == (None, [])


def test_what_happened_this_month_waits_for_the_next(place, draft, came):
    case = came(score=5)
    Case.objects.filter(pk=case.pk).update(closed_on=date(2026, 11, 2))
    Strain.objects.update(told_on=date(2026, 11, 2))
    lived = Lived(DraftReplay(draft))
    assert (lived.rows, lived.strains, lived.compares) == ([], [], False)


def test_where_there_was_no_rule_before_there_is_nothing_to_compare(place):
    lived = Lived(DraftReplay(place.in_force))
    assert (lived.rows, lived.strains) == ([], [])


def test_each_group_has_its_own_means_and_a_small_one_is_hidden_with_another(place, draft):
    at = {"organisation": place.sairon, "programme": place.programme, "procedure": place.procedure}
    people = ["man"] * 24 + ["woman"] * 20 + ["other"] * 12 + [""] * 4
    for sex in people:
        papers = {"photo": 1, **({"two-witnesses": 1} if sex == "man" else {})}
        known(CaseFactory(**at, papers=papers), sex=sex)
    (by_sex,) = [each for each in Burdens(DraftReplay(draft)).groups if each.name == "By sex"]
    lines = dict(by_sex.lines)
    assert (lines["woman"][0].today, lines["woman"][0].draft) == ("5.0", "3.0")
    assert lines["other"][0].draft == lines["not known"][0].draft == "hidden"
    assert lines["man"][0].draft == "2.0"


def test_a_mean_is_rounded_not_cut():
    assert [mean_words(each) for each in (3.85, 3.84, 99.96, 1919.04)] == ["3.9", "3.8", "100.0", "1,919"]
