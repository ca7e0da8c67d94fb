"""A new way in for someone who lost theirs: given by who runs the organisation, in person, without e-mail."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from relais.access.lock import require, roles_of
from relais.access.verbs import Verb
from relais.accounts import services as accounts
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock, codes
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.organisations import rules
from relais.organisations.models import Invitation, Membership, Organisation
from relais.organisations.services.invitations import invitation_of, use_once

HOURS_OPEN = 24


@transaction.atomic
def recover_access(
    *, membership: Membership, by: User, reset_mfa: bool = False, reason: str = ""
) -> tuple[Invitation, str]:
    """Give a member a one-time way back in; the second step of signing in stays unless there is a reason to reset it."""
    require(by, Verb.MEMBER_RECOVER, membership)
    _refuse_more_rights(membership.user, by)
    if reset_mfa and not reason.strip():
        raise Refusal(
            _("Say why the second step is taken away."),
            why=_("Whoever reads the journal must be able to understand it."),
        )
    _withdraw_earlier(membership.user, by)
    token = codes.new_token()
    invitation = Invitation.objects.create(
        id=uuid7(),
        organisation=membership.organisation,
        role=membership.role,
        recovers=membership.user,
        resets_mfa=reset_mfa,
        reason=reason.strip() if reset_mfa else "",
        token_hash=codes.token_hash(token),
        created_by=by,
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(hours=HOURS_OPEN),
    )
    journal.write("access.recovered", invitation, by=by, member=membership.user_id, resets_mfa=reset_mfa)
    return invitation, token


@transaction.atomic
def return_through(*, token: str, password: str) -> User:
    """Come back in: a new password, and every session that was open elsewhere ends with the old one."""
    invitation = invitation_of(token)
    user: User | None = invitation.recovers
    if user is None:
        raise Refusal(_("This invitation makes a new account; it does not give one back."))
    _refuse_more_rights(user, invitation.created_by)  # they may have been given more since the link was made
    if not use_once(invitation.pk):
        raise Refusal(_("This link has just been used."), next=_("Ask for a new one."))
    accounts.set_password(user=user, password=password)
    if invitation.resets_mfa:
        Authenticator.objects.filter(user=user).delete()
    invitation.used_by = user
    invitation.save(update_fields=["used_by"])
    journal.write("access.regained", invitation, by=user, mfa_reset=invitation.resets_mfa)
    return user


def _refuse_more_rights(target: User, by: User) -> None:
    held = list(Membership.objects.roles_of(target, clock.today()))
    authorities = Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY).values_list("pk", flat=True)
    if not target.is_active or target.kind != User.Kind.PERSON:
        raise Refusal(_("This account cannot sign in."))
    if not rules.outranks(roles_of(by), held, authorities):
        raise Refusal(
            _("You cannot give access back to this account."),
            why=_("It holds rights that are not yours to give, here or in another organisation."),
            next=_("Ask an administrator, or invite them with a new sign-in name."),
        )


def _withdraw_earlier(user: User, by: User) -> None:
    for earlier in Invitation.objects.usable(clock.now()).filter(recovers=user):
        earlier.withdrawn_at = clock.now()
        earlier.save(update_fields=["withdrawn_at"])
        journal.write("invitation.withdrawn", earlier, by=by, role=earlier.role)
