"""Columns in memory: rows that come, change and go, in any number, leave the same as a fresh gathering."""

from threading import Thread
from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.cases.index import files
from relais.cases.index.columns import Columns, Rows
from relais.cases.index.files import Kept
from relais.cases.index.gathering import gather, nobody
from relais.cases.index.reading import Mark
from relais.cases.who import NUMBERS, WORDS

KINDS = 3
person = st.tuples(
    st.text("012", max_size=KINDS),
    st.tuples(*[st.sampled_from([None, "a", "b", "c"]) for _ in WORDS]),
    st.tuples(*[st.sampled_from([None, 0, 7, 1990, 40_000]) for _ in NUMBERS]),
)
worlds = st.dictionaries(st.integers(0, 200), person, max_size=150)


def rows(people):
    answers = {f"{words}{numbers}": (*words, *numbers) for _known, words, numbers in people.values()}
    tokens = np.array(list(people), dtype=np.uint64)
    said = [f"{words}{numbers}" for _known, words, numbers in people.values()]
    return Rows(tokens, [known for known, *_ in people.values()], said, answers)


def same(one: Columns, other: Columns) -> bool:
    return all(
        name == named and np.array_equal(ours, theirs)
        for (name, ours), (named, theirs) in zip(one.in_order(), other.in_order(), strict=True)
    )


@given(before=worlds, after=worlds)
def test_following_a_change_is_the_same_as_beginning_again(before, after):
    columns = gather([rows(before)], KINDS) if before else Columns.empty().with_rows(nobody(), KINDS)
    changed = {token: who for token, who in after.items() if before.get(token) != who}
    gone = np.array(sorted(before.keys() - after.keys()), dtype=np.uint64)
    followed = columns.without(gone).with_rows(rows(changed), KINDS)
    assert same(followed, gather([rows(after)], KINDS) if after else Columns.empty().with_rows(nobody(), KINDS))
    assert columns.people == len(before)


@given(world=worlds)
def test_bits_past_the_last_person_are_nobodys(world):
    columns = gather([rows(world)], KINDS) if world else Columns.empty().with_rows(nobody(), KINDS)
    half = columns.without(np.array(sorted(world)[::2], dtype=np.uint64))
    assert int(np.bitwise_count(half.held).sum()) <= half.people * 2 * KINDS
    if half.people % 64 and half.held.size:
        assert not (half.held[:, -1] >> np.uint64(half.people % 64)).any()


def test_more_answers_than_a_byte_can_number_take_two():
    people = {number: ("", (None,) * len(WORDS), (None, number)) for number in range(1000)}
    columns = gather([rows(people)], KINDS)
    household = columns.answers["household"]
    assert household.codes.dtype == np.uint16
    assert household.decoded().tolist() == list(range(1000))


@pytest.mark.parametrize("people", [0, 1, 64, 100])
def test_a_file_gives_back_what_was_written(tmp_path, settings, people):
    settings.DATA, procedure = tmp_path, uuid4()
    world = {number: ("12", (None,) * len(WORDS), (1990, None)) for number in range(people)}
    kept = Kept(gather([rows(world)], KINDS), Mark({"a lane": (7, "hash")}, 3))
    assert files.write(procedure, kept) is not None
    found = files.read(procedure)
    assert found.mark == kept.mark
    assert same(found.columns, kept.columns)


def test_two_who_write_at_once_leave_a_whole_file(tmp_path, settings):
    settings.DATA, procedure = tmp_path, UUID(int=1)
    worlds = [
        Kept(gather([rows({n: ("1", (None,) * len(WORDS), (1990, n)) for n in range(size)})], KINDS), Mark({}, size))
        for size in (500, 900)
    ]

    def write(kept):
        for _ in range(30):
            files.write(procedure, kept)

    threads = [Thread(target=write, args=[kept]) for kept in worlds]
    for thread in threads:
        thread.start()
    seen = [files.read(procedure) for _ in range(60)]
    for thread in threads:
        thread.join()
    assert {found.mark.migration for found in (*seen, files.read(procedure)) if found} <= {500, 900}
    assert files.read(procedure) is not None
    assert [path.name for path in files.place(procedure).parent.iterdir()] == [files.place(procedure).name]
