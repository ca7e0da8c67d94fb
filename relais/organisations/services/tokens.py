"""Keys with which an organisation's programs use the API, in the rights of an account of their own."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from relais.access.lock import Actor, require, roles_of
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.accounts import services as accounts
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock, codes
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.organisations.models import ApiToken, Membership, Organisation
from relais.organisations.services.members import add_member, may_grant, require_grantable


@transaction.atomic
def make_token(
    *, organisation: Organisation, name: str, role: str, by: User, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Let a program in, and give its token, which is shown once; only its hash is kept."""
    require(by, Verb.TOKEN_MANAGE, organisation)
    require_grantable(by=by, organisation=organisation, role=role)
    if expires_at and expires_at <= clock.now():
        raise Refusal(_("This key would already have expired."), next=_("Choose a later day."))
    row, token = uuid7(), codes.new_token()
    program = accounts.make_program(
        username=f"{slugify(organisation.slug)[:40]}.{row.hex[-8:]}", display_name=name, by=by
    )
    add_member(user=program, organisation=organisation, role=role, by=by)
    made = ApiToken.objects.create(
        id=row,
        organisation=organisation,
        user=program,
        name=name,
        token_hash=codes.token_hash(token),
        created_at=clock.now(),
        created_by=by,
        vouched_by=by,
        expires_at=expires_at,
    )
    journal.write("token.made", made, by=by, role=role)
    return made, token


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> None:
    """Shut a program out at once."""
    require(by, Verb.TOKEN_MANAGE, token)
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now()):
        accounts.close_account(user=token.user, by=by)
        Membership.objects.filter(user=token.user, until=None).update(until=clock.today())
        journal.write("token.revoked", token, by=by)


@transaction.atomic
def keep_token(*, token: ApiToken, by: User) -> ApiToken:
    """Answer for a program from now on, as when who answered for it has left; its key stays the same."""
    require(by, Verb.TOKEN_MANAGE, token)
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is not None:
        raise Refusal(_("This program was shut out."), next=_("Make a new key for it."))
    for membership in Membership.objects.current(clock.today()).filter(user=token.user_id):
        require_grantable(by=by, organisation=token.organisation, role=membership.role)
    if token.vouched_by_id != by.pk:
        token.vouched_by = by
        token.save(update_fields=["vouched_by"])
        journal.write("token.kept", token, by=by)
    return token


def user_of_token(token: str) -> User | None:
    """Give the account of a program that shows its key, or nobody; the day of its last use is kept, not the hour.

    A key opens its own organisation alone, and there no more than who answers for it could give today: when their
    membership ends, so does what the key opens, until someone else answers for it.
    """
    usable = ApiToken.objects.usable(clock.now()).select_related("user", "organisation", "vouched_by")
    found = usable.filter(token_hash=codes.token_hash(token)).first()
    if found is None or not found.user.is_active:
        return None
    program: Actor = found.user
    program.held_roles = _roles_left(found)
    if not program.held_roles:
        return None
    today = clock.today()
    if found.last_used_on != today:
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=today)
    user: User = program
    return user


def _roles_left(token: ApiToken) -> frozenset[tuple[Role, UUID]]:
    """Give the roles of a program, as far as who answers for it may still give them."""
    given = may_grant(by=token.vouched_by, organisation=token.organisation)
    return frozenset(
        (role, place) for role, place in roles_of(token.user) if place == token.organisation_id and role in given
    )


def opens_nothing(tokens: Iterable[ApiToken]) -> set[UUID]:
    """Tell which keys open nothing, because who answers for them no longer may; one question for each of those people."""
    by_voucher: dict[UUID, frozenset[Role]] = {}
    shut = set()
    for token in tokens:
        if token.vouched_by_id not in by_voucher:
            by_voucher[token.vouched_by_id] = may_grant(by=token.vouched_by, organisation=token.organisation)
        roles = {membership.role for membership in token.user.memberships.all() if membership.until is None}
        if not roles & by_voucher[token.vouched_by_id]:
            shut.add(token.pk)
    return shut
