"""How often something was heard, and how many people it stops, compared to the period before."""

from datetime import date

import pytest

from relais.barriers.models import Barrier, BarrierGroup
from relais.barriers.proposing import propose
from relais.barriers.rules import last_days
from relais.kernel.periods import Period
from relais.procedures.models import Requirement, Step
from relais.procedures.services import draft_version
from tests.barriers.factories import BarrierFactory, BarrierGroupFactory
from tests.procedures.factories import make_procedure

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))


@pytest.fixture
def hear(programme, sairon, amina):
    def barrier(headline="No birth certificate", month=11, **more):
        told = {"programme": programme, "organisation": sairon, "author": amina, "headline": headline}
        return BarrierFactory(**told | {"observed_on": date(2026, month, 15)} | more)

    return barrier


def counted(by):
    counts = Barrier.objects.counted_by(by, NOVEMBER, OCTOBER)
    return {count.label: (count.people, count.people_before, count.reports, count.reports_before) for count in counts}


def test_what_stops_most_people_comes_first_beside_the_period_before(hear):
    hear(people_count=3)
    hear(people_count=35)
    hear(month=10, people_count=8)
    hear("The fee is too high", people_count=2)
    counts = Barrier.objects.counted_by("headline", NOVEMBER, OCTOBER)
    assert [(count.label, count.people, count.people_before, count.rise) for count in counts] == [
        ("No birth certificate", 38, 8, 30),
        ("The fee is too high", 2, 0, 2),
    ]


def test_a_late_entry_counts_when_it_happened(hear):
    hear(month=10)
    assert counted("headline") == {"No birth certificate": (0, 1, 0, 1)}


def test_what_nobody_stands_behind_does_not_count(hear):
    hear(waiting=True)
    assert counted("headline") == {}


def test_what_is_older_than_both_periods_does_not_count(hear):
    hear(month=8)
    assert counted("headline") == {}


def test_a_group_counts_as_one_under_its_headline(hear, programme):
    group = BarrierGroupFactory(programme=programme, headline="Birth certificates")
    hear(group=group, people_count=2)
    hear("certificat de naissance brûlé", group=group, people_count=5)
    assert counted("headline") == {"Birth certificates": (7, 0, 2, 0)}
    assert Barrier.objects.saying_like(group.pk, "").count() == 2


def test_the_same_words_without_a_group_are_found_together(hear):
    hear()
    hear("NO BIRTH CERTIFICATE")
    assert Barrier.objects.saying_like(None, "no birth certificate").count() == 2


def test_kinds_and_places_are_counted_in_words(hear, village):
    hear(kind="fee", territory=village)
    hear(kind="fee")
    assert counted("kind") == {"the cost": (2, 0, 2, 0)}
    assert counted("territory") == {"Small village": (1, 0, 1, 0)}


def test_a_requirement_counts_across_versions_of_its_procedure(hear, programme, passport_office, dana):
    procedure = make_procedure(programme, passport_office)
    draft = draft_version(procedure=procedure, by=dana, names={"en": "Two witnesses"})
    for version in (procedure.versions.exclude(pk=draft.pk).get(), draft):
        birth = Requirement.objects.get(step__version=version, key="birth")
        hear(procedure=procedure, step=birth.step, requirement=birth, people_count=4)
    hear("Not about a requirement")
    assert counted("requirement") == {"Where and when you were born": (8, 0, 2, 0)}
    assert counted("step") == {"Hand in the file": (8, 0, 2, 0)}
    assert Step.objects.filter(key="apply").count() == 2


@pytest.mark.parametrize("by", ["headline", "kind", "territory", "requirement", "step"])
def test_counting_asks_at_most_two_questions(hear, by, django_assert_max_num_queries):
    for number in range(5):
        hear(f"Headline {number}")
    with django_assert_max_num_queries(2):
        Barrier.objects.counted_by(by, NOVEMBER, OCTOBER)


def test_headlines_heard_before_are_proposed_for_the_same_kind(hear):
    hear("The fee is a week of food", kind="fee", people_count=9)
    hear("500 soms", kind="fee")
    hear("Elsewhere", kind="distance")
    assert Barrier.objects.usual_headlines("fee", None) == ["The fee is a week of food", "500 soms"]


def test_the_sentence_above_the_list_filters_it(hear, at):
    at("2026-11-20 09:00")
    fee = hear("The fee is too high", kind="fee")
    hear(month=8)
    today = date(2026, 11, 20)
    assert list(Barrier.objects.chosen(today, kind="fee")) == [fee]
    assert list(Barrier.objects.chosen(today, days=30, sort="barrier", state="heard")) == [fee]
    assert list(Barrier.objects.chosen(today, said="the FEE is too high")) == [fee]
    assert Barrier.objects.chosen(today).count() == 2


def test_the_last_days_include_today():
    this, before = last_days(90, date(2026, 11, 22))
    assert date(2026, 11, 22) in this
    assert before.end == this.start


def test_what_sounds_alike_is_proposed_within_a_programme(hear):
    one, other = hear("Birth certificate burned", people_count=4), hear("birth certificat burned")
    BarrierFactory(headline="Birth certificate burned")
    [proposal] = propose(Barrier.objects.filter(programme=one.programme))
    assert (set(proposal.barriers), proposal.group, proposal.people) == ({one.pk, other.pk}, None, 5)
    assert len(propose(Barrier.objects.all())) == 1, "the same words in another programme are another matter"


def test_one_more_barrier_is_proposed_to_the_group_it_sounds_like(hear, programme):
    group = BarrierGroupFactory(programme=programme, headline="Birth certificate burned")
    hear("Birth certificate burned", group=group)
    loose = hear("birth certificat burned")
    [proposal] = propose(Barrier.objects.all())
    assert (proposal.group, proposal.barriers) == (group.pk, (loose.pk,))


def test_groups_are_listed_with_what_they_hold(hear, programme):
    group = BarrierGroupFactory(programme=programme)
    hear(group=group, people_count=4)
    counted_group = BarrierGroup.objects.with_counts().get()
    assert (counted_group.reports, counted_group.people) == (1, 4)


def test_what_is_said_in_the_very_same_words_needs_no_proposal(hear):
    hear("Birth certificate burned")
    hear("Birth certificate burned")
    assert propose(Barrier.objects.all()) == []
