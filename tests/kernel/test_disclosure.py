from hypothesis import given
from hypothesis import strategies as st

from relais.kernel.disclosure import hide_small, round_to_five

COUNTS = st.dictionaries(st.integers(0, 20), st.integers(0, 60), max_size=8)


@given(COUNTS, st.integers(2, 15))
def test_no_count_under_the_threshold_is_shown(counts, threshold):
    shown = hide_small(counts, threshold)
    assert all(count == 0 or count >= threshold for count in shown.values() if count is not None)


@given(COUNTS, st.integers(2, 15))
def test_what_is_shown_is_true(counts, threshold):
    shown = hide_small(counts, threshold)
    assert shown.keys() == counts.keys()
    assert all(counts[key] == count for key, count in shown.items() if count is not None)


@given(COUNTS, st.integers(2, 15))
def test_the_total_less_what_is_shown_never_gives_one_cell_away(counts, threshold):
    shown = hide_small(counts, threshold)
    hidden = [counts[key] for key, count in shown.items() if count is None]
    positive = [count for count in counts.values() if count]
    if hidden and len(positive) > 1:
        assert len(hidden) > 1
    if hidden and sum(positive) >= threshold:
        assert sum(hidden) >= threshold or len(hidden) == len(positive)


def test_public_counts_are_rounded_to_five():
    assert [round_to_five(count) for count in (0, 2, 3, 117, 118)] == [0, 0, 5, 115, 120]
