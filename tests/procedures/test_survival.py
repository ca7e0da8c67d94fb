"""Survival curves and shares by cause, beside lifelines and by hand."""

import warnings

import numpy as np
import pytest

from relais.procedures.survival import incidence, waiting

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from lifelines import AalenJohansenFitter, KaplanMeierFitter


def people(seed, count=300):
    """Invent people: distinct days (lifelines shakes ties), a third still on their way, two ways to end."""
    draw = np.random.default_rng(seed)
    return draw.permutation(np.arange(1, 3 * count))[:count], draw.choice([0, 1, 2], size=count, p=[0.35, 0.45, 0.2])


@pytest.mark.parametrize("seed", range(5))
def test_the_share_still_waiting_is_that_of_lifelines_with_greenwoods_interval(seed):
    days, causes = people(seed)
    theirs = KaplanMeierFitter().fit(days, causes > 0)
    ours, table = waiting(days, causes), theirs.confidence_interval_survival_function_
    for day in (1, 50, 400, 800, 899):
        share, low, high = ours.at(day)
        expected = theirs.predict(day), *table[table.index <= day].iloc[-1]
        assert (share, low, high) == pytest.approx(expected, abs=1e-9)


def test_people_who_end_on_one_day_are_counted_together_as_lifelines_does():
    draw = np.random.default_rng(7)
    days, causes = draw.integers(1, 30, 500), draw.choice([0, 1], 500)
    theirs = KaplanMeierFitter().fit(days, causes)
    assert waiting(days, causes).at(15)[0] == pytest.approx(theirs.predict(15))


@pytest.mark.parametrize("seed", range(5))
def test_the_share_by_cause_is_that_of_lifelines_with_its_interval(seed):
    days, causes = people(seed)
    for cause in (1, 2):
        theirs = AalenJohansenFitter(calculate_variance=True).fit(days, causes, event_of_interest=cause)
        density, table = theirs.cumulative_density_, theirs.confidence_interval_
        ours = incidence(days, causes, cause)
        for day in (100, 400, 800):
            upto = density.index <= day
            expected = density[upto].iloc[-1, 0], *sorted(table[table.index <= day].iloc[-1])
            assert ours.at(day) == pytest.approx(expected, abs=1e-6)


def test_every_way_to_end_and_those_still_waiting_add_up_to_everyone():
    days, causes = people(3)
    for day in (10, 200, 600):
        parts = [incidence(days, causes, cause).at(day)[0] for cause in (1, 2)]
        assert sum(parts) + waiting(days, causes).at(day)[0] == pytest.approx(1)


def test_giving_up_is_not_taken_for_waiting():
    days, causes = [1, 2, 3, 4], [2, 2, 1, 1]
    assert incidence(days, causes, 1).at(4)[0] == 0.5
    assert 1 - waiting(days, [0, 0, 1, 1]).at(4)[0] == 1.0


def test_a_line_may_stand_for_many_people():
    one_by_one = incidence([5] * 30 + [9] * 10, [1] * 30 + [0] * 10, 1)
    in_lines = incidence([5, 9], [1, 0], 1, people=[30, 10])
    assert one_by_one.at(9) == in_lines.at(9)
    assert in_lines.people == 40


def test_nobody_is_followed_without_a_fuss():
    nobody = incidence([], [], 1)
    assert (nobody.people, nobody.at(100), nobody.day_of(0.5)) == (0, (0.0, 0.0, 0.0), None)
    assert waiting([], []).at(3) == (1.0, 1.0, 1.0)


def test_when_the_last_one_arrives_everyone_has():
    found = incidence([3, 4], [1, 1], 1)
    assert found.at(4) == (1.0, 1.0, 1.0)
    assert found.day_of(1.0) == 4
    assert waiting([3, 4], [1, 1]).at(4)[0] == 0.0


def test_lines_that_say_nothing_are_refused():
    with pytest.raises(ValueError, match="one day, one cause"):
        waiting([1, 2], [1])
    with pytest.raises(ValueError, match="line 1: -4 days"):
        incidence([1, -4], [1, 1], 1)
