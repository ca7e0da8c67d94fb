"""What the table should talk about, and why; kept, left out, added and put in order."""

from datetime import date, timedelta

import pytest

from relais.access.lock import OutOfReach
from relais.kernel.refusals import Refusal
from relais.roundtables import services
from relais.roundtables.models import AgendaItem, Consultation
from relais.roundtables.sentences import title_of, why
from tests.barriers.factories import BarrierFactory, BarrierGroupFactory
from tests.cases.factories import DossierFactory
from tests.places.factories import TerritoryFactory
from tests.roundtables.factories import (
    AgendaItemFactory,
    CommitmentFactory,
    ConsultationAnswerFactory,
    ConsultationFactory,
    MeetingFactory,
    SeriesFactory,
)

TODAY = date(2026, 11, 15)


@pytest.fixture
def coming(place):
    return MeetingFactory(programme=place.programme, organisation=place.sairon)


def heard(place, days_ago=5, **more):
    values = {"people_count": 1, "shared": True, "organisation": place.sairon, **more}
    return BarrierFactory(programme=place.programme, observed_on=TODAY - timedelta(days=days_ago), **values)


def proposed(place, coming):
    return services.propose_agenda(meeting=coming, by=place.coordinator)


def test_what_stops_most_people_comes_first_with_its_figure_and_the_year_before(place, coming):
    heard(place, headline="No birth certificate", people_count=38)
    heard(place, days_ago=400, headline="No birth certificate", people_count=12)
    heard(place, headline="The fee", people_count=3)
    items = proposed(place, coming)
    assert title_of(items[0]) == "No birth certificate"
    assert why(items[0]) == "It stopped 38 people in the last twelve months, 12 in the twelve months before."
    assert [title_of(item) for item in items] == ["No birth certificate", "The fee"], "what rises is already there"


def test_what_was_grouped_counts_together(place, coming):
    group = BarrierGroupFactory(programme=place.programme, headline="No birth certificate")
    for words in ("Archive burnt", "No certificate"):
        heard(place, headline=words, people_count=10, group=group)
    first = proposed(place, coming)[0]
    assert (first.barrier_group, first.figure, title_of(first)) == (group, 20, "No birth certificate")


def test_what_rises_fastest_is_proposed_even_if_others_stop_more(place, coming):
    for headline in ("One", "Two", "Three"):
        heard(place, days_ago=100, headline=headline, people_count=50)
    heard(place, days_ago=2, headline="New form", people_count=9)
    item = next(item for item in proposed(place, coming) if item.reason == "rising")
    assert why(item) == "It stopped 9 people in the last 30 days, 0 in the 30 days before: it rises."


def test_what_the_procedure_asks_is_proposed_under_its_name(place, coming):
    birth = place.in_force.steps.get(key="apply").requirements.get(key="birth")
    heard(place, procedure=place.procedure, requirement=birth, people_count=5)
    item = next(item for item in proposed(place, coming) if item.requirement)
    assert title_of(item) == "What the procedure asks: Where and when you were born"
    assert item.figure == 5


def test_what_was_not_shared_or_was_settled_or_is_an_idea_is_not_on_the_agenda(place, coming):
    BarrierFactory(programme=place.programme, organisation=place.sairon, observed_on=TODAY)
    heard(place, state="solved")
    heard(place, sort="idea")
    BarrierFactory(shared=True, observed_on=TODAY)
    assert proposed(place, coming) == []


def test_a_table_of_a_district_speaks_of_its_district(place):
    chui, osh = TerritoryFactory(code="KG-C"), TerritoryFactory(code="KG-O")
    series = SeriesFactory(programme=place.programme, organisation=place.sairon, territory=chui)
    table = MeetingFactory(programme=place.programme, organisation=place.sairon, series=series)
    heard(place, headline="Here", territory=chui)
    heard(place, headline="There", territory=osh)
    assert [item.title for item in proposed(place, table)] == ["Here"]


def test_a_late_promise_a_draft_and_answers_are_proposed_with_their_figures(place, coming, draft):
    CommitmentFactory(meeting=coming, due_on=TODAY - timedelta(days=9), what="Print the form")
    asked = ConsultationFactory(programme=place.programme, closes_on=TODAY - timedelta(days=1))
    ConsultationAnswerFactory(consultation=asked, people_count=12)
    ConsultationAnswerFactory(consultation=asked, people_count=3, choice="worried")
    items = {item.reason: item for item in proposed(place, coming)}
    assert why(items["overdue"]) == "Promised, and 9 days late."
    assert title_of(items["overdue"]) == "Print the form"
    assert why(items["consulted"]) == "15 people answered: it would help 12, worries 3, would not help 0."
    assert title_of(items["consulted"]) == asked.question
    assert title_of(items["draft"]) == "Draft 2: Two witnesses"
    assert why(items["draft"]).startswith(
        "Replayed on 0 people: it would let through nobody, and newly shut out nobody"
    )


def test_a_draft_says_when_a_few_would_be_shut_out():
    item = AgendaItem(
        reason="draft", figure=None, compared_to=0, detail={"people": 90, "unlocked_some": True, "harm": True}
    )
    assert why(item) == (
        "Replayed on 90 people: it would let through some (hidden), and newly shut out nobody for certain, perhaps some."
    )


def came_back(place, count):
    for _number in range(count):
        dossier = DossierFactory(case__organisation=place.sairon, case__programme=place.programme)
        dossier.state, dossier.reason = "returned", "unreadable"
        dossier.decided_on, dossier.decided_at, dossier.decided_by = TODAY, dossier.batch.handed_at, place.official
        dossier.save()


def test_when_few_dossiers_came_back_the_agenda_does_not_say_how_many(place, coming):
    came_back(place, 3)
    item = next(item for item in proposed(place, coming) if item.reason == "returns")
    assert (item.figure, item.detail) == (None, {"reasons": {"unreadable": None}})
    assert "how many is hidden" in why(item)


def test_dossiers_that_came_back_are_proposed_with_the_reason_given_most(place, coming):
    came_back(place, 10)
    item = next(item for item in proposed(place, coming) if item.reason == "returns")
    assert title_of(item) == "Dossiers that came back"
    assert why(item) == (
        "10 dossiers came back in the last 30 days, 0 in the 30 days before; mostly: a proof cannot be read."
    )
    item.detail = {"reasons": {"unreadable": None}}
    assert why(item) == "10 dossiers came back in the last 30 days, 0 in the 30 days before."


def test_proposing_again_renews_the_figures_and_brings_nothing_back(place, coming):
    heard(place, headline="The fee", people_count=3)
    (item,) = proposed(place, coming)
    services.drop_agenda_item(item=item, by=place.official)
    heard(place, headline="The fee", people_count=4)
    (again,) = proposed(place, coming)
    assert (again.pk, again.figure, again.kept) == (item.pk, 7, False)
    assert services.keep_agenda_item(item=again, by=place.official).kept


def test_who_prepares_and_who_is_invited_put_things_on_the_agenda(place, meeting, coming):
    added = services.add_agenda_item(meeting=coming, title="Opening hours", by=place.coordinator)
    assert (title_of(added), why(added)) == ("Opening hours", "added by a participant")
    with pytest.raises(OutOfReach):
        services.add_agenda_item(meeting=coming, title="Mine", by=place.companion)
    services.invite(meeting=coming, users=[place.companion], by=place.coordinator)
    services.add_agenda_item(meeting=coming, title="Mine", by=place.companion)
    with pytest.raises(Refusal, match="what you want to talk about"):
        services.add_agenda_item(meeting=coming, title=" ", by=place.companion)


def test_a_barrier_or_a_draft_is_put_on_the_agenda_once(place, coming, draft):
    barrier = heard(place)
    first = services.add_agenda_item(meeting=coming, barrier=barrier, by=place.coordinator)
    services.drop_agenda_item(item=first, by=place.coordinator)
    again = services.add_agenda_item(meeting=coming, barrier=barrier, by=place.coordinator)
    assert (first.pk, again.kept) == (again.pk, True)
    services.add_agenda_item(meeting=coming, version=draft, by=place.coordinator)
    services.add_agenda_item(meeting=coming, version=draft, by=place.official)
    assert coming.agenda.count() == 2


def test_the_agenda_is_put_in_order(place, coming):
    one, two, three = (AgendaItemFactory(meeting=coming, position=n) for n in (1, 2, 3))
    services.reorder_agenda(meeting=coming, order=[three.pk, one.pk], by=place.coordinator)
    assert list(coming.agenda.order_by("position")) == [three, one, two]
    services.raise_agenda_item(item=two, by=place.official)
    assert list(coming.agenda.order_by("position")) == [three, two, one]
    services.raise_agenda_item(item=three, by=place.official, up=False)
    assert list(coming.agenda.order_by("position")) == [two, three, one]


def test_the_agenda_of_a_table_that_was_held_is_closed(place, coming):
    coming.state = "held"
    coming.save()
    for deed in (
        lambda: proposed(place, coming),
        lambda: services.add_agenda_item(meeting=coming, title="Late", by=place.coordinator),
    ):
        with pytest.raises(Refusal, match="is closed"):
            deed()


def test_a_stranger_touches_no_agenda(place, coming):
    item = AgendaItemFactory(meeting=coming)
    with pytest.raises(OutOfReach):
        services.propose_agenda(meeting=coming, by=place.stranger)
    with pytest.raises(OutOfReach):
        services.drop_agenda_item(item=item, by=place.stranger)
    assert Consultation.objects.count() == 0
