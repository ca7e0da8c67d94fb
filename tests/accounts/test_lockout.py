from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from relais.accounts import lockout
from relais.kernel import clock
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


@pytest.fixture
def amina():
    return UserFactory(username="amina")


def sign_in(username, password, address="198.51.100.7", **headers):
    client = Client(REMOTE_ADDR=address, **headers)
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_a_wrong_password_is_said_kindly_and_nothing_typed_is_lost(amina):
    response = sign_in("amina", "wrong")
    assert response.status_code == 200
    assert 'value="amina"' in response.content.decode()


def test_after_eight_wrong_passwords_this_place_waits_and_only_this_place(amina):
    answers = [sign_in("amina", "wrong").status_code for _try in range(9)]
    assert answers[-1] == 429
    assert sign_in("amina", PASSWORD).status_code == 429
    assert sign_in("amina", PASSWORD, address="203.0.113.9").status_code == 302


def test_letters_count_the_same_in_any_case(amina):
    for name in ["amina", "Amina", "AMINA", " amina"] * 2:
        sign_in(name, "wrong")
    assert sign_in("amina", PASSWORD).status_code == 429


def test_one_home_of_ipv6_addresses_is_one_place(amina):
    for number in range(8):
        sign_in("amina", "wrong", address=f"2001:db8::{number}")
    assert sign_in("amina", PASSWORD, address="2001:db8::abcd").status_code == 429
    assert sign_in("amina", PASSWORD, address="2001:db8:0:1::1").status_code == 302


def test_ten_thousand_guesses_from_many_places_lock_nobody_out(amina, rf):
    guesses = [
        AccessAttempt(
            username=lockout.name_tried(rf.post("/", {"login": "amina"})),
            ip_address=lockout.place_tried_from(rf.get("/", REMOTE_ADDR=f"10.0.{place // 250}.{place % 250}")),
            failures_since_start=8,
            attempt_time=clock.now(),
        )
        for place in range(1250)
    ]
    AccessAttempt.objects.bulk_create(guesses)
    assert sum(guess.failures_since_start for guess in guesses) == 10_000
    assert sign_in("amina", "right?", address="10.0.0.1").status_code == 429
    assert sign_in("amina", PASSWORD).status_code == 302


def test_a_locked_place_is_not_even_asked_for_the_password(amina, monkeypatch):
    for _try in range(8):
        sign_in("amina", "wrong")
    asked = []
    monkeypatch.setattr(type(amina), "check_password", lambda _user, raw: asked.append(raw) or True)
    assert {sign_in("amina", f"guess {number}").status_code for number in range(50)} == {429}
    assert asked == []


def test_waiting_is_enough(amina):
    for _try in range(8):
        sign_in("amina", "wrong")
    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(minutes=16))
    assert sign_in("amina", PASSWORD).status_code == 302


def test_neither_names_nor_addresses_nor_browsers_are_kept(amina):
    sign_in("amina", "wrong", HTTP_USER_AGENT="Planted Browser")
    kept = str(list(AccessAttempt.objects.values()))
    for planted in ["amina", "198.51.100.7", "Planted Browser", "wrong"]:
        assert planted not in kept


def test_behind_proxies_of_ours_the_address_they_saw_counts(rf, settings):
    through = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 198.51.100.7"}
    direct = lockout.place_tried_from(rf.get("/", REMOTE_ADDR="198.51.100.7"))
    settings.RELAIS_PROXIES = 1
    assert lockout.place_tried_from(rf.get("/", **through)) == direct


def test_without_proxies_of_ours_nobody_chooses_their_own_address(rf, settings):
    settings.RELAIS_PROXIES = 0
    forged = rf.get("/", REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR="203.0.113.1")
    assert lockout.place_tried_from(forged) == lockout.place_tried_from(rf.get("/", REMOTE_ADDR="198.51.100.7"))


def test_a_place_without_an_address_is_still_a_place(rf):
    assert lockout.place_tried_from(rf.get("/", REMOTE_ADDR="unix:"))
