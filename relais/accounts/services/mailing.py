"""Writing to members who chose it that something waits for them: how much and of which kind, never of whom.

A mail crosses machines of others and lies open on phones: it says nothing one could not read aloud in a bus.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from relais.accounts.models import Mailed, User
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.refusals import Words

logger = logging.getLogger(__name__)

QUIET = timedelta(hours=20)
"""How long someone is left in peace after a mail: about one a day, at whatever hour the worker comes by."""
REMEMBERED = timedelta(days=60)
SALT = "accounts.mail"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something one member has not looked at: whose, which row, and its kind in a word or two, said when it is sent."""

    user_id: UUID
    thing: UUID
    kind: Words


def tell_by_mail(*, waiting: Iterable[Waiting]) -> int:
    """Write to each member once about what they were not yet written to about; give how many were.

    What is about to be sent is noted and committed first, so that two workers, or one that dies, never write twice. When
    the server takes nothing, the note is undone, the round ends, and the next one tries again.
    """
    if not settings.RELAIS_MAIL:
        return 0
    Mailed.objects.filter(sent_at__lt=clock.now() - REMEMBERED).delete()
    by_user: dict[UUID, list[Waiting]] = defaultdict(list)
    for each in waiting:
        by_user[each.user_id].append(each)
    if not by_user:
        return 0
    connection, sent = get_connection(), 0
    try:
        connection.open()
        for user_id, theirs in by_user.items():
            sent += _write(user_id, theirs, connection)
    except OSError:  # of which SMTPException is one
        logger.warning("The mail server takes nothing now; the next round tries again.")
    finally:
        _hang_up(connection)
    return sent


@transaction.atomic
def _claim(user_id: UUID, theirs: Sequence[Waiting]) -> tuple[User | None, list[Waiting]]:
    """Note what is about to be sent, once; nothing if they were written to lately or no longer wish it."""
    wishing = User.objects.select_for_update().filter(pk=user_id, is_active=True, wants_mail=True)
    user = wishing.first()
    if user is None or user.mailed.filter(sent_at__gt=clock.now() - QUIET).exists():
        return None, []
    known = set(user.mailed.filter(thing__in=[each.thing for each in theirs]).values_list("thing", flat=True))
    new = list({each.thing: each for each in theirs if each.thing not in known}.values())
    Mailed.objects.bulk_create(Mailed(user=user, thing=each.thing, sent_at=clock.now()) for each in new)
    return user, new


def _write(user_id: UUID, theirs: Sequence[Waiting], connection: BaseEmailBackend) -> int:
    user, new = _claim(user_id, theirs)
    if user is None or not new:
        return 0
    try:
        _mail(user, new, connection).send()
    except SMTPRecipientsRefused:
        logger.warning("A mail server refused an address; it is not tried again for the same things.")
        return 0
    except OSError:
        user.mailed.filter(thing__in=[each.thing for each in new]).delete()
        raise
    return 1


def _hang_up(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        logger.warning("The mail server did not say goodbye.")


def _mail(user: User, new: Sequence[Waiting], connection: BaseEmailBackend) -> EmailMessage:
    site = settings.RELAIS_PUBLIC_ADDRESS.rstrip("/")
    stop = site + reverse("accounts:mail_stop", args=[signing.dumps(str(user.pk), salt=SALT)])
    with override(user.language or settings.LANGUAGE_CODE):
        said = {
            "kinds": Counter(each.kind for each in new).most_common(),
            "address": site + reverse("web:home"),
            "choose": site + reverse("accounts:detail"),
            "stop": stop,
        }
        return EmailMessage(
            subject=_("Something waits for you in Relais"),
            body=render_to_string("accounts/mail.txt", said),
            to=[user.email],
            headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
            connection=connection,
        )


def who_stops(*, token: str) -> User | None:
    """Give whose mail a link ends; nobody's if it was not made here."""
    try:
        user: User | None = User.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except signing.BadSignature:
        return None
    return user


@transaction.atomic
def stop_mail(*, user: User) -> None:
    """Write to someone no more, and forget where."""
    if user.wants_mail or user.email:
        user.wants_mail, user.email = False, ""
        user.save(update_fields=["wants_mail", "email"])
        journal.write("account.mail_stopped", user, by=user)
