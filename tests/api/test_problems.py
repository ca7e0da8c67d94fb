"""Every error is a problem that says what happened and what to do next, in the reader's language."""

import json

import pytest

from relais.access.roles import Role
from relais.api import auth
from relais.kernel.refusals import Conflict
from relais.programmes import services as programmes
from tests.organisations.factories import ApiTokenFactory, OrganisationFactory, member
from tests.programmes.factories import PartnerFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sairon():
    return OrganisationFactory(slug="sairon")


@pytest.fixture
def call(client, sairon):
    """Call as a coordinator's program does."""
    token = ApiTokenFactory(organisation=sairon, user=member(Role.COORDINATOR, sairon), token="a-token")

    def call(method, path, data=None, **headers):
        headers = {"Authorization": f"Bearer {token and 'a-token'}", **headers}
        body = json.dumps(data) if data is not None else None
        return getattr(client, method)(path, body, content_type="application/json", headers=headers)

    return call


def problem_of(response):
    assert response["Content-Type"] == "application/problem+json"
    said = response.json()
    assert said["status"] == response.status_code
    assert all(said[part] for part in ("type", "title", "detail", "next"))
    return said


def test_a_token_lets_a_program_in_and_a_wrong_one_does_not(call, sairon):
    assert call("get", f"/api/organisations/{sairon.pk}").json()["slug"] == "sairon"
    refused = call("get", "/api/organisations", Authorization="Bearer guessed")
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, 'Bearer realm="relais"')
    assert problem_of(refused)["type"] == "urn:relais:not-signed-in"


def test_an_address_nobody_knows_is_a_problem_too(client):
    assert problem_of(client.get("/api/dragons"))["type"] == "urn:relais:not-found"


def test_what_is_out_of_reach_does_not_exist(call):
    assert problem_of(call("get", f"/api/programmes/{PartnerFactory().programme.pk}"))["status"] == 404


def test_a_wrong_body_names_its_fields_and_repeats_nothing_of_it(call, sairon):
    programme = ProgrammeFactory(partners=[sairon])
    sent = {"id": "x", "kind": "Гулнора", "organisation": str(sairon.pk), "colour": "red"}
    said = problem_of(call("post", f"/api/programmes/{programme.pk}/contributions", sent))
    assert {"id", "kind", "colour", "on", "stage", "what"} == {fault["field"] for fault in said["errors"]}
    assert "Гулнора" not in json.dumps(said, ensure_ascii=False)


def test_a_body_that_names_what_is_out_of_reach_is_wrong_in_that_field(call, sairon):
    sent = {"names": {"en": "Sairon"}, "territory": "0198a000-0000-7000-8000-000000000001"}
    said = problem_of(call("put", f"/api/organisations/{sairon.pk}", sent))
    assert (said["status"], [fault["field"] for fault in said["errors"]]) == (422, ["territory"])


def test_a_nul_is_refused_before_a_database_chokes_on_it(call, sairon):
    assert call("put", f"/api/organisations/{sairon.pk}", {"names": {"en": "Sai\x00ron"}}).status_code == 422
    assert call("get", "/api/people?code=%00").status_code == 422


def test_what_is_not_json_cannot_be_read(client, sairon):
    client.force_login(member(Role.COORDINATOR, sairon), backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.put(f"/api/organisations/{sairon.pk}", "{", content_type="application/json")
    assert problem_of(response)["status"] == 400


def test_what_is_too_large_is_refused_as_such(call, sairon, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = call("put", f"/api/organisations/{sairon.pk}", {"names": {"en": "x" * 2000}})
    assert problem_of(response)["status"] == 413


def test_a_refusal_keeps_its_sentence_and_what_to_do_next(call, sairon):
    sent = {"id": "0198a000-0000-7000-8000-000000000001", "organisation": str(OrganisationFactory().pk)}
    sent |= {"kind": "time", "stage": "hear", "what": {"en": "Days"}, "on": "2026-01-05"}
    programme = ProgrammeFactory(partners=[sairon])
    said = problem_of(call("post", f"/api/programmes/{programme.pk}/contributions", sent))
    assert (said["status"], said["next"]) == (409, "Ask the other partner to record it.")


def test_the_same_sending_twice_is_one_row_and_another_content_a_conflict(call, sairon):
    programme = ProgrammeFactory(partners=[sairon])
    sent = {"id": "0198a000-0000-7000-8000-000000000001", "organisation": str(sairon.pk)}
    sent |= {"kind": "time", "stage": "hear", "what": {"en": "Days"}, "on": "2026-01-05", "amount": "2.50"}
    first, again = (call("post", f"/api/programmes/{programme.pk}/contributions", sent) for _ in range(2))
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert programme.contributions.count() == 1
    other = call("post", f"/api/programmes/{programme.pk}/contributions", {**sent, "amount": "9.00"})
    assert problem_of(other)["type"] == "urn:relais:conflict"


def test_a_change_on_top_of_another_is_told_apart_when_the_sender_said_what_they_saw(call, sairon, monkeypatch):
    def someone_was_faster(**_):
        raise Conflict("Someone else changed this.")

    monkeypatch.setattr(programmes, "record_contribution", someone_was_faster)
    sent = {"id": "0198a000-0000-7000-8000-000000000001", "organisation": str(sairon.pk)}
    sent |= {"kind": "time", "stage": "hear", "what": {"en": "Days"}, "on": "2026-01-05"}
    address = f"/api/programmes/{ProgrammeFactory(partners=[sairon]).pk}/contributions"
    assert call("post", address, sent).status_code == 409
    assert call("post", address, sent, **{"If-Match": '"3"'}).status_code == 412


@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "Il n’y a rien ici, ou rien qui vous soit accessible."), ("ar", "لا شيء هنا، أو لا شيء في متناولكم.")],
)
def test_a_problem_speaks_the_language_of_its_reader(call, language, title):
    said = problem_of(call("get", "/api/dragons", **{"Accept-Language": language}))
    assert said["title"] == title


def test_who_asks_too_often_is_told_to_wait(call, monkeypatch):
    monkeypatch.setattr(auth.PerAccount, "allow_request", lambda *_: False)
    monkeypatch.setattr(auth.PerAccount, "wait", lambda *_: 2.5)
    response = call("get", "/api/organisations")
    assert (problem_of(response)["status"], response["Retry-After"]) == (429, "3")


def test_what_breaks_says_so_without_saying_what(call, monkeypatch, caplog):
    monkeypatch.setattr("relais.api.organisations.page_of", lambda *_: 1 / 0)
    said = problem_of(call("get", "/api/organisations"))
    assert said["status"] == 500
    assert "division" not in json.dumps(said)
    assert "division by zero" in caplog.text


def test_a_session_changes_nothing_without_its_csrf_token(sairon):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member(Role.COORDINATOR, sairon), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.get("/api/organisations").status_code == 200
    response = browser.put(f"/api/organisations/{sairon.pk}", {"names": {"en": "S"}}, content_type="application/json")
    assert problem_of(response)["status"] == 403
