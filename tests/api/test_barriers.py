"""What was heard, told to each reader as far as they may know it."""

import pytest

from relais.access.roles import Role
from tests.barriers.factories import BarrierFactory
from tests.cases.factories import CaseFactory
from tests.organisations.factories import member

pytestmark = pytest.mark.django_db
SENT = "0198a000-0000-7000-8000-000000000001"


@pytest.fixture
def case():
    return CaseFactory()


def test_a_barrier_is_told_whole_inside_and_without_case_or_author_at_the_table(case, caller):
    shared = BarrierFactory(case=case, shared=True)
    inside = caller(member(Role.COORDINATOR, case.organisation))("get", f"/api/barriers/{shared.pk}").json()
    assert inside["inside"]["case_id"] == str(case.pk)
    office = member(Role.AUTHORITY, case.procedure.service.authority)
    outside = caller(office)("get", f"/api/barriers/{shared.pk}").json()
    assert (outside["headline"], outside["inside"]) == (shared.headline, None)


def test_what_stayed_inside_does_not_exist_for_the_authority(case, caller):
    kept = BarrierFactory(case=case)
    call = caller(member(Role.AUTHORITY, case.procedure.service.authority))
    assert call("get", f"/api/barriers/{kept.pk}").status_code == 404
    assert call("get", "/api/barriers").json()["count"] == 0


def test_a_barrier_is_recorded_from_a_case_once(case, caller):
    call = caller(case.companion)
    sent = {"id": SENT, "case": case.pk, "kind": "fee", "headline": "The stamp costs a week of work"}
    first, again = (call("post", "/api/barriers", sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["inside"]["case_id"] == str(case.pk)
    assert call("get", "/api/barriers?kind=fee").json()["count"] == 1


def test_a_name_in_the_words_keeps_a_barrier_inside(case, caller):
    call = caller(member(Role.COORDINATOR, case.organisation))
    heard = BarrierFactory(case=case, account="Гулнора Рахимова was sent away.")
    refused = call("post", f"/api/barriers/{heard.pk}/share", {})
    assert (refused.status_code, refused.json()["next"]) == (409, "Reword what is marked, then share it.")
    assert call("post", f"/api/barriers/{heard.pk}/share", {"account": "She was sent away."}).status_code == 200


def test_many_barriers_ask_no_more_questions_than_one(case, caller, django_assert_max_num_queries):
    call = caller(member(Role.COORDINATOR, case.organisation))
    for number in range(5):
        BarrierFactory(case=case, headline=f"Headline {number}")
    call("get", "/api/barriers")
    with django_assert_max_num_queries(6):
        assert call("get", "/api/barriers").json()["count"] == 5


def test_an_answer_by_revision_is_not_replaced_unread(case, caller):
    shared = BarrierFactory(case=case, shared=True)
    call = caller(member(Role.AUTHORITY, case.procedure.service.authority))
    address = f"/api/barriers/{shared.pk}"
    seen = call("get", address).headers["ETag"]
    answers = [{"state": "taken_up", "answer": words} for words in ("Two witnesses.", "It waits.")]
    codes = [call("post", f"{address}/answer", answer, **{"If-Match": seen}).status_code for answer in answers]
    assert codes == [200, 412]
    assert call("get", address).json()["answer"] == "Two witnesses."
