import itertools
from datetime import UTC, date, datetime

from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.periods import month_of, months


def test_the_day_is_the_day_where_the_programme_is():
    with clock.at(datetime(2026, 11, 21, 20, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 21)
        assert clock.today("Asia/Bishkek") == date(2026, 11, 22)


def test_the_clock_goes_back_to_now_when_told_no_more():
    with clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        pass
    assert clock.now().year > 2020


def test_ids_sort_by_the_time_they_were_made():
    made = [uuid7() for _ in range(50)]
    assert made == sorted(made)
    assert {one.version for one in made} == {7}


def test_a_month_holds_its_last_day_and_not_the_next_first():
    february = month_of(date(2024, 2, 29))
    assert february.last_day == date(2024, 2, 29)
    assert february.end not in february


def test_months_follow_each_other_without_a_gap():
    found = months(date(2025, 11, 3), date(2026, 3, 2))
    assert [period.start.month for period in found] == [11, 12, 1, 2, 3]
    assert all(one.end == other.start for one, other in itertools.pairwise(found))
