from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import clear_url_caches, path, reverse

from relais.accounts import services
from relais.accounts.models import FormDraft
from relais.config import urls
from relais.kernel import clock
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = "/account/"
WORDS = [("headline", "Нет свидетельства о рождении"), ("kinds", "document"), ("kinds", "fee")]


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.RELAIS_KEYS_DIR = tmp_path


@pytest.fixture
def amina():
    return UserFactory(username="amina")


def signed_out_while_typing(client, user, fields):
    """Sign in, lose the session as time does, and send a form."""
    client.force_login(user, backend=BACKEND)
    client.get(reverse("accounts:detail"))
    del client.cookies["sessionid"]
    return client.post(PAGE, fields)


def test_what_was_typed_comes_back_once_to_who_typed_it(amina):
    services.save_draft(user=amina, page=PAGE, values=WORDS)
    assert services.take_draft(user=UserFactory(), page=PAGE) == []
    assert services.take_draft(user=amina, page=PAGE) == WORDS
    assert services.take_draft(user=amina, page=PAGE) == []


def test_a_draft_is_sealed_and_bound_to_its_row(amina):
    draft = services.save_draft(user=amina, page=PAGE, values=WORDS)
    assert "свидетельства".encode() not in bytes(FormDraft.objects.get().sealed)
    other = services.save_draft(user=amina, page="/other/", values=WORDS)
    other.sealed = draft.sealed
    assert services.open_draft(other) == []


def test_the_newest_words_of_a_page_replace_the_older(amina):
    services.save_draft(user=amina, page=PAGE, values=[("a", "1")])
    services.save_draft(user=amina, page=PAGE, values=[("a", "2")])
    assert services.take_draft(user=amina, page=PAGE) == [("a", "2")]


def test_nothing_too_large_or_empty_is_kept_and_no_more_than_twenty(amina):
    assert services.save_draft(user=amina, page=PAGE, values=[]) is None
    assert services.save_draft(user=amina, page=PAGE, values=[("a", "x" * 200_000)]) is None
    assert services.save_draft(user=amina, page="/" * 301, values=WORDS) is None
    for number in range(25):
        services.save_draft(user=amina, page=f"/{number}/", values=WORDS)
    assert amina.drafts.count() == 20
    assert not amina.drafts.filter(page="/0/").exists()


def test_what_nobody_came_back_for_is_forgotten_after_thirty_days(amina, at):
    services.save_draft(user=amina, page=PAGE, values=WORDS)
    assert services.forget_old_drafts() == 0
    later = clock.now() + timedelta(days=31)
    at(later.strftime("%Y-%m-%d %H:%M"))
    assert services.forget_old_drafts() == 1


def test_a_form_sent_after_the_session_ended_is_kept_and_given_back(client, amina):
    response = signed_out_while_typing(client, amina, {"headline": "No birth record", "kinds": ["document", "fee"]})
    assert response.url == f"{reverse('account_login')}?next={reverse('accounts:typed').replace('/', '%2F')}"
    assert "is kept" in client.get(response.url).content.decode()
    response = client.post(response.url, {"login": "amina", "password": "a long enough password"}, follow=True)
    shown = response.content.decode()
    assert '<input type="hidden" name="headline" value="No birth record">' in shown
    assert shown.count('<input type="hidden" name="kinds"') == 2


def test_nobody_else_on_a_shared_phone_sees_it(client, amina):
    signed_out_while_typing(client, amina, {"headline": "No birth record"})
    client.force_login(UserFactory(), backend=BACKEND)
    assert "No birth record" not in client.get(reverse("accounts:typed")).content.decode()
    assert amina.drafts.count() == 1


def test_passwords_pins_and_tokens_are_never_kept(client, amina):
    fields = {"password": "p1", "old_password": "p2", "pin": "p3", "api_token": "p4", "headline": "kept"}
    signed_out_while_typing(client, amina, fields | {"csrfmiddlewaretoken": "p5"})
    assert services.take_draft(user=amina, page=PAGE) == [("headline", "kept")]


def test_a_browser_nobody_signed_in_with_keeps_nothing(client, amina):
    client.cookies["relais_reader"] = "forged"
    assert client.post(PAGE, {"headline": "x"}).url.startswith(reverse("account_login"))
    assert not FormDraft.objects.exists()


def test_a_kept_form_is_forgotten_once_it_was_accepted(client, amina, monkeypatch):
    monkeypatch.setattr(
        urls,
        "urlpatterns",
        [
            *urls.urlpatterns,
            path("accepting/", lambda _request: redirect("/")),
            path("refusing/", lambda _request: HttpResponse(status=422)),
        ],
    )
    clear_url_caches()
    for page in ["/accepting/", "/refusing/"]:
        draft = services.save_draft(user=amina, page=page, values=WORDS)
        client.force_login(amina, backend=BACKEND)
        client.post(page, {"kept_draft": draft.pk})
    assert list(amina.drafts.values_list("page", flat=True)) == ["/refusing/"]
    clear_url_caches()


def test_what_is_not_wanted_is_thrown_away_by_its_owner_only(client, amina):
    draft = services.save_draft(user=amina, page=PAGE, values=WORDS)
    client.force_login(UserFactory(), backend=BACKEND)
    assert client.post(reverse("accounts:typed_forget", args=[draft.pk])).status_code == 404
    client.force_login(amina, backend=BACKEND)
    client.post(reverse("accounts:typed_forget", args=[draft.pk]))
    assert not FormDraft.objects.exists()


@pytest.fixture
def strict(amina):
    """A browser whose forms are checked as on a real site."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(amina, backend=BACKEND)
    return browser


def test_a_page_open_since_before_one_signed_in_anew_loses_nothing(strict, amina):
    response = strict.post(PAGE, {"headline": "No birth record"}, headers={"sec-fetch-site": "same-origin"})
    assert response.url == reverse("accounts:typed")
    assert services.take_draft(user=amina, page=PAGE) == [("headline", "No birth record")]


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_what_another_site_sends_is_refused_and_not_kept(strict, site):
    response = strict.post(PAGE, {"headline": "planted"}, headers={"sec-fetch-site": site})
    assert response.status_code == 403
    assert not FormDraft.objects.exists()


def test_a_visitor_whose_form_is_not_ours_is_refused(db):
    response = Client(enforce_csrf_checks=True).post(
        reverse("account_login"), {"login": "x"}, headers={"sec-fetch-site": "same-origin"}
    )
    assert response.status_code == 403
