"""The roll of open cases: what a replay reads of each agrees with what the rows say, in the order of the ids."""

import numpy as np
import pytest

from relais.cases.groupings import GROUPINGS
from relais.cases.index.roll import STANDINGS, read_roll
from relais.cases.models import Case
from relais.people.services import forget_person
from relais.procedures.caseload import unpack
from relais.procedures.replay import replay
from relais.procedures.rows import terms_of
from tests.cases.factories import CANNOT, EVERYTHING, CaseFactory, in_same_place, known
from tests.organisations.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases():
    complete = known(CaseFactory(papers=EVERYTHING), sex="woman", birth_year=1980)
    stuck = in_same_place(complete, papers={"birth-certificate": CANNOT})
    known(stuck, birth_year=1960, language="ru", household=4)
    in_same_place(complete)
    return list(Case.objects.all())


def roll_of(procedure):
    return read_roll(Case.objects.counted(procedure.pk), procedure.pk)


def test_the_caseload_says_what_each_case_says(cases):
    procedure = cases[0].procedure
    people = roll_of(procedure).caseload
    version = terms_of(procedure.versions.get())
    standings = replay(people, version, version).version.whole
    found = [case.standing for case in cases]
    assert (standings.passes, standings.blocked, standings.open) == tuple(
        found.count(each) for each in ("passes", "blocked", "open")
    )
    assert standings.blocked == 1


def test_every_grouping_can_be_asked_for_and_unknowns_are_counted(cases):
    people = roll_of(cases[0].procedure).caseload
    for name in GROUPINGS:
        assert sum(int(np.bitwise_count(bits).sum()) for bits in people.groups(name).values()) == 3
    assert set(people.groups("sex")) == {"woman", ""}


def test_each_row_leads_back_to_its_case(cases):
    roll = roll_of(cases[0].procedure)
    found = roll.cases(np.arange(3))
    stuck = next(case for case in cases if case.standing == "blocked")
    row = found.index(stuck.pk)
    assert set(found) == {case.pk for case in cases}
    assert STANDINGS[roll.standing[row]] == "blocked"
    assert roll.companions[roll.carried_by[row]] == stuck.companion_id
    assert roll.cases(np.flatnonzero(unpack(roll.caseload.evidence("birth-certificate").false, 3))) == [stuck.pk]


def test_a_roll_of_nobody_is_empty(cases):
    procedure = cases[0].procedure
    roll = read_roll(Case.objects.none(), procedure.pk)
    assert (len(roll), len(roll.caseload), roll.cases(np.arange(0))) == (0, 0, [])


def test_three_questions_for_any_number_of_people(cases, django_assert_max_num_queries):
    procedure = cases[0].procedure
    with django_assert_max_num_queries(3):
        roll_of(procedure)


def test_people_forgotten_and_cases_ended_are_left_out(cases):
    procedure = cases[0].procedure
    forget_person(person=cases[0].person, by=member("coordinator", cases[0].organisation))
    assert len(roll_of(procedure)) == 2
