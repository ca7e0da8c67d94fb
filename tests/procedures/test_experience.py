"""What people went through stands beside what was worked out; how hard they found it is told apart for each outcome."""

import pytest

from relais.procedures.caseload import Caseload, CaseloadError, Codes, Numbers
from relais.procedures.experience import SCALE, Outcome, experience, observed
from relais.procedures.vector import Gap, Mean, Measure, Source


def lived(outcomes, scores=(), **numbers):
    """Some people: how their way ended, the same answer to all three questions, and what was noted."""
    scale = {name: Numbers.of(scores) for name in SCALE} if scores else {}
    noted = {name: Numbers.of(values) for name, values in numbers.items() if name != "sex"}
    sex = {"sex": Codes.of(numbers["sex"])} if "sex" in numbers else {}
    return Caseload.of({}, {"outcome": Codes.of(outcomes), **scale, **noted, **sex})


def test_how_hard_it_was_is_never_averaged_over_outcomes():
    found = experience(lived(["granted", "granted", "gave_up", None], [1, 3, 4, 5]))
    assert {outcome: figure.value for outcome, figure in found.strain.items()} == {
        Outcome.GRANTED: 2,
        Outcome.GAVE_UP: 4,
    }
    assert found.strain[Outcome.GRANTED].source == Source.REPORTED


def test_each_outcome_has_its_own_largest_gap_between_groups():
    people = lived(["granted"] * 4 + ["refused"], [1, 1, 5, 5, 3], sex=["f", "f", "m", "m", None])
    found = experience(people, ["sex"], least=2)
    assert found.strain[Outcome.GRANTED].gap == Gap("sex", "m", "f", 4.0)
    assert found.strain[Outcome.REFUSED].gap is None
    assert found.strain_groups[Outcome.GRANTED] == {"sex": {"f": Mean(1.0, 2), "m": Mean(5.0, 2)}}
    assert found.strain_groups[Outcome.REFUSED] == {"sex": {"": Mean(3.0, 1)}}


def test_the_share_who_gave_up_is_one_of_those_whose_way_ended():
    found = experience(lived(["granted", "refused", "gave_up", "pending", None]))
    gave_up = found.figures[Measure.GIVEN_UP]
    assert (round(gave_up.value, 2), gave_up.n, gave_up.source) == (0.33, 3, Source.MEASURED)


def test_what_was_noted_of_nobody_is_absent():
    found = experience(lived(["pending"], days=[None], volunteer_minutes=[30]))
    assert set(found.figures) == {Measure.VOLUNTEER_MINUTES}
    assert (found.strain, found.people) == ({}, 1)
    assert experience(Caseload.of({})).figures == {}


def test_who_answers_only_some_of_the_questions_is_not_averaged():
    people = Caseload.of(
        {},
        {
            "outcome": Codes.of(["granted", "granted"]),
            "finding_out": Numbers.of([2, 2]),
            "effort": Numbers.of([2, None]),
            "worry": Numbers.of([2, 5]),
        },
    )
    assert experience(people).strain[Outcome.GRANTED].n == 1


@pytest.mark.parametrize(
    ("people", "message"),
    [
        (lived(["granted"], [0]), "column finding_out, row 1: 0 is not on the scale"),
        (lived(["granted", "granted"], [1, 6]), "column finding_out, row 2: 6 is not on the scale"),
        (lived(["won"]), "'won' is no outcome; use one of: gave_up, granted, pending, refused"),
        (Caseload.of({}, {"days": Codes.of(["ten"])}), "column days holds words"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(people, message):
    with pytest.raises(CaseloadError, match=message):
        experience(people)


@pytest.mark.parametrize(
    ("values", "groups", "message"),
    [([], None, "leave the figure out"), ([1.0], {"sex": []}, "sex has 0 values for 1 people")],
)
def test_what_cannot_be_a_figure_is_refused(values, groups, message):
    with pytest.raises(ValueError, match=message):
        observed(values, groups=groups)
