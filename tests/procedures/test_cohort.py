"""Who a prediction was about: said of each person what the interpreter says of them, and read back a million at a time."""

from uuid import UUID

import numpy as np
from hypothesis import given, settings

from relais.procedures.assess import Standing, assess
from relais.procedures.cohort import Cohort, Said, as_bytes, said_of
from relais.procedures.replay import replay, standing
from tests.procedures.worlds import caseload_of, people, versions

NUMBERS = {Standing.OPEN: 0, Standing.PASSES: 1, Standing.BLOCKED: 2}


@settings(max_examples=60, deadline=None)
@given(versions(), people)
def test_everyone_stands_where_the_interpreter_puts_them(version, people):
    found = standing(caseload_of(people), version)
    assert found.tolist() == [NUMBERS[assess(version, person).standing] for person in people]


@settings(max_examples=60, deadline=None)
@given(versions(), versions(), people)
def test_what_was_said_of_each_adds_up_to_the_replay(draft, in_force, people):
    caseload = caseload_of(people)
    kept = Cohort.of([UUID(int=number) for number in range(len(people))], said_of(caseload, draft, in_force))
    counts, whole = kept.counts(), replay(caseload, draft, in_force)
    assert counts[Said.UNLOCKED] == whole.unlocked.least
    assert counts[Said.NEWLY_BLOCKED] == whole.newly_blocked.least
    assert counts[Said.UNLOCKED] + counts[Said.PASSES] == whole.after.passes
    stopped = (Said.STILL_BLOCKED, Said.NEWLY_BLOCKED, Said.NOW_BLOCKED)
    assert sum(counts[said] for said in stopped) == whole.after.blocked
    assert counts[Said.UNLOCKED] + counts[Said.MAY_UNLOCK] + counts[Said.STILL_BLOCKED] == whole.before.blocked
    assert sum(counts.values()) == len(kept) == len(people)


def test_a_cohort_is_read_back_as_it_was_written_down():
    ids = [UUID(int=number) for number in (900, 5, 2**127)]
    kept = Cohort.read(Cohort.of(ids, [Said.UNLOCKED, Said.OPEN, Said.PASSES]).as_bytes())
    assert [kept.of_case(id) for id in ids] == [Said.UNLOCKED, Said.OPEN, Said.PASSES]
    assert kept.of_case(UUID(int=6)) is None
    assert kept.place(as_bytes([str(ids[0]), ids[1].hex, UUID(int=1)])).tolist() == [1, 0, -1]


def test_a_cohort_of_nobody_finds_nobody():
    nobody = Cohort.read(Cohort.of([], []).as_bytes())
    assert (len(nobody), nobody.of_case(UUID(int=1)), sum(nobody.counts().values())) == (0, None, 0)


def test_a_million_cases_take_seventeen_bytes_each():
    words = np.random.default_rng(1).integers(0, 2**63, size=2_000_000, dtype=np.uint64)
    ids = np.sort(words.view("S16"))
    kept = Cohort(ids, np.ones(1_000_000, dtype=np.uint8))
    assert len(kept.as_bytes()) == 17_000_000
    assert (kept.place(ids[::1000]) >= 0).all()
