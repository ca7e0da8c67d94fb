"""What a draft would change, exact, and told so that nobody can be found."""

from itertools import product

from hypothesis import given, settings

from relais.kernel.linked import hidden_in, reach_of
from relais.procedures.caseload import Caseload, Codes
from relais.procedures.replay import replay
from relais.procedures.terms import EvidenceType, Requirement, Step, Version
from relais.roundtables.forecast import _whole, forecast, read
from tests.procedures.worlds import caseload_of, people, versions

PAPERS = ("certificate", "witness", "photo")


def version(*requirements):
    """Ask for each requirement in a step of its own; a requirement is its lists."""
    steps = [
        Step(key=f"s{n}", names={"en": f"Step {n}"}, requirements=(
            Requirement(key=f"r{n}", names={"en": f"Proof {n}"}, lists=tuple(frozenset(each) for each in lists)),))
        for n, lists in enumerate(requirements)
    ]  # fmt: skip
    return Version(steps=tuple(steps), evidence_types=tuple(EvidenceType(key=key) for key in PAPERS))


IN_FORCE, WITNESSES = version([["certificate"]]), version([["certificate"], ["witness"]])
STRICTER = version([["certificate"]], [["photo"]])


def told(rows, draft, baseline=IN_FORCE, threshold=10):
    """Replay people given as (how many, certificate, witness, photo, sex)."""
    many = [row[1:] for row in rows for _ in range(row[0])]
    columns = dict(zip(PAPERS, zip(*[row[:3] for row in many], strict=True), strict=True))
    caseload = Caseload.of(columns, {"sex": Codes.of([row[3] for row in many])})
    return forecast(replay(caseload, draft, baseline, by=["sex"]), draft, baseline, threshold)


def test_it_says_exactly_how_many_are_let_through_and_how_many_may_be():
    found = told([(30, 2, 1, 0, "female"), (20, 2, 0, 0, "male"), (50, 1, 0, 0, "male")], WITNESSES)
    assert found.before == {"passes": 50, "blocked": 50, "open": 0}
    assert found.after == {"passes": 80, "blocked": 0, "open": 20}
    assert (found.unlocked.least, found.unlocked.most) == (30, 50)
    assert (found.newly_blocked.least, found.newly_blocked.some) == (0, False)
    assert not found.hides


def test_harm_is_told_even_when_it_is_too_small_to_count_aloud():
    found = told([(3, 1, 0, 2, "female"), (60, 1, 0, 1, "male"), (40, 2, 0, 1, "male")], STRICTER)
    assert found.newly_blocked.least is None
    assert found.newly_blocked.some
    assert found.hides


def test_groups_show_who_is_let_through_and_who_is_shut_out_side_by_side():
    found = told(
        [(30, 2, 1, 0, "female"), (20, 2, 2, 0, "female"), (25, 2, 1, 0, "male"), (15, 1, 0, 0, "male")], WITNESSES
    )
    rows = {row.value: row for row in found.groups["sex"]}
    assert (rows["female"].people, rows["female"].blocked, rows["female"].unlocked) == (50, 50, 30)
    assert (rows["male"].people, rows["male"].unlocked, rows["male"].newly_blocked) == (40, 25, 0)
    assert "" not in rows, "nobody is of unknown sex here"


def test_a_group_of_a_few_takes_with_it_what_would_give_it_away():
    found = told(
        [(30, 2, 1, 0, "female"), (20, 2, 2, 0, "female"), (4, 2, 1, 0, "male"), (15, 1, 0, 0, "male")], WITNESSES
    )
    rows = {row.value: row for row in found.groups["sex"]}
    assert rows["male"].unlocked is None
    assert rows["female"].unlocked is None, "34 less 30 would be 4"


def test_each_step_and_requirement_says_whom_it_stops_before_and_after():
    found = told([(30, 2, 1, 2, "female"), (20, 1, 0, 2, "male"), (10, 1, 0, 1, "male")], STRICTER)
    assert [(row.key, row.before, row.after, row.in_before) for row in found.requirements] == [
        ("r1", None, 50, False),
        ("r0", 30, 30, True),
    ]
    assert [(row.key, row.before, row.after) for row in found.steps] == [("s0", 30, 30), ("s1", None, 20)]


def test_what_a_decision_keeps_is_read_back_as_it_was():
    found = told([(30, 2, 1, 0, "female"), (4, 2, 1, 0, "male")], WITNESSES)
    assert read(found.as_data()) == found


@given(versions(), versions(), people)
@settings(max_examples=60, deadline=None)
def test_what_is_shown_is_what_was_counted_and_never_a_few(draft, baseline, someone):
    answer = replay(caseload_of(someone), draft, baseline, by=["sex", "status"])
    found = forecast(answer, draft, baseline, threshold=5)
    shown = [found.unlocked.least, found.newly_blocked.least, *found.before.values(), *found.after.values()]
    shown += [each for row in found.requirements + found.steps for each in (row.before, row.after)]
    for name, rows in found.groups.items():
        for row in rows:
            exact = answer.groups[name][row.value]
            for told, true in [
                (row.people, exact.people),
                (row.blocked, exact.before.blocked),
                (row.unlocked, exact.unlocked.least),
                (row.newly_blocked, exact.newly_blocked.least),
            ]:
                assert told in (None, true)
                shown.append(told)
    assert [each for each in shown if each is not None and 0 < each < 5] == []


@given(versions(), versions(), people)
@settings(max_examples=60, deadline=None)
def test_nobody_works_out_who_is_shut_out_from_the_totals(draft, baseline, someone):
    counts = _whole(replay(caseload_of(someone), draft, baseline).whole)
    assert all(count.value >= 0 for count in counts.values())
    hidden = hidden_in(counts, threshold=4)
    for key in {"unlocked", "newly_blocked"} & hidden:
        if 0 < counts[key].value < 4:
            least, most = reach_of(counts, hidden, key)
            assert least < counts[key].value <= most
            assert most >= 4 or least == 0


def test_no_sum_over_groups_gives_a_hidden_group_away():
    for few, many in product([1, 4, 9], [12, 40]):
        rows = [(few, 2, 1, 0, "female"), (many, 2, 1, 0, "male"), (30, 1, 0, 0, "male"), (25, 1, 0, 0, "female")]
        found = told(rows, WITNESSES)
        hidden = [row for row in found.groups["sex"] if row.unlocked is None]
        assert len(hidden) != 1
