"""What a table should know of the figures: who gets through less, and who waits longer."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from relais.reports.proposes import indicators_off_course
from relais.roundtables.sentences import title_of, why
from relais.roundtables.services import propose_agenda
from tests.cases.factories import CaseFactory, in_same_place
from tests.roundtables.factories import MeetingFactory

TODAY = date(2026, 11, 15)


@pytest.fixture
def meeting(db, at):
    at("2026-11-15 06:30")
    case = CaseFactory(opened_on=TODAY)
    return MeetingFactory(programme=case.programme), case


def got_through(case, count, ended_days_ago, took):
    """People who got through so many days ago, after so many days."""
    ended = TODAY - timedelta(days=ended_days_ago)
    for _number in range(count):
        in_same_place(
            case, opened_on=ended - timedelta(days=took), closed_on=ended, closed_at=case.opened_at,
            closed_by=case.companion, outcome="granted",
        )  # fmt: skip


def test_a_fall_and_a_longer_wait_are_on_the_agenda_with_their_figures(meeting):
    table, case = meeting
    got_through(case, 12, ended_days_ago=30, took=90)
    got_through(case, 20, ended_days_ago=120, took=60)
    items = [item for item in propose_agenda(meeting=table, by=None) if item.reason == "off_course"]
    assert {title_of(item): why(item) for item in items} == {
        "Fewer people get through": "12 people got through in the last 90 days, 20 in the 90 days before.",
        "It takes longer": "Half of those who got through in the last 90 days waited more than 90 days, before that 60.",
    }
    with translation.override("fr"):
        assert {title_of(item) for item in items} == {"Moins de personnes aboutissent", "L’attente s’allonge"}
    again = [item for item in propose_agenda(meeting=table, by=None) if item.reason == "off_course"]
    assert [item.pk for item in again] == [item.pk for item in items], "renewed, not said twice"


def test_what_goes_well_is_not_proposed(meeting):
    table, case = meeting
    got_through(case, 20, ended_days_ago=30, took=60)
    got_through(case, 20, ended_days_ago=120, took=60)
    assert list(indicators_off_course(table, TODAY)) == []


def test_figures_too_small_to_be_shown_are_not_proposed(meeting):
    table, case = meeting
    got_through(case, 4, ended_days_ago=30, took=90)
    got_through(case, 20, ended_days_ago=120, took=60)
    assert list(indicators_off_course(table, TODAY)) == []
