"""Proofs, steps and visits, told on time or late."""

from datetime import timedelta

import pytest

from relais.access.lock import OutOfReach
from relais.cases import services
from relais.cases.models import Case, CaseEvidence, CaseStep, Visit
from relais.journal.models import Entry
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from tests.cases.factories import CANNOT, HELD, CaseFactory, in_same_place, paper, today
from tests.organisations.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


def prove(case, key, state, **more):
    return services.set_evidence(
        case=case, evidence_type=paper(case.procedure, key), state=state, by=case.companion, **more
    )


def standing(case):
    return Case.objects.get(pk=case.pk).standing


def test_a_case_is_complete_when_everything_asked_is_held(case):
    prove(case, "birth-certificate", HELD)
    assert standing(case) == "open"
    prove(case, "photo", HELD)
    assert standing(case) == "passes"


def test_a_proof_that_cannot_be_had_blocks_and_asks_why(case):
    with pytest.raises(Refusal, match="what stands in the way"):
        prove(case, "birth-certificate", CANNOT)
    prove(case, "birth-certificate", CANNOT, why="document")
    assert standing(case) == "blocked"
    prove(case, "birth-certificate", HELD)
    assert standing(case) == "open"


def test_the_same_answer_twice_is_one_answer(case):
    prove(case, "photo", HELD)
    revision = Case.objects.get().revision
    prove(case, "photo", HELD)
    assert (CaseEvidence.objects.count(), Case.objects.get().revision) == (1, revision)


def test_news_that_arrives_late_never_hides_newer_news(case):
    prove(case, "photo", HELD, happened_on=today())
    prove(case, "photo", CANNOT, why="fee", happened_on=today() - timedelta(days=9))
    assert CaseEvidence.objects.get().state == HELD
    assert Entry.objects.filter(verb="case.evidence_told_late").exists()


def test_a_proof_of_another_procedure_is_refused(case):
    with pytest.raises(Refusal, match="another procedure"):
        services.set_evidence(
            case=case, evidence_type=paper(CaseFactory().procedure, "photo"), state=HELD, by=case.companion
        )
    with pytest.raises(Refusal, match="only kept"):
        prove(case, "photo", HELD, why="fee")


def test_another_companion_proves_nothing_here(case):
    with pytest.raises(OutOfReach):
        services.set_evidence(
            case=case, evidence_type=paper(case.procedure, "photo"), state=HELD, by=in_same_place(case).companion
        )


def test_a_step_is_done_once_and_can_be_taken_back(case):
    step = case.version.steps.first()
    for _time in range(2):
        services.complete_step(case=case, step=step, done_on=today(), by=case.companion)
    assert CaseStep.objects.get().step == step
    services.undo_step(case=case, step=step, by=case.companion)
    services.undo_step(case=case, step=step, by=case.companion)
    assert not CaseStep.objects.exists()


def test_a_step_of_another_version_is_refused(case):
    other = CaseFactory().version.steps.first()
    with pytest.raises(Refusal, match="another version"):
        services.complete_step(case=case, step=other, done_on=today(), by=case.companion)


def test_a_visit_noted_weeks_later_keeps_its_day_and_its_words_sealed(case):
    happened = today() - timedelta(days=21)
    visit = services.note_visit(case=case, happened_on=happened, words="Gulnora wept.", by=case.companion, id=uuid7())
    row = Visit.objects.get()
    assert (row.happened_on, row.entered_at.date()) == (happened, today())
    assert b"Gulnora" not in bytes(row.sealed)
    assert services.read_visits(case=case, by=case.companion) == {visit.pk: "Gulnora wept."}
    assert "Gulnora" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_a_visit_sent_twice_is_one_visit(case):
    sent = uuid7()
    for _time in range(2):
        services.note_visit(case=case, happened_on=today(), minutes=20, by=case.companion, id=sent)
    assert Visit.objects.count() == 1


def test_a_spoken_visit_is_heard_by_who_works_on_the_case_and_nobody_else(case):
    visit = services.note_visit(case=case, happened_on=today(), voice=b"OggS", by=case.companion)
    assert services.hear_visit(visit=visit, by=case.companion) == b"OggS"
    with pytest.raises(OutOfReach):
        services.hear_visit(visit=visit, by=member(organisation=case.organisation))


def test_an_empty_visit_and_an_endless_recording_are_refused(case):
    with pytest.raises(Refusal, match="Write a word"):
        services.note_visit(case=case, happened_on=today(), by=case.companion)
    with pytest.raises(Refusal, match="too long"):
        services.note_visit(case=case, happened_on=today(), voice=b"x" * 3_200_000, by=case.companion)
    silent = services.note_visit(case=case, happened_on=today(), minutes=5, by=case.companion)
    with pytest.raises(Refusal, match="Nothing was spoken"):
        services.hear_visit(visit=silent, by=case.companion)
