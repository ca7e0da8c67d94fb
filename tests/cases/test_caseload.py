"""From cases to columns: what replay reads agrees with what each case knows, and holds no identity."""

import numpy as np
import pytest

from relais.cases.caseload import GROUPINGS, caseload_of
from relais.cases.models import Case
from relais.procedures.replay import replay
from relais.procedures.rows import terms_of
from tests.cases.factories import CANNOT, EVERYTHING, CaseFactory, in_same_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases():
    complete = CaseFactory(papers=EVERYTHING)
    complete.person.sex, complete.person.birth_year = "woman", 1980
    complete.person.save()
    stuck = in_same_place(complete, papers={"birth-certificate": CANNOT})
    stuck.person.birth_year, stuck.person.language, stuck.person.household = 1960, "ru", 4
    stuck.person.save()
    in_same_place(complete)
    return list(Case.objects.all())


def test_the_caseload_says_what_each_case_says(cases):
    procedure = cases[0].procedure
    people = caseload_of(procedure)
    version = terms_of(procedure.versions.get())
    standings = replay(people, version, version).version.whole
    found = [case.standing for case in cases]
    assert (standings.passes, standings.blocked, standings.open) == tuple(
        found.count(each) for each in ("passes", "blocked", "open")
    )
    assert standings.blocked == 1


def test_every_grouping_can_be_asked_for_and_unknowns_are_counted(cases):
    people = caseload_of(cases[0].procedure)
    for name in GROUPINGS:
        assert sum(int(np.bitwise_count(bits).sum()) for bits in people.groups(name).values()) == 3
    assert set(people.groups("sex")) == {"woman", ""}


def test_three_questions_for_any_number_of_people(cases, django_assert_max_num_queries):
    procedure = cases[0].procedure
    with django_assert_max_num_queries(3):
        caseload_of(procedure)


def test_people_forgotten_and_cases_ended_are_left_out(cases):
    procedure = cases[0].procedure
    cases[0].person.erased_at = cases[0].opened_at
    cases[0].person.save()
    assert len(caseload_of(procedure)) == 2
    assert len(caseload_of(procedure, Case.objects.none())) == 0
    assert len(caseload_of(procedure, Case.objects.standing("blocked"))) == 1
