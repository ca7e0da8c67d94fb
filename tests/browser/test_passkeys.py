"""Signing in with a passkey, in a real browser with an authenticator of its own."""

import pytest
from django.urls import reverse

PASSWORD = "a long enough password"


@pytest.fixture
def authenticator(page):
    """A phone's fingerprint reader that always recognises its owner."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def localhost(page, live_server):
    """The address by its name: browsers make no passkey for a number."""
    return live_server.url.replace("127.0.0.1", "localhost")


def test_a_passkey_is_added_and_then_opens_the_door_without_a_password(page, authenticator, furnished_world, localhost):
    page.goto(localhost + reverse("account_login"))
    page.fill("input[name=login]", "companion")
    page.fill("input[name=password]", PASSWORD)
    page.click("main .button-primary")
    page.goto(localhost + reverse("mfa_add_webauthn"))
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", PASSWORD)
        page.click("main .button-primary")
    page.fill("input[name=name]", "My phone")
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda address: "passkeys/add" not in address)
    page.context.clear_cookies()
    page.goto(localhost + reverse("account_login"))
    page.click("#passkey_login")
    page.wait_for_url(lambda address: "sign-in" not in address)
    page.goto(localhost + reverse("accounts:detail"))
    assert "A password and a second step" in page.content()
