"""The pages of allauth that Relais opens, one by one: what is not listed here does not exist.

No sign-up, no e-mail, no password by mail: accounts come from an invitation, and a coordinator helps back in.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from relais.accounts import views

urlpatterns = [
    path("language/", views.language, name="set_language"),
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/closed/", login_not_required(account.account_inactive), name="account_inactive"),
    path("account/lost/", views.lost_access, name="account_reset_password"),
    path("account/once-more/", account.reauthenticate, name="account_reauthenticate"),
    path("account/second-step/", mfa.index, name="mfa_index"),
    path("account/second-step/now/", login_not_required(mfa.authenticate), name="mfa_authenticate"),
    path("account/second-step/once-more/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-step/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-step/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-step/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-step/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/second-step/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/once-more/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/sign-in/", login_not_required(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]
