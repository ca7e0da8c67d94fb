import pytest
from django.urls import NoReverseMatch, reverse


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_confirm_email",
        "account_reset_password_from_key",
        "account_change_password",
        "account_request_login_code",
        "mfa_signup_webauthn",
    ],
)
def test_what_relais_does_not_need_does_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
