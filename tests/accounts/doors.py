"""Who opens the pages of one's own account, and of signing in."""

from django.core import signing

from relais.accounts import services
from relais.accounts.services.mailing import SALT
from tests.doors import Door


def furnish(world):
    world.typed = services.save_draft(
        user=world.companion, page="/barriers/record/", values=[("headline", "No birth record")]
    )


def of_companion(world):
    return [signing.dumps(str(world.companion.pk), salt=SALT)]


EVERYONE = Door(rest=200)
ONCE_MORE = Door(rest=302)  # to prove once more who they are

DOORS = {
    "accounts:detail": EVERYONE,
    "accounts:mail": [
        Door(rest=405),
        Door("post", data=lambda _: {"wants_mail": "on"}, rest=422),
        Door("post", data=lambda _: {"email": "amina@example.org", "wants_mail": "on"}, rest=302),
    ],
    "accounts:mail_stop": [
        Door(args=of_companion, visitor=200, person=200, rest=200),
        Door("post", args=of_companion, visitor=200, person=200, rest=200),
        Door(args=lambda _: ["made-up"], visitor=404, person=404),
    ],
    "accounts:password": [EVERYONE, Door("post", data=lambda _: {"current": "wrong", "password": "x"}, rest=422)],
    "accounts:typed": EVERYONE,
    "accounts:typed_forget": [
        Door(args=lambda world: [world.typed.pk], rest=405),
        Door("post", args=lambda world: [world.typed.pk], companion=302),
    ],
    "set_language": [
        Door(visitor=405, person=405, rest=405),
        Door("post", data=lambda _: {"language": "fr"}, visitor=302, person=302, rest=302),
    ],
    "account_login": Door(visitor=200, person=200, rest=302),
    "account_logout": [Door(rest=200), Door("post", rest=302)],
    "account_inactive": Door(visitor=200, person=200, rest=200),
    "account_reset_password": Door(visitor=200, person=200, rest=200),
    "account_reauthenticate": EVERYONE,
    "mfa_index": EVERYONE,
    "mfa_authenticate": Door(rest=302),
    "mfa_reauthenticate": Door(rest=302),
    "mfa_activate_totp": ONCE_MORE,
    "mfa_deactivate_totp": Door(),
    "mfa_view_recovery_codes": Door(),
    "mfa_generate_recovery_codes": ONCE_MORE,
    "mfa_download_recovery_codes": Door(),
    "mfa_list_webauthn": EVERYONE,
    "mfa_add_webauthn": ONCE_MORE,
    "mfa_reauthenticate_webauthn": Door(rest=302),
    "mfa_login_webauthn": Door(rest=302),
    "mfa_remove_webauthn": Door(args=lambda _: [1], rest=302),
    "mfa_edit_webauthn": Door(args=lambda _: [1], rest=302),
}
