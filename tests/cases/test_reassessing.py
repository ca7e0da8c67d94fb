"""A new version is in force: cases move to it, and companions are told what changed for whom."""

import pytest

from relais.cases import services
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
