"""Cases through the API: the one lock, the revision someone saw, and no question asked twice."""

import pytest

from relais.access.roles import Role
from relais.cases.models import Case
from tests.cases.factories import CANNOT, EVERYTHING, CaseFactory, DossierFactory, in_same_place
from tests.organisations.factories import member

pytestmark = pytest.mark.django_db
SENT = "0198a000-0000-7000-8000-000000000001"


@pytest.fixture
def case():
    return CaseFactory(papers={"birth-certificate": CANNOT})


@pytest.fixture
def as_companion(case, caller):
    return caller(case.companion)


def test_a_case_is_kept_out_of_reach_of_another_companion(case, caller):
    bo = caller(member(Role.COMPANION, case.organisation))
    assert bo("get", f"/api/cases/{case.pk}").status_code == 404
    assert bo("get", "/api/cases").json()["items"] == []


def test_a_case_shows_its_code_and_its_revision_and_no_name(case, as_companion):
    response = as_companion("get", f"/api/cases/{case.pk}")
    assert (response["ETag"], response.json()["code"]) == ('"0"', case.person.code)
    assert "Гулнора" not in response.content.decode()


def test_a_case_is_assessed_with_what_blocks_it(case, as_companion):
    said = as_companion("get", f"/api/cases/{case.pk}/assessment").json()
    assert (said["standing"], said["next"]) == ("blocked", None)
    blocked = [reason for reason in said["reasons"] if reason["finding"] == "blocked"]
    assert [(reason["requirement"], reason["missing"]) for reason in blocked] == [("birth", ["birth-certificate"])]


def test_two_who_edit_one_thing_are_told_apart_and_those_who_edit_two_are_not_disturbed(case, as_companion):
    photo, paper = (f"/api/cases/{case.pk}/evidence/{key}" for key in ("photo", "birth-certificate"))
    assert as_companion("put", photo, {"state": "held"}, If_Match='"0"').status_code == 200
    assert as_companion("put", paper, {"state": "held"}, If_Match='"0"').status_code == 200
    late = as_companion("put", photo, {"state": "unknown"}, If_Match='"0"')
    assert (late.status_code, late.json()["type"]) == (412, "urn:relais:changed")
    assert as_companion("put", photo, {"state": "unknown"}).status_code == 200


def test_a_revision_no_case_ever_had_is_refused(case, as_companion):
    address = f"/api/cases/{case.pk}/evidence/photo"
    assert as_companion("put", address, {"state": "held"}, If_Match='"soon"').status_code == 412


def test_a_case_opened_twice_with_one_id_is_one_case(case, as_companion):
    Case.objects.filter(pk=case.pk).update(procedure=case.procedure)
    other = in_same_place(case, companion=case.companion)
    Case.objects.filter(pk=other.pk).delete()
    sent = {"id": SENT, "person": other.person_id, "procedure": case.procedure_id, "opened_on": "2026-01-05"}
    first, again = (as_companion("post", "/api/cases", sent) for _ in range(2))
    assert (first.status_code, again.status_code, first.json()["id"]) == (201, 201, again.json()["id"])
    changed = as_companion("post", "/api/cases", {**sent, "opened_on": "2026-01-06"})
    assert (changed.status_code, changed.json()["type"]) == (409, "urn:relais:conflict")


def test_a_list_asks_as_few_questions_for_many_cases_as_for_one(case, caller, django_assert_max_num_queries):
    call = caller(member(Role.COORDINATOR, case.organisation))
    for _ in range(5):
        DossierFactory(case=in_same_place(case, papers=EVERYTHING))
    call("get", "/api/cases")
    for address, found in (("/api/cases", 6), ("/api/dossiers", 5), ("/api/people", 6), ("/api/batches", 5)):
        with django_assert_max_num_queries(6):
            assert call("get", address).json()["count"] == found


def test_a_long_list_comes_in_pages(case, as_companion):
    for _ in range(2):
        in_same_place(case, companion=case.companion)
    first = as_companion("get", "/api/cases?limit=2").json()
    assert (first["count"], len(first["items"]), first["next_offset"]) == (3, 2, 2)
    last = as_companion("get", "/api/cases?limit=2&offset=2").json()
    assert (len(last["items"]), last["next_offset"]) == (1, None)
    assert as_companion("get", "/api/cases?limit=101").status_code == 422


def test_what_was_noted_at_a_visit_is_opened_only_on_purpose_and_journaled(case, as_companion, caller):
    from relais.journal.models import Entry

    sent = {"id": SENT, "happened_on": "2026-01-05", "words": "She is afraid of her employer."}
    assert "afraid" not in as_companion("post", f"/api/cases/{case.pk}/visits", sent).content.decode()
    assert "afraid" not in as_companion("get", f"/api/cases/{case.pk}/visits").content.decode()
    read = as_companion("post", f"/api/cases/{case.pk}/visits/read", {}).json()
    assert read == [{"id": SENT, "words": "She is afraid of her employer."}]
    assert Entry.objects.filter(verb="case.visits_read", row_id=case.pk).count() == 1
