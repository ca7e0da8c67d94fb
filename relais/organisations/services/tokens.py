"""Keys with which an organisation's programs use the API, in the rights of an account of their own."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts import services as accounts
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock, codes
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.organisations.models import ApiToken, Membership, Organisation
from relais.organisations.services.members import add_member, require_grantable


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


def user_of_token(token: str) -> User | None:
    """Give the account of a program that shows its key, or nobody; the day of its last use is kept, not the hour."""
    found = (
        ApiToken.objects.usable(clock.now()).select_related("user").filter(token_hash=codes.token_hash(token)).first()
    )
    if found is None or not found.user.is_active:
        return None
    today = clock.today()
    if found.last_used_on != today:
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=today)
    user: User = found.user
    return user
