"""Who read the identity of a person: from the journal, in words the person understands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relais.accounts.models import User
from relais.journal.models import Entry
from relais.kernel import clock
from relais.people.models import Person
from relais.people.reasons import READ_FOR

MOST = 100
LISTS_KEPT = timedelta(days=90)  # A name among fifty on a list page matters for a season; a file opened, for ever.


@dataclass(frozen=True, slots=True)
class Reading:
    """One time someone read who a person is."""

    at: datetime
    who: str
    why: str | Promise


def readings_of(person: Person) -> list[Reading]:
    """List who read the file, newest first."""
    since = clock.now() - LISTS_KEPT
    entries = [
        *Entry.objects.identity_reads_of([person.pk])[:MOST],
        *Entry.objects.lists_showing(person.pk, person.organisation_id, since)[:MOST],
    ]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    known = {user.pk: str(user) for user in User.objects.filter(pk__in={one.actor_id for one in entries})}
    return [
        Reading(
            one.at,
            known.get(one.actor_id, one.actor_label),
            READ_FOR.get(one.detail.get("why"), _("for another reason")),
        )
        for one in entries
    ]
