"""What cases do when what we know of a person is put right."""

import pytest

from relais.cases import services
from relais.cases.models import Case, News
from relais.journal.models import Entry
from relais.people.keys import facts_of
from relais.people.services import correct_identity
from tests.cases.factories import CANNOT, EVERYTHING, HELD, CaseFactory, in_same_place, paper, today
from tests.organisations.factories import OrganisationFactory, member
from tests.people.factories import PersonFactory

pytestmark = pytest.mark.django_db
CHILD, ADULT = 10, 40  # The photograph is only asked from sixteen.


def aged(years):
    return today().year - years


def correct(case, by=None, **answers):
    correct_identity(person=case.person, by=by or case.companion, facts=facts_of(case.person), **answers)


def standing(case):
    return Case.objects.get(pk=case.pk).standing


@pytest.fixture
def case():
    place = OrganisationFactory()
    adult = PersonFactory(organisation=place, birth_year=aged(ADULT))
    case = CaseFactory(
        organisation=place, programme=adult.programme, person=adult, papers={"birth-certificate": HELD, "photo": CANNOT}
    )
    in_same_place(case, papers={"photo": HELD})
    return case


def test_another_year_of_birth_moves_the_open_case_at_once(case):
    assert standing(case) == "blocked"
    correct(case, birth_year=aged(CHILD))
    assert standing(case) == "passes"
    correct(case, birth_year=None)
    assert standing(case) == "open"
    assert Case.objects.exclude(pk=case.pk).get().standing == "open"


def test_whoever_carries_the_case_is_told_when_someone_else_put_it_right(case):
    coordinator = member("coordinator", case.organisation)
    correct(case, by=coordinator, birth_year=aged(CHILD))
    news = News.objects.get(to=case.companion)
    assert (news.kind, news.detail) == ("corrected", {"before": "blocked", "after": "passes"})
    line = Entry.objects.get(verb="case.placed_again")
    assert (line.row_id, line.detail["before"], line.detail["after"]) == (case.pk, "blocked", "passes")


def test_a_correction_that_moves_nothing_counts_no_change_of_the_case(case):
    revision = Case.objects.get(pk=case.pk).revision
    correct(case, birth_year=aged(ADULT + 1), household=4)
    assert Case.objects.get(pk=case.pk).revision == revision
    assert not News.objects.exists()


def test_a_closed_case_stays_where_it_ended(case):
    services.close_case(case=case, by=case.companion, outcome="gave_up", closed_on=today())
    correct(case, birth_year=aged(CHILD))
    assert standing(case) == "blocked"


def test_a_proof_that_turns_out_not_to_be_there_moves_the_case_back():
    case = CaseFactory(papers=EVERYTHING)
    paper_of_birth = paper(case.procedure, "birth-certificate")
    assert standing(case) == "passes"
    services.set_evidence(case=case, evidence_type=paper_of_birth, state=0, by=case.companion)
    assert standing(case) == "open"
    services.set_evidence(case=case, evidence_type=paper_of_birth, state=CANNOT, why="fee", by=case.companion)
    assert standing(case) == "blocked"
