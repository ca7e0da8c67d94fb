"""A one-time way in: made by who runs the organisation, opened by who joins it."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts import services as accounts
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock, codes
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict, Refusal
from relais.organisations.models import Invitation, Membership, Organisation
from relais.organisations.services.members import add_member, require_grantable
from relais.places.models import Territory

DAYS_OPEN = 7
LONGEST_DAYS_OPEN = 30


@transaction.atomic
def invite_member(
    *,
    organisation: Organisation,
    role: str,
    by: User,
    label: str = "",
    territory: Territory | None = None,
    days: int = DAYS_OPEN,
    id: UUID | None = None,
) -> tuple[Invitation, str]:
    """Make a one-time way in, and give its token, which is shown once and never kept."""
    require(by, Verb.MEMBER_INVITE, organisation)
    require_grantable(by=by, organisation=organisation, role=role)
    if not 1 <= days <= LONGEST_DAYS_OPEN:
        raise Refusal(_("An invitation stays open between 1 and %(days)d days.") % {"days": LONGEST_DAYS_OPEN})
    if id and Invitation.objects.filter(pk=id).exists():
        raise Conflict(
            _("This invitation was made before."),
            why=_("Its way in was told once and is kept nowhere."),
            next=_("Take it back and make another one."),
        )
    token = codes.new_token()
    invitation = Invitation.objects.create(
        id=id or uuid7(),
        organisation=organisation,
        role=role,
        label=label,
        territory=territory,
        token_hash=codes.token_hash(token),
        created_by=by,
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=days),
    )
    journal.write("member.invited", invitation, by=by, role=role)
    return invitation, token


def invitation_of(token: str) -> Invitation:
    """Give the open invitation a token leads to, or refuse."""
    usable = Invitation.objects.usable(clock.now()).select_related("organisation", "recovers")
    found: Invitation | None = usable.filter(token_hash=codes.token_hash(token)).first()
    if found is None:
        raise Refusal(
            _("This invitation no longer works."),
            why=_("It was used, taken back, or too many days went by."),
            next=_("Ask whoever gave it to you for a new one."),
        )
    return found


@transaction.atomic
def accept_invitation(*, token: str, username: str, display_name: str, password: str, language: str = "") -> Membership:
    """Join with a new account: a sign-in name and a password are all it takes."""
    invitation = _use(invitation_of(token))
    user = accounts.make_account(
        username=username, display_name=display_name, password=password, language=language, by=invitation.created_by
    )
    return _join(invitation, user)


@transaction.atomic
def join_with_account(*, token: str, by: User) -> Membership:
    """Join with the account one already has."""
    return _join(_use(invitation_of(token)), by)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Take an invitation back, so that its link and its QR lead nowhere."""
    require(by, Verb.MEMBER_INVITE, invitation)
    taken_back = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
    if taken_back.update(withdrawn_at=clock.now()):
        journal.write("invitation.withdrawn", invitation, by=by, role=invitation.role)


def use_once(invitation_id: UUID) -> bool:
    """Mark an invitation used, and say whether it was still open; of two at once, one hears yes."""
    return bool(Invitation.objects.usable(clock.now()).filter(pk=invitation_id).update(used_at=clock.now()))


def _use(invitation: Invitation) -> Invitation:
    if invitation.recovers_id is not None:
        raise Refusal(_("This link gives access back to an account; it does not make a new one."))
    if not use_once(invitation.pk):
        raise Refusal(_("This invitation has just been used."), next=_("Ask for a new one."))
    return invitation


def _join(invitation: Invitation, user: User) -> Membership:
    invitation.used_by = user
    invitation.save(update_fields=["used_by"])
    return add_member(
        user=user, organisation=invitation.organisation, role=invitation.role, territory=invitation.territory
    )
