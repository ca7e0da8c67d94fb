"""Who belongs to an organisation, as what, since when and until when."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from relais.access.lock import require, roles_of
from relais.access.roles import ROLES, Role
from relais.access.verbs import Verb
from relais.accounts import services as accounts
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.organisations import rules
from relais.organisations.models import ROLE_LABELS, Invitation, Membership, Organisation
from relais.places.models import Territory

RUNS_IT = [role.value for role in Role if Verb.MEMBER_INVITE in ROLES[role]]


def may_grant(*, by: User, organisation: Organisation) -> frozenset[Role]:
    """Give the roles someone may give in an organisation."""
    held = [role for role, where in roles_of(by) if where == organisation.pk]
    return rules.grantable(held, is_authority=organisation.kind == Organisation.Kind.AUTHORITY)


def require_grantable(*, by: User, organisation: Organisation, role: str) -> Role:
    """Refuse to give or take a role that is not theirs to give."""
    known = Role(role)
    if known not in may_grant(by=by, organisation=organisation):
        raise Refusal(
            _("You cannot give or take the role “%(role)s” here.") % {"role": ROLE_LABELS[known]},
            why=_("Nobody hands out a right they do not hold."),
            next=_("Ask an administrator of this organisation."),
        )
    return known


@transaction.atomic
def add_member(
    *,
    user: User,
    organisation: Organisation,
    role: str,
    territory: Territory | None = None,
    since: date | None = None,
    by: User | None = None,
) -> Membership:
    """Let someone who has an account belong to an organisation. `by` is None for the command line and for packs."""
    if by is not None:
        require(by, Verb.MEMBER_INVITE, organisation)
        require_grantable(by=by, organisation=organisation, role=role)
    membership, new = Membership.objects.get_or_create(
        user=user,
        organisation=organisation,
        role=Role(role),
        until=None,
        defaults={"territory": territory, "since": since or clock.today()},
    )
    if new:
        journal.write("member.joined", membership, by=by or user, member=user.pk, role=role)
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> Membership:
    """Give a member another role from today; the old one stays in the record."""
    require(by, Verb.MEMBER_RECOVER, membership)
    require_grantable(by=by, organisation=membership.organisation, role=membership.role)
    new_role = require_grantable(by=by, organisation=membership.organisation, role=role)
    if new_role == membership.role:
        return membership
    _keep_someone(membership, without=new_role)
    _end(membership, clock.today())
    if new_role.value not in RUNS_IT:
        _take_invitations_back(membership, by)
    changed, _new = Membership.objects.get_or_create(
        user=membership.user,
        organisation=membership.organisation,
        role=new_role,
        until=None,
        defaults={"territory": membership.territory, "since": clock.today()},
    )
    journal.write("member.changed", changed, by=by, member=membership.user_id, was=membership.role, role=role)
    return changed


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """Let someone go: from now on they reach nothing here, and what they did stays."""
    require(by, Verb.MEMBER_RECOVER, membership)
    require_grantable(by=by, organisation=membership.organisation, role=membership.role)
    if membership.until is not None:
        return
    _keep_someone(membership)
    _end(membership, clock.today())
    _take_invitations_back(membership, by)
    accounts.forget_drafts(of=membership.user)
    journal.write("member.left", membership, by=by, member=membership.user_id, role=membership.role)


def _end(membership: Membership, day: date) -> None:
    membership.until = max(day, membership.since)
    membership.save(update_fields=["until"])


def _take_invitations_back(membership: Membership, by: User) -> None:
    """Close the ways in that someone made who no longer runs the organisation, so that they do not return by one."""
    made = Invitation.objects.usable(clock.now()).filter(
        organisation=membership.organisation_id, created_by=membership.user_id
    )
    for invitation in made:
        invitation.withdrawn_at = clock.now()
        invitation.save(update_fields=["withdrawn_at"])
        journal.write("invitation.withdrawn", invitation, by=by, role=invitation.role)


def _keep_someone(leaving: Membership, without: Role | None = None) -> None:
    """Refuse to leave an organisation with nobody who can let others in."""
    stays = without is not None and without.value in RUNS_IT
    if leaving.role not in RUNS_IT or stays:
        return
    # Locked in one order, so that two who leave at once cannot both believe that the other stays.
    running = (
        Membership.objects.current(clock.today())
        .filter(organisation=leaving.organisation, role__in=RUNS_IT, user__is_active=True, user__kind=User.Kind.PERSON)
        .select_for_update()
        .order_by("pk")
    )
    if not any(other.pk != leaving.pk for other in running):
        raise Refusal(
            _("Nobody would be left who can let others in."),
            next=_("Give someone else the role of coordinator, authority or administrator first."),
        )
