from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from relais.kernel.periods import months
from relais.reports import rules

COUNTS = st.lists(st.integers(0, 60), max_size=12)


@given(counts=COUNTS)
def test_no_small_count_and_no_sum_that_gives_it_away_is_shown(counts):
    shown = rules.hidden_series(counts, 10)
    assert all(value is None or value == 0 or value >= 10 for value in shown)
    missing = sum(counts) - sum(value or 0 for value in shown)
    assert missing == 0 or missing >= 10 or all(value in (None, 0) for value in shown)


@given(counts=COUNTS)
def test_what_is_shown_is_true(counts):
    for count, shown in zip(counts, rules.hidden_series(counts, 10), strict=True):
        assert shown in (None, count)


@given(days=st.dictionaries(st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.integers(1, 50), max_size=20))
def test_every_day_falls_in_exactly_one_month(days):
    periods = months(date(2025, 1, 1), date(2027, 1, 1))
    assert sum(rules.by_month(days, periods)) == sum(days.values())


def test_a_median_needs_enough_people():
    spans = [(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=days)) for days in range(1, 12)]
    assert rules.median_days(spans, 10) == 6
    assert rules.median_days(spans[:9], 10) is None


def test_ages_are_told_in_bands():
    assert [rules.age_band(2026 - age, 2026) for age in (0, 17, 18, 27, 28, 59, 60, 99)] == [
        "0-17",
        "0-17",
        "18-27",
        "18-27",
        "28-59",
        "28-59",
        "60+",
        "60+",
    ]
