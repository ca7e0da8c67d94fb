"""Settings that cannot be used stop the start and say what to write."""

import pytest

from relais.config import env


@pytest.fixture
def mail(monkeypatch):
    def read(address):
        monkeypatch.setenv("EMAIL_URL", address)
        return env.mail("EMAIL_URL")

    return read


def test_without_an_address_no_mail_is_sent(mail):
    assert mail("") == {"RELAIS_MAIL": False, "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


def test_a_server_elsewhere_is_spoken_to_in_cipher(mail):
    read = mail("smtp://relais:a%40b@mail.example.org")
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"], read["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("relais", "a@b")
    assert (mail("smtps://mail.example.org")["EMAIL_USE_SSL"], mail("smtps://mail.example.org")["EMAIL_PORT"]) == (
        True,
        465,
    )


def test_a_server_on_this_machine_needs_no_cipher(mail):
    read = mail("smtp://localhost")
    assert (read["EMAIL_PORT"], read["EMAIL_USE_TLS"]) == (25, False)
    assert "console" in str(mail("console://")["EMAIL_BACKEND"])


@pytest.mark.parametrize("address", ["imap://mail.example.org", "mail.example.org", "smtp://"])
def test_an_address_that_is_none_is_refused_with_the_remedy(mail, address):
    with pytest.raises(env.WrongSetting, match="write smtp://user:password@host:port"):
        mail(address)
