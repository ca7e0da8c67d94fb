from collections import Counter
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

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


@given(counts=COUNTS)
def test_no_more_is_hidden_than_must_be(counts):
    shown = rules.hidden_series(counts, 10)
    beside = [count for count, told in zip(counts, shown, strict=True) if told is None and count >= 10]
    assert len(beside) <= 1
    assert not beside or beside[0] == min(count for count in counts if count >= 10)


PAIRS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6).map(
    lambda rows: {place: (max(row), min(row)) for place, row in enumerate(rows)}
)


@given(pairs=PAIRS)
def test_neither_those_counted_nor_those_left_are_told_in_small_numbers(pairs):
    for key, (every, some) in rules.hidden_pairs(pairs, 10).items():
        assert every in (None, pairs[key][0])
        assert some in (None, pairs[key][1])
        for small in [every, some, every - some if None not in (every, some) else None]:
            assert small is None or small == 0 or small >= 10


@given(pairs=PAIRS)
def test_a_hidden_part_is_never_alone(pairs):
    shown = rules.hidden_pairs(pairs, 10)
    hidden = [key for key, (_every, some) in shown.items() if some is None]
    others = [key for key, (_every, some) in shown.items() if some]
    assert len(hidden) != 1 or not others


@given(parts=st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)))
def test_a_whole_and_two_parts_tell_no_small_third(parts):
    going_on, well, _unsaid = parts
    shown = rules.parts_shown(sum(parts), going_on, well, 10)
    if None not in shown:
        assert all(part == 0 or part >= 10 for part in parts)
    if shown[0] is not None and shown[2] is not None:
        assert sum(parts) - well == 0 or sum(parts) - well >= 10


def test_nine_returns_hide_themselves_and_one_more_month_never_the_row():
    assert rules.hidden_series([30, 9, 0, 25, 111], 10) == [30, None, 0, None, 111]
    assert rules.hidden_series([0, 9, 0], 10) == [0, None, 0]


def test_a_median_needs_enough_people():
    assert rules.median_days(dict.fromkeys(range(1, 12), 1), 10) == 6
    assert rules.median_days(dict.fromkeys(range(1, 10), 1), 10) is None


@given(days=st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_a_median_of_counts_is_that_of_the_people_counted(days):
    assert rules.median_days(Counter(days), 1) == round(median(days))
