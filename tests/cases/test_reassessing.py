"""A new version is in force: cases move to it, and companions are told what changed for whom."""

from datetime import timedelta

import pytest

from relais.cases import services
from relais.cases.index.roll import read_roll
from relais.cases.models import Case, News
from relais.kernel.refusals import Refusal
from relais.procedures.models import EvidenceTypeList, ProcedureVersion
from relais.procedures.rows import terms_of
from relais.procedures.services.writing import write_steps
from tests.cases.factories import CANNOT, HELD, CaseFactory, in_same_place, paper, today
from tests.organisations.factories import member

pytestmark = pytest.mark.django_db


def simpler(procedure):
    """Put a version in force that also accepts two witnesses."""
    before = procedure.versions.get()
    version = ProcedureVersion.objects.create(procedure=procedure, number=2, drafted_at=before.drafted_at)
    write_steps(version=version, content=terms_of(before))
    birth = version.steps.first().requirements.get(key="birth")
    EvidenceTypeList.objects.create(requirement=birth, position=9).evidence_types.add(paper(procedure, "two-witnesses"))
    procedure.versions.filter(pk=before.pk).update(state="retired")
    version.state = "in_force"
    version.save()
    return version


def test_open_cases_move_with_what_they_hold_and_each_companion_is_told():
    stuck = CaseFactory(papers={"birth-certificate": CANNOT, "two-witnesses": HELD, "photo": HELD})
    ended = in_same_place(stuck)
    services.close_case(case=ended, outcome="lost", closed_on=today(), by=ended.companion)
    step = stuck.version.steps.first()
    services.complete_step(case=stuck, step=step, done_on=today(), by=stuck.companion)
    version = simpler(stuck.procedure)
    moved = services.reassess_cases(version=version, by=member())
    assert moved.cases == 1
    assert moved.became == {stuck.companion_id: {("blocked", "passes"): 1}}
    stuck.refresh_from_db()
    assert (stuck.version, stuck.standing) == (version, "passes")
    news = News.objects.get()
    assert (news.to, news.kind, news.detail["after"]) == (stuck.companion, "new_version", "passes")
    assert Case.objects.get(pk=ended.pk).version != version


def test_a_case_that_stands_as_it_stood_moves_without_news():
    waiting = CaseFactory(papers={"photo": HELD})
    version = simpler(waiting.procedure)
    assert services.reassess_cases(version=version, by=member()).in_all() == {"open to open": 1}
    waiting.refresh_from_db()
    assert (waiting.version, waiting.standing) == (version, "open")
    assert not News.objects.exists()


def test_moving_twice_moves_nothing_more():
    version = simpler(CaseFactory().procedure)
    by = member()
    services.reassess_cases(version=version, by=by)
    assert services.reassess_cases(version=version, by=by).cases == 0


def test_cases_do_not_move_to_a_draft():
    procedure = CaseFactory().procedure
    draft = ProcedureVersion.objects.create(
        procedure=procedure, number=7, drafted_at=procedure.versions.get().drafted_at
    )
    with pytest.raises(Refusal, match="in force"):
        services.reassess_cases(version=draft, by=member())


@pytest.fixture
def meanwhile(at):
    """`meanwhile(stuck)`: a roll read an hour ago, and the version put in force since."""

    def read(case):
        tomorrow = today() + timedelta(days=1)
        at(f"{tomorrow} 09:00")
        roll = read_roll(Case.objects.counted(case.procedure_id), case.procedure_id)
        at(f"{tomorrow} 10:00")
        return roll, simpler(case.procedure)

    return read


def test_a_case_opened_while_others_move_moves_as_well(meanwhile):
    stuck = CaseFactory(papers={"birth-certificate": CANNOT, "two-witnesses": HELD, "photo": HELD})
    roll, version = meanwhile(stuck)
    late = in_same_place(
        stuck, version=stuck.version, papers={"birth-certificate": CANNOT, "two-witnesses": HELD, "photo": HELD}
    )
    assert services.reassess_cases(version=version, by=member(), roll=roll).cases == 2
    late.refresh_from_db()
    assert (late.version, late.standing) == (version, "passes")


def test_what_is_noted_in_a_case_while_it_moves_counts(meanwhile):
    stuck = CaseFactory(papers={"birth-certificate": CANNOT, "photo": HELD})
    roll, version = meanwhile(stuck)
    witnesses = paper(stuck.procedure, "two-witnesses")
    services.set_evidence(case=stuck, evidence_type=witnesses, state=HELD, by=stuck.companion)
    services.reassess_cases(version=version, by=member(), roll=roll)
    stuck.refresh_from_db()
    assert (stuck.version, stuck.standing) == (version, "passes")


def test_a_case_that_ends_while_others_move_stays_where_it_ended(meanwhile):
    stuck = CaseFactory(papers={"birth-certificate": CANNOT})
    ended_in = stuck.version
    roll, version = meanwhile(stuck)
    services.close_case(case=stuck, outcome="lost", closed_on=today(), by=stuck.companion)
    assert services.reassess_cases(version=version, by=member(), roll=roll).cases == 0
    stuck.refresh_from_db()
    assert (stuck.version, stuck.standing) == (ended_in, "blocked")
