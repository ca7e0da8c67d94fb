"""What people do with organisations: describe them, invite, let go, help back in, lend a line, let a program in."""

from relais.organisations.services.descriptions import describe_organisation, install_organisation
from relais.organisations.services.invitations import (
    accept_invitation,
    invitation_of,
    invite_member,
    join_with_account,
    withdraw_invitation,
)
from relais.organisations.services.lines import end_line, lend_line
from relais.organisations.services.members import add_member, change_role, end_membership
from relais.organisations.services.recovery import recover_access, return_through
from relais.organisations.services.tokens import keep_token, make_token, opens_nothing, revoke_token, user_of_token

__all__ = [
    "accept_invitation",
    "add_member",
    "change_role",
    "describe_organisation",
    "end_line",
    "end_membership",
    "install_organisation",
    "invitation_of",
    "invite_member",
    "join_with_account",
    "keep_token",
    "lend_line",
    "make_token",
    "opens_nothing",
    "recover_access",
    "return_through",
    "revoke_token",
    "user_of_token",
    "withdraw_invitation",
]
