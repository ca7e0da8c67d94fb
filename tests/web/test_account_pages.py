"""Pages of allauth, drawn by our shell: each opens, in our look, with nothing undefined."""

import pytest

PAGES = ["2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "password/change/", "logout/"]


@pytest.fixture
def fresh(client, coordinator):
    """A browser in which the coordinator has just proved who they are."""
    client.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post("/account/reauthenticate/", {"password": "a long enough password"})
    return client


@pytest.mark.parametrize("page", PAGES)
def test_a_page_about_ones_own_account_stands_in_our_shell(fresh, page):
    response = fresh.get(f"/account/{page}")
    assert response.status_code == 200
    assert "Skip to the page" in response.content.decode()


def test_codes_for_a_lost_phone_can_be_made_and_read(fresh, coordinator):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(coordinator, generate_totp_secret())
    assert fresh.get("/account/2fa/recovery-codes/generate/").status_code == 200
    fresh.post("/account/2fa/recovery-codes/generate/")
    assert fresh.get("/account/2fa/recovery-codes/").status_code == 200
    assert fresh.get("/account/2fa/").status_code == 200
    assert fresh.get("/account/2fa/totp/deactivate/").status_code == 200
    assert Authenticator.objects.filter(user=coordinator).count() == 2


def test_who_forgot_a_password_is_sent_to_their_coordinator(client, db):
    assert "Ask your coordinator" in client.get("/account/password/reset/").content.decode()


def test_signing_up_is_by_invitation(client, db):
    assert "invitation" in client.get("/account/signup/").content.decode()
