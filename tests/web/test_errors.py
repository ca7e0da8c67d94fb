"""When something goes wrong, the page speaks the reader's language and leads them back into their own pages."""

import pytest
from django.http import Http404

from relais.web import errors


@pytest.fixture
def client_of(furnished_world):
    return furnished_world.client_of


def text(response):
    return response.content.decode()


def test_who_is_signed_in_keeps_the_rail_and_finds_the_way_back(client_of):
    response = client_of("coordinator").get("/nowhere/", headers={"referer": "http://testserver/cases/"})
    page = text(response)
    assert response.status_code == 404
    assert 'class="rail"' in page
    assert 'href="http://testserver/cases/"' in page
    assert "My desk" in page


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/", "http://testserver/nowhere/"])
def test_nobody_is_sent_back_elsewhere_or_to_the_same_error(client_of, referer):
    assert "Back to where you were" not in text(client_of("coordinator").get("/nowhere/", headers={"referer": referer}))


def test_a_visitor_is_led_to_the_first_page_and_someone_with_a_pin_to_their_own(client_of):
    assert "Go to the first page" in text(client_of("visitor").get("/nowhere/"))
    page = text(client_of("person").get("/nowhere/"))
    assert 'href="/my/page/"' in page
    assert "Sign in" not in page


def test_an_error_speaks_the_language_of_its_reader(client_of):
    assert "Il n’y a rien ici pour vous" in text(
        client_of("companion").get("/nowhere/", headers={"accept-language": "fr"})
    )
    assert 'dir="rtl"' in text(client_of("companion").get("/nowhere/", headers={"accept-language": "ar"}))


def test_an_address_behind_a_button_says_so_when_it_is_opened(client_of, furnished_world):
    response = client_of("coordinator").get(f"/cases/{furnished_world.case.pk}/reopen/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "only works behind a button" in text(response)


def test_a_form_that_stood_too_long_says_so(client_of):
    client = client_of("companion")
    client.handler.enforce_csrf_checks = True
    response = client.post("/barriers/record/", {"headline": "x"})
    assert response.status_code == 403
    assert "went out of date" in text(response)
    assert 'class="rail"' in text(response)


def test_a_host_that_is_not_ours_gets_a_plain_answer(client_of):
    response = client_of("visitor").get("/", headers={"host": "elsewhere.example", "referer": "http://testserver/"})
    assert response.status_code == 400
    assert "Back to where you were" not in text(response)


def test_what_was_refused_shows_a_visitor_no_empty_rail(rf):
    request = rf.get("/")
    assert 'class="rail"' not in text(errors.bad_request(request, ValueError()))
    assert errors.forbidden(request, PermissionError()).status_code == 403


def test_our_mistake_keeps_the_rail_and_is_said_even_when_nothing_else_can_be(rf, companion, monkeypatch, caplog):
    request = rf.get("/")
    request.user = companion
    response = errors.server_error(request)
    assert response.status_code == 500
    assert 'class="rail"' in text(response)

    def broken(*_args, **_more):
        raise RuntimeError("no database")

    monkeypatch.setattr(errors, "render", broken)
    response = errors.server_error(request)
    assert response.status_code == 500
    assert "on our side" in text(response)
    assert "could not be drawn" in caplog.text


def test_not_found_is_said_to_whoever_asks(rf):
    assert errors.not_found(rf.get("/"), Http404()).status_code == 404
