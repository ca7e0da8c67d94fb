"""What simplify predicts is what a replay finds, and nothing unlocks more than what it proves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relais.procedures import solving
from relais.procedures.actions import apply, clash
from relais.procedures.limits import LimitsError
from relais.procedures.masks import collapse
from relais.procedures.replay import replay
from relais.procedures.simplify import solve
from tests.procedures.changes import actions, best_by_trying, limits
from tests.procedures.worlds import caseload_of, people, versions


@settings(max_examples=60, deadline=None)
@given(st.data(), versions(), people)
def test_what_any_set_of_actions_is_said_to_do_is_what_its_replay_finds(data, version, people):
    chosen = data.draw(actions(version))
    caseload = caseload_of(people)
    collapsed = collapse(caseload, version, chosen)
    for _ in range(5):
        mask = data.draw(st.integers(0, 2 ** len(chosen) - 1))
        taken = [action for place, action in enumerate(chosen) if mask >> place & 1]
        if any(clash(one, other) for one in taken for other in taken if one is not other):
            continue
        answer = replay(caseload, apply(version, taken), version)
        assert collapsed.unlocked(mask) == answer.unlocked.least
        assert collapsed.newly_blocked(mask) == answer.newly_blocked.least
    assert collapsed.blocked == replay(caseload, version, version).before.blocked


@pytest.mark.parametrize("counted", [True, False])
@settings(max_examples=60, deadline=None)
@given(st.data(), versions(), people)
def test_no_allowed_set_unlocks_more_than_the_one_found(counted, data, version, people):
    chosen = data.draw(actions(version, most=6))
    try:
        limits_ = data.draw(limits(chosen))
        collapsed = collapse(caseload_of(people), version, chosen, limits_.groups)
        with pytest.MonkeyPatch.context() as patch:
            if not counted:
                patch.setattr(solving, "ACTIONS", -1)
            answer = solve(collapsed, limits_)
    except LimitsError as refused:
        if "no set within" in str(refused):
            assert set(best_by_trying(collapsed, limits_)) == {None}
        return
    expected = best_by_trying(collapsed, limits_)
    for choice in answer.curve:
        assert choice.proven
        assert len(choice.actions) <= choice.size
        assert choice.unlocked == expected[choice.size]
        assert choice.unlocked == collapsed.unlocked(sum(1 << chosen.index(each) for each in choice.actions))
    assert answer.best().unlocked == expected[-1]
