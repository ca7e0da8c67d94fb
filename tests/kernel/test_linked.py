"""No count that is hidden can be worked out from what is shown."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from relais.kernel.linked import Count, hidden_in, reach_of

THRESHOLD = 3


def table(cells):
    """Write rows of counts as a table with its margins, which are published elsewhere and never hidden."""
    rows, columns = range(len(cells)), range(len(cells[0]))
    counts = {(r, c): Count(("column", c), ("row", r), cells[r][c]) for r in rows for c in columns}
    counts |= {("row", r): Count(("row", r), "all", sum(cells[r]), sensitive=False, fixed=True) for r in rows}
    sums = {c: sum(row[c] for row in cells) for c in columns}
    return counts | {("column", c): Count("all", ("column", c), sums[c], sensitive=False, fixed=True) for c in columns}


def attack(cells, hidden):
    """Try every table that agrees with what is shown; give the values each hidden count could have."""
    rows, columns = len(cells), len(cells[0])
    places = [(r, c) for r in range(rows) for c in range(columns)]
    free = [place for place in places if place in hidden]
    could = {place: set() for place in free}
    most = max([1, *(sum(row) for row in cells)])
    for guess in product(range(most + 1), repeat=len(free)):
        told = {(r, c): cells[r][c] for r, c in places} | dict(zip(free, guess, strict=True))
        if all(sum(told[r, c] for c in range(columns)) == sum(cells[r]) for r in range(rows)) and all(
            sum(told[r, c] for r in range(rows)) == sum(row[c] for row in cells) for c in range(columns)
        ):
            for place, value in zip(free, guess, strict=True):
                could[place].add(value)
    return could


small_tables = st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=2), min_size=2, max_size=3)


@given(small_tables)
@settings(max_examples=60, deadline=None)
def test_trying_every_table_finds_no_small_count(cells):
    counts = table(cells)
    hidden = {key for key in hidden_in(counts, THRESHOLD) if counts[key].shown}
    for (r, c), could in attack(cells, hidden).items():
        least, most = reach_of(counts, hidden, (r, c))
        assert (least, most) == (min(could), max(could)), "the network sees as far as trying everything"
        if 0 < cells[r][c] < THRESHOLD and most < THRESHOLD:
            # Only margins that give it away by themselves may leave a small count without room.
            everything = {(a, b) for a in range(len(cells)) for b in range(2)}
            assert max(attack(cells, everything)[r, c]) == most


@given(small_tables)
@settings(max_examples=60, deadline=None)
def test_a_table_without_small_counts_is_shown_whole(cells):
    large = [[value * 10 for value in row] for row in cells]
    assert hidden_in(table(large), 10) == set()


def test_a_lone_small_count_takes_a_neighbour_with_it():
    counts = {
        "women": Count("all", "in", 40),
        "men": Count("all", "in", 4),
        "everyone": Count("in", "all", 44, fixed=True),
    }
    assert hidden_in(counts) == {"women", "men"}


def test_what_matters_most_is_hidden_last():
    counts = {
        "few": Count("all", "in", 4, shown=False),
        "matters": Count("all", "in", 12, rank=1),
        "less": Count("all", "in", 90),
        "sum": Count("in", "all", 106, fixed=True),
    }
    assert hidden_in(counts) == {"less"}


def test_a_count_nobody_can_hide_stays_known():
    counts = {"one": Count("all", "in", 4), "sum": Count("in", "all", 4, sensitive=False, fixed=True)}
    assert hidden_in(counts) == {"one"}
    assert reach_of(counts, {"one"}, "one") == (4, 4)
