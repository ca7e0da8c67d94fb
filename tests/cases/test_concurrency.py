"""Double submission, and two people at one case, with real threads and row locks."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from relais.cases import services
from relais.cases.models import Batch, Case, CaseEvidence
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict
from tests.cases.factories import EVERYTHING, CaseFactory, agree, paper, today
from tests.organisations.factories import member
from tests.people.factories import PersonFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*deeds):
    """Do several things at the same moment, each in a thread and a connection of its own; give what came of each."""
    start, answers = Barrier(len(deeds)), [None] * len(deeds)

    def do(place, deed):
        start.wait()
        try:
            answers[place] = deed()
        except Conflict as conflict:
            answers[place] = conflict
        finally:
            connection.close()

    threads = [Thread(target=do, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_case_submitted_twice_at_the_same_moment_is_one_case():
    known = CaseFactory()
    person = PersonFactory(organisation=known.organisation, programme=known.programme, registered_by=known.companion)
    sent = uuid7()

    def submit():
        return services.open_case(
            person=person, procedure=known.procedure, opened_on=today(), by=known.companion, id=sent
        ).pk

    assert at_once(*[submit] * 4) == [sent] * 4
    assert Case.objects.filter(person=person).count() == 1


def test_a_batch_submitted_twice_at_the_same_moment_is_one_batch():
    case = CaseFactory(papers=EVERYTHING)
    agree(case)
    authority, sent = case.procedure.service.authority, uuid7()
    coordinator = member("coordinator", case.organisation)

    def submit():
        return services.hand_dossiers(cases=[case], authority=authority, by=coordinator, id=sent).pk

    assert at_once(*[submit] * 3) == [sent] * 3
    assert Batch.objects.count() == 1


def test_of_two_people_who_answer_differently_at_the_same_moment_one_is_told():
    case = CaseFactory()
    photo, seen = paper(case.procedure, "photo"), case.revision
    coordinator = member("coordinator", case.organisation)

    def say(state, why, by):
        def deed():
            fresh = Case.objects.get(pk=case.pk)
            return services.set_evidence(
                case=fresh, evidence_type=photo, state=state, why=why, by=by, revision=seen
            ).state

        return deed

    answers = at_once(say(1, "", case.companion), say(2, "fee", coordinator))
    told = [answer for answer in answers if isinstance(answer, Conflict)]
    assert len(told) == 1
    assert CaseEvidence.objects.get().state in answers
