"""The papers of a case: by step, what is missing first, and those only a draft accepts."""

import pytest
from django.urls import reverse

from relais.cases.assessing import assess_file
from relais.cases.models import Case, CaseEvidence
from relais.cases.overview import papers_of, read_versions
from relais.kernel import clock
from relais.people.models import Person
from relais.procedures import services as procedures
from relais.procedures.caseload import count
from relais.procedures.models import EvidenceType
from tests.cases.factories import CaseFactory, in_same_place, paper, today
from tests.cases.rows import indexed
from tests.organisations.factories import member
from tests.procedures.factories import make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    case = CaseFactory(papers={"photo": 1})
    case.person.birth_year = today().year - 30
    case.person.save()
    in_same_place(case)
    return Case.objects.for_lists().get(pk=case.pk)


@pytest.fixture
def draft(case):
    """A draft that accepts two witnesses, shared with the partners."""
    coordinator = member("coordinator", case.organisation)
    draft = make_draft(case.procedure, coordinator)
    requirement = draft.steps.get(key="apply").requirements.get(key="birth")
    witnesses = EvidenceType.objects.get(procedure=case.procedure, key="two-witnesses")
    procedures.accept_list(requirement=requirement, evidence_types=[witnesses], by=coordinator)
    return draft


def papers(case, reader=None):
    case = Case.objects.for_lists().with_file().get(pk=case.pk)
    version, drafts = read_versions(case, reader or case.companion)
    return papers_of(case, version, assess_file(case, version, clock.today()), drafts)


def sent(client, case, key, **answers):
    client.force_login(case.companion, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("cases:evidence", args=[case.pk, paper(case.procedure, key).pk])
    return client.post(address, {"revision": case.revision, **answers}, follow=True).content.decode()


def test_papers_stand_under_the_step_that_asks_for_them_and_what_is_settled_folds_away(case):
    (place,) = papers(case).places
    assert place.name == "Hand in the file"
    assert [[each.type.key for each in asked.papers] for asked in place.missing] == [["birth-certificate"]]
    assert [[each.type.key for each in asked.papers] for asked in place.settled] == [["photo"]]


def test_a_paper_not_asked_of_this_person_can_still_be_told(case):
    Person.objects.filter(pk=case.person_id).update(birth_year=today().year - 10)
    assert [each.type.key for each in papers(case).beside] == ["photo"]


def test_what_only_a_shared_draft_accepts_stands_apart(case, draft):
    assert papers(case).drafts == []
    procedures.share_draft(version=draft, by=draft.drafted_by)
    assert [each.type.key for each in papers(case).drafts] == ["two-witnesses"]
    assert "birth-certificate" in [each.type.key for asked in papers(case).places[0].missing for each in asked.papers]


def test_a_paper_of_a_draft_is_noted_with_a_word_and_the_replay_knows_it(client, case, draft):
    procedures.share_draft(version=draft, by=draft.drafted_by)
    page = sent(client, case, "two-witnesses", state=1)
    assert "It is not accepted yet; it is counted for the draft." in page
    assert "1 paper only a draft accepts" in page
    assert Case.objects.get(pk=case.pk).standing == "open"
    assert count(indexed(case.procedure).evidence("two-witnesses").true) == 1
    case.refresh_from_db()
    sent(client, case, "two-witnesses", state=2, why="distance")
    assert CaseEvidence.objects.get(evidence_type__key="two-witnesses").state == 2
    address = reverse("cases:evidence", args=[case.pk, paper(case.procedure, "two-witnesses").pk])
    assert "Not accepted yet." in client.get(address).content.decode()


def test_the_page_says_nothing_of_drafts_when_there_is_none(client, case):
    page = sent(client, case, "photo", state=0)
    assert "only a draft" not in page
    assert "not accepted yet" not in page.lower()
