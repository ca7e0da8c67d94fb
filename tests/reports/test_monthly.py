from datetime import UTC, date, datetime

import pytest

from relais.reports import monthly
from tests.barriers.factories import BarrierFactory
from tests.places.factories import TerritoryFactory
from tests.reports.worlds import World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


@pytest.fixture
def world():
    return World()


def rows(table):
    return {label: [one.values[place] for one in table.series] for place, label in enumerate(table.labels)}


def test_the_months_end_today_and_never_begin_before_the_programme(world):
    assert [f"{period.start:%Y-%m}" for period in monthly.last_months(world.programme, TODAY, 3)] == [
        "2026-04",
        "2026-05",
        "2026-06",
    ]
    assert monthly.last_months(world.programme, TODAY, 24)[0].start == date(2025, 1, 1)
    world.programme.started_on = date(2027, 1, 1)
    assert len(monthly.last_months(world.programme, TODAY, 3)) == 3


def test_cases_stand_in_the_month_they_were_opened_and_ended(world):
    world.cases(12, opened_on=date(2026, 4, 20), days=20, outcome="granted")
    world.cases(10, opened_on=date(2026, 5, 2))
    table = monthly.month_tables(world.programme, monthly.last_months(world.programme, TODAY, 3))[0]
    assert rows(table) == {"April 2026": [12, 0, 0], "May 2026": [10, 12, 0], "June 2026": [0, 0, 0]}


def test_a_small_month_is_hidden_with_what_would_give_it_away(world):
    world.cases(12, opened_on=date(2026, 4, 20))
    world.cases(3, opened_on=date(2026, 5, 2))
    world.cases(40, opened_on=date(2026, 6, 2))
    table = monthly.month_tables(world.programme, monthly.last_months(world.programme, TODAY, 3))[0]
    assert [values[0] for values in rows(table).values()] == [None, None, 40]
    assert "hidden" in str(table.drawn()["rows"])


def heard_in_april(world, answered_at):
    """Have one barrier heard in April and answered at some moment; give the table of barriers."""
    at = {"programme": world.programme, "organisation": world.sairon, "observed_on": date(2026, 4, 3)}
    BarrierFactory(**at, state="taken_up", answer="Yes.", answered_at=answered_at)
    return monthly.month_tables(world.programme, monthly.last_months(world.programme, TODAY, 3))[1]


def test_barriers_stand_in_the_month_they_happened_and_were_answered(world):
    answered = heard_in_april(world, datetime(2026, 6, 1, 9, tzinfo=UTC))
    assert rows(answered) == {"April 2026": [1, 0], "May 2026": [0, 0], "June 2026": [0, 1]}


def test_an_answer_stands_in_the_month_of_the_programme_whoever_reads(world):
    world.programme.time_zone = "Asia/Bishkek"
    evening = datetime(2026, 5, 31, 20, tzinfo=UTC)  # the first of June there
    assert rows(heard_in_april(world, evening)) == {"April 2026": [1, 0], "May 2026": [0, 0], "June 2026": [0, 1]}


@pytest.mark.parametrize(
    ("age", "band"),
    [(-1, "0-17"), (17, "0-17"), (18, "18-27"), (27, "18-27"), (28, "28-59"), (59, "28-59"), (60, "60+"), (99, "60+")],
)
def test_ages_are_told_in_bands(world, age, band):
    world.cases(1, birth_year=2026 - age)
    assert monthly.group_tables(world.programme)[1].labels == [band]


def test_groups_are_told_by_sex_age_and_region(world):
    chuy = TerritoryFactory(code="KG-C", names={"en": "Chüy"}, parent=TerritoryFactory(code="KG"))
    village = TerritoryFactory(code="KG-C-1", parent=chuy)
    world.cases(20, days=9, outcome="granted", sex="female", birth_year=1990, territory=village)
    world.cases(15, sex="male", birth_year=2015, territory=chuy)
    world.cases(11, sex="", birth_year=None, territory=None)
    by_sex, by_age, by_region = monthly.group_tables(world.programme)
    assert sorted(map(str, rows(by_sex).values())) == ["[11, 0]", "[15, 0]", "[20, 20]"]
    assert rows(by_age) == {"not known": [11, 0], "0-17": [15, 0], "28-59": [20, 20]}
    assert rows(by_region) == {"Chüy": [35, 20], "not known": [11, 0]}
    assert "n = 46" in by_sex.source


def test_small_groups_are_hidden(world):
    world.cases(20, sex="female")
    world.cases(3, sex="male")
    by_sex = monthly.group_tables(world.programme)[0]
    assert None in by_sex.series[0].values
    assert 3 not in by_sex.series[0].values


def test_a_thousand_cases_ask_no_more_questions_than_one(world, django_assert_num_queries):
    world.cases(50, days=10, outcome="granted")
    periods = monthly.last_months(world.programme, TODAY, 12)
    with django_assert_num_queries(5):
        monthly.month_tables(world.programme, periods)
    with django_assert_num_queries(2):
        monthly.group_tables(world.programme)
