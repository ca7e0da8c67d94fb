"""Private calendar addresses: only their hash is kept, and a new one makes the old one worthless."""

from django.db import transaction

from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock, codes
from relais.roundtables.models import CalendarFeed


@transaction.atomic
def renew_feed(*, by: User) -> str:
    """Give someone a calendar address of their own; whoever had the old one sees nothing any more."""
    token = codes.new_token()
    CalendarFeed.objects.update_or_create(
        user=by, defaults={"token_hash": codes.token_hash(token), "made_at": clock.now()}
    )
    journal.write("calendar_feed.renewed", None, by=by)
    return token


@transaction.atomic
def close_feed(*, by: User) -> None:
    """Close someone's calendar address."""
    if CalendarFeed.objects.filter(user=by).delete()[0]:
        journal.write("calendar_feed.closed", None, by=by)
