"""Telling people what a table changed for them, once."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from relais.accounts.models import User
from relais.kernel import clock
from relais.programmes.models import Programme
from relais.roundtables.models import Meeting, Notice


def tell(
    *,
    users: Iterable[User],
    programme: Programme,
    kind: Notice.Kind,
    about: UUID,
    link: str,
    but: User | None = None,
    **detail: Any,
) -> list[Notice]:
    """Tell people something, leaving out who did it; `detail` holds counts, codes and labels only."""
    now = clock.now()
    return Notice.objects.bulk_create(
        Notice(user=user, programme=programme, kind=kind, about_id=about, link=link, detail=detail, told_at=now)
        for user in {user.pk: user for user in users}.values()
        if user.is_active and (but is None or user.pk != but.pk)
    )


def tell_invited(*, meeting: Meeting, kind: Notice.Kind, by: User | None, **detail: Any) -> list[Notice]:
    """Tell everyone invited to a table who signs in."""
    invited = [each.user for each in meeting.invitees.select_related("user") if each.user is not None]
    detail |= {"meeting": meeting.names, "starts_at": meeting.starts_at.isoformat(), "time_zone": meeting.time_zone}
    return tell(
        users=invited,
        programme=meeting.programme,
        kind=kind,
        about=meeting.pk,
        link=meeting.get_absolute_url(),
        but=by,
        **detail,
    )


@transaction.atomic
def see_notices(*, by: User, ids: Iterable[UUID] | None = None) -> int:
    """Note that someone read what they were told."""
    unseen = Notice.objects.filter(user=by).unseen()
    seen: int = (unseen if ids is None else unseen.filter(pk__in=list(ids))).update(seen_at=clock.now())
    return seen
