from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from relais.access.roles import Role
from relais.accounts.models import User
from tests.accounts.factories import UserFactory
from tests.organisations.factories import member

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "a long enough password"


@pytest.fixture
def amina(client):
    user = member(Role.COMPANION, username="amina", display_name="Amina")
    client.force_login(user, backend=BACKEND)
    return user


def totp_code(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_no_page_of_who_is_signed_in_stays_in_the_browser(client, amina):
    for address in (reverse("web:home"), reverse("people:list"), reverse("accounts:detail")):
        assert "no-store" in client.get(address).headers.get("Cache-Control", "")
    assert "no-store" not in Client().get(reverse("web:home")).headers.get("Cache-Control", "")


def test_the_language_and_name_of_an_account_follow_it(client, amina):
    response = client.post(reverse("accounts:detail"), {"display_name": "Amina B.", "language": "ar"}, follow=True)
    assert 'dir="rtl"' in response.content.decode()
    elsewhere = Client()
    elsewhere.force_login(User.objects.get(pk=amina.pk), backend=BACKEND)
    assert 'dir="rtl"' in elsewhere.get(reverse("accounts:detail")).content.decode()


def test_a_language_chosen_on_this_device_comes_first_and_is_remembered(client, amina):
    client.post(reverse("set_language"), {"language": "fr", "next": "/"})
    amina.refresh_from_db()
    assert amina.language == "fr"
    client.post(reverse("set_language"), {"language": "tlh", "next": "/"})
    amina.refresh_from_db()
    assert amina.language == "fr"


def test_an_account_without_a_name_is_asked_for_one(client, amina):
    assert client.post(reverse("accounts:detail"), {"display_name": "", "language": "fr"}).status_code == 422


def test_a_new_password_needs_the_one_before_and_ends_other_sessions(client, amina):
    elsewhere = Client()
    elsewhere.force_login(amina, backend=BACKEND)
    address = reverse("accounts:password")
    assert client.post(address, {"current": "wrong", "password": "a quiet orchard"}).status_code == 422
    assert client.post(address, {"current": PASSWORD, "password": "short"}).status_code == 422
    assert client.post(address, {"current": PASSWORD, "password": "a quiet orchard"}).status_code == 302
    assert client.get(address).status_code == 200
    assert elsewhere.get(address).status_code == 302


def test_a_password_given_by_someone_else_is_changed_before_anything_else(client, amina):
    User.objects.filter(pk=amina.pk).update(must_set_password=True)
    assert client.get(reverse("accounts:detail")).url == reverse("accounts:password")
    assert "current" not in client.get(reverse("accounts:password")).context["form"].fields
    client.post(reverse("accounts:password"), {"password": "a quiet orchard"})
    assert client.get(reverse("accounts:detail")).status_code == 200


def test_who_sees_identities_adds_a_second_step_when_the_grace_is_over(client, amina, settings):
    settings.RELAIS_MFA_GRACE_DAYS = 14
    assert client.get(reverse("accounts:detail")).status_code == 200
    User.objects.filter(pk=amina.pk).update(date_joined=amina.date_joined - timedelta(days=15))
    assert client.get(reverse("accounts:detail")).url == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    Authenticator.objects.create(user=amina, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get(reverse("accounts:detail")).status_code == 200


@pytest.mark.parametrize("days", [-1, 400])
def test_a_site_says_how_long_the_grace_is(client, amina, settings, days):
    settings.RELAIS_MFA_GRACE_DAYS = days
    User.objects.filter(pk=amina.pk).update(date_joined=amina.date_joined - timedelta(days=300))
    assert client.get(reverse("accounts:detail")).status_code == 200


def test_who_sees_no_identity_is_not_asked(client, settings):
    settings.RELAIS_MFA_GRACE_DAYS = 0
    client.force_login(member(Role.EVIDENCE_OFFICER), backend=BACKEND)
    assert client.get(reverse("accounts:detail")).status_code == 200
    client.force_login(UserFactory(), backend=BACKEND)
    assert client.get(reverse("accounts:detail")).status_code == 200


def test_with_a_second_step_a_password_alone_lets_nobody_in(amina):
    secret = generate_totp_secret()
    TOTP.activate(amina, secret)
    client = Client()
    response = client.post(reverse("account_login"), {"login": "amina", "password": PASSWORD})
    assert response.url == reverse("mfa_authenticate")
    assert client.get(reverse("accounts:detail")).status_code == 302
    assert client.get(response.url).status_code == 200
    assert client.post(response.url, {"code": "000000"}).status_code == 200
    code = totp_code(secret)
    assert client.post(response.url, {"code": code}).status_code == 302
    assert client.get(reverse("accounts:detail")).status_code == 200


def test_a_one_time_code_is_not_taken_twice(amina):
    secret = generate_totp_secret()
    TOTP.activate(amina, secret)
    code = totp_code(secret)
    answers = []
    for _phone in range(2):
        client = Client()
        client.post(reverse("account_login"), {"login": "amina", "password": PASSWORD})
        answers.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)
    assert answers == [302, 200]


def test_guessing_one_time_codes_is_stopped(amina):
    secret = generate_totp_secret()
    TOTP.activate(amina, secret)
    client = Client()
    client.post(reverse("account_login"), {"login": "amina", "password": PASSWORD})
    for _guess in range(6):
        response = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Too many failed" in response.content.decode()


def test_a_recovery_code_works_once(amina):
    TOTP.activate(amina, generate_totp_secret())
    code = RecoveryCodes.activate(amina).generate_codes()[0]
    answers = []
    for _time in range(2):
        client = Client()
        client.post(reverse("account_login"), {"login": "amina", "password": PASSWORD})
        answers.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)
    assert answers == [302, 200]


def test_a_passkey_can_be_asked_for_without_an_account(client):
    response = client.get(
        reverse("mfa_login_webauthn"), headers={"accept": "application/json", "x-requested-with": "XMLHttpRequest"}
    )
    assert "challenge" in response.json()["request_options"]["publicKey"]


def test_signing_in_asks_for_no_javascript_where_no_passkey_is_needed(client):
    assert "noscript" not in client.get(reverse("account_login")).content.decode()
