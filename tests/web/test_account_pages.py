"""Pages of allauth, drawn by our shell: each opens, in our look, with nothing undefined."""

import pytest
from django.urls import reverse

PAGES = ["mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "account_logout"]


@pytest.fixture
def fresh(client, coordinator):
    """A browser in which the coordinator has just proved who they are."""
    client.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("account_reauthenticate"), {"password": "a long enough password"})
    return client


@pytest.mark.parametrize("page", PAGES)
def test_a_page_about_ones_own_account_stands_in_our_shell(fresh, page):
    response = fresh.get(reverse(page))
    assert response.status_code == 200
    assert "Skip to the page" in response.content.decode()


def test_codes_for_a_lost_phone_can_be_made_and_read(fresh, coordinator):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(coordinator, generate_totp_secret())
    assert fresh.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    fresh.post(reverse("mfa_generate_recovery_codes"))
    assert fresh.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert fresh.get(reverse("mfa_index")).status_code == 200
    assert fresh.get(reverse("mfa_deactivate_totp")).status_code == 200
    assert Authenticator.objects.filter(user=coordinator).count() == 2


def test_who_forgot_a_password_is_sent_to_their_coordinator(client, db):
    assert "Ask your coordinator" in client.get(reverse("account_reset_password")).content.decode()
