"""Accounts: made by an invitation, closed by who answers for them, and what their owner chooses."""

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel.refusals import Refusal


@transaction.atomic
def make_account(
    *,
    username: str,
    display_name: str,
    by: User | None,
    password: str | None = None,
    language: str = "",
    must_set_password: bool = False,
) -> User:
    """Make an account for a person. What it may do comes from memberships; `by` is None for packs and the command line."""
    username = User.normalize_username(username.strip())
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal(_("This sign-in name is taken."), next=_("Choose another one, for example with a number."))
    user = User(username=username, display_name=display_name.strip() or username, language=language)
    user.must_set_password = must_set_password
    _check(user)
    _choose(user, password)
    user.save()
    journal.write("account.made", user, by=by or user)
    return user


@transaction.atomic
def make_program(*, username: str, display_name: str, by: User) -> User:
    """Make an account for a program: it shows a key, and can never sign in with a password."""
    user = User.objects.create_user(username, None, display_name=display_name, kind=User.Kind.PROGRAM)
    journal.write("account.made", user, by=by, kind=user.kind)
    return user


@transaction.atomic
def set_password(*, user: User, password: str) -> None:
    """Choose a new password; sessions open elsewhere end with the old one."""
    _choose(user, password)
    user.must_set_password = False
    user.save(update_fields=["password", "must_set_password"])
    journal.write("password.chosen", user, by=user)


@transaction.atomic
def close_account(*, user: User, by: User) -> None:
    """Let nobody sign in with this account any more; what it did stays."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    journal.write("account.closed", user, by=by)


@transaction.atomic
def choose_language(*, user: User, language: str) -> None:
    """Keep the language someone reads Relais in, on whatever device."""
    if language not in dict(settings.LANGUAGES):
        raise Refusal(_("Relais does not speak this language yet."))
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


@transaction.atomic
def choose_name(*, user: User, display_name: str) -> None:
    """Change the name colleagues see."""
    user.display_name = display_name.strip() or user.username
    user.save(update_fields=["display_name"])
    journal.write("account.named", user, by=user)


@transaction.atomic
def choose_mail(*, user: User, email: str, wants_mail: bool) -> None:
    """Give an address and say whether to be written to when something waits; neither is ever asked for."""
    email = email.strip()
    if wants_mail and not email:
        raise Refusal(_("Without an address nobody can write to you."), next=_("Give an e-mail address, or untick it."))
    if (user.email, user.wants_mail) != (email, wants_mail):
        user.email, user.wants_mail = email, wants_mail
        user.save(update_fields=["email", "wants_mail"])
        journal.write("account.mail_chosen", user, by=user, wants_mail=wants_mail)


def _check(user: User) -> None:
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), next=_("Use letters, digits and @ . + - _ only.")) from error


def _choose(user: User, password: str | None) -> None:
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise Refusal(" ".join(error.messages), next=_("Choose another password.")) from error
    user.set_password(password)
