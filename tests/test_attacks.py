"""What someone tries who means harm, from outside or with an account: each door stays as it was."""

import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relais.kernel import codes
from relais.people import services as people
from relais.roundtables import services as tables
from tests import doors
from tests.test_doors import address_of

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "a long enough password"
SIGNED_LINKS = {"accounts:mail_stop"}  # a mail program sends it; it stops mails and does nothing else
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
]


def test_nothing_a_page_sends_is_taken_from_another_site(furnished_world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(furnished_world.coordinator, backend=BACKEND)
    taken = {}
    for name, door in doors.listed():
        if " " in name or door.method != "post" or name in SIGNED_LINKS:
            continue
        address = address_of(name, door.args(furnished_world)) + door.query
        status = client.post(address, door.data(furnished_world)).status_code
        if status != 403:
            taken[address] = status
    assert taken == {}


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_and_choosing_a_language_lead_nowhere_else(world, client, address):
    signed_in = client.post(reverse("account_login") + f"?next={address}", {"login": "companion", "password": PASSWORD})
    chosen = client.post(reverse("set_language"), {"language": "fr", "next": address})
    for answer in (signed_in, chosen):
        assert "evil" not in answer.headers.get("Location", "")
        assert "alert" not in answer.headers.get("Location", "")


def test_a_host_nobody_named_is_not_answered(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_session_someone_was_given_is_not_the_one_they_sign_in_with(world, client):
    client.get(reverse("my:enter"))
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    client.cookies["sessionid"] = given = session.session_key
    client.post(reverse("account_login"), {"login": "companion", "password": PASSWORD})
    assert client.session.session_key != given


def test_a_session_someone_was_given_is_not_the_one_their_own_page_opens_with(furnished_world, client):
    person = furnished_world.person
    pin = people.set_pin(person=person, by=furnished_world.coordinator)
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    client.cookies["sessionid"] = given = session.session_key
    client.post(reverse("my:enter"), {"code": person.code, "pin": pin})
    assert client.session["person_id"] == str(person.pk)
    assert client.session.session_key != given


def test_what_is_out_of_reach_looks_like_what_is_not_there(furnished_world):
    client = furnished_world.client_of("coordinator_elsewhere")
    for name, row in [("people:detail", "person"), ("cases:detail", "case"), ("barriers:detail", "barrier")]:
        hidden, missing = getattr(furnished_world, row).pk, uuid4()
        answers = [client.get(reverse(name, args=[each])) for each in (hidden, missing)]
        bodies = [
            answer.content.decode().replace(str(each), "")
            for answer, each in zip(answers, (hidden, missing), strict=True)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert without_nonces(bodies[0]) == without_nonces(bodies[1])


def test_a_calendar_address_that_was_guessed_closed_or_renewed_shows_nothing(world, client):
    token = tables.renew_feed(by=world.companion)
    shown = client.get(reverse("roundtables:feed", args=[token]))
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert shown.headers["Referrer-Policy"] == "same-origin"
    renewed = tables.renew_feed(by=world.companion)
    tables.close_feed(by=world.companion)
    for worthless in (token, renewed, codes.new_token(), token[:-1]):
        assert client.get(reverse("roundtables:feed", args=[worthless])).status_code == 404


def without_nonces(page):
    """Leave out what is drawn anew for each answer."""

    return re.sub(r'(nonce|value|content)="[A-Za-z0-9+/=_-]{16,}"', "", page)


NAMING = [
    ("barriers:record_case", "heard_case", "kind=document&evidence_type"),
    ("barriers:record_case", "heard_case", "kind=document&requirement"),
    ("roundtables:ask", "programme", "version"),
    ("roundtables:commit", "programme", "meeting"),
    ("roundtables:commit", "programme", "decision"),
]


@pytest.mark.parametrize(("url", "row", "name"), NAMING)
@pytest.mark.parametrize("named", ["x", "%00", "1", "01a2026a-245e-7464-92ae-1cd453cdb752"])
def test_a_row_an_address_names_wrongly_is_not_there_and_breaks_nothing(url, row, name, named, furnished_world):
    about = getattr(furnished_world, row)
    address = reverse(url, args=[about.slug if row == "programme" else about.pk])
    client = furnished_world.client_of("coordinator")
    assert client.get(f"{address}?{name}={named}").status_code == 404


def test_what_is_out_of_reach_takes_as_many_questions_as_what_is_not_there(furnished_world):
    client, told = furnished_world.client_of("coordinator_elsewhere"), {}
    client.get(reverse("web:home"))
    for name, door in doors.listed():
        args = door.args(furnished_world)
        if " " in name or door.method != "get" or door.status_for("coordinator_elsewhere") != 404 or len(args) != 1:
            continue
        if not isinstance(args[0], UUID):
            continue
        asked = []
        for row in (args[0], uuid4()):
            with CaptureQueriesContext(connection) as questions:
                assert client.get(reverse(name, args=[row]) + door.query).status_code == 404
            asked.append(len(questions))
        if asked[0] != asked[1]:
            told[name] = asked
    assert told == {}
