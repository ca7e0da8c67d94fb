"""The one thing to do now, in plain words."""

import pytest

from relais.access.roles import Role
from relais.cases import services
from relais.cases.assessing import assess_case, versions_of
from relais.cases.next_steps import next_step
from relais.cases.overview import last_dossiers
from tests.cases.factories import CaseFactory, DossierFactory, today
from tests.organisations.factories import member

pytestmark = pytest.mark.django_db


def step_of(case, **more):
    version = versions_of([case.version_id])[case.version_id]
    return next_step(case, assess_case(case, today()), version, last_dossiers([case]).get(case.pk), **more)


def test_a_dossier_that_came_back_says_why_before_anything_else():
    dossier = DossierFactory()
    official = member(Role.AUTHORITY, dossier.authority)
    services.return_dossier(dossier=dossier, reason="expired", remark="The photo is old.", by=official)
    step = step_of(dossier.case)
    assert (step.what, step.why, step.does) == (
        "The dossier came back: a proof has expired.",
        "The photo is old.",
        "hand",
    )


def test_who_is_not_trained_is_sent_to_the_course_first():
    assert step_of(CaseFactory(), trained=False).does == "course"


def test_a_case_that_ended_says_how():
    case = CaseFactory()
    case = services.close_case(case=case, outcome="moved", closed_on=today(), by=case.companion)
    assert step_of(case).what == "This case ended: moved away."


def test_a_question_nobody_asked_yet_is_the_step_when_no_paper_is_missing():
    case = CaseFactory(papers={"birth-certificate": 1, "photo": 2})
    assert step_of(case).does == "correct"
    assert step_of(case).what == "Ask: the year of birth."
