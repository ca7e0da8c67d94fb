"""Questions to the journal; there is no way to change it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NoReturn, Self
from uuid import UUID

from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

from relais.access.lock import ReachableQuerySet


class AppendOnly(RuntimeError):
    """Someone tried to change the journal."""


class EntryQuerySet(ReachableQuerySet):
    """Lines of the journal."""

    def about(self, row_id: UUID) -> Self:
        """Keep what was done to one row, newest first."""
        return self.filter(row_id=row_id).order_by("-at")

    def identity_reads_of(self, person_ids: Iterable[UUID]) -> Self:
        """Keep who read the identity of a person, newest first."""
        return self.filter(person_id__in=list(person_ids), verb="identity.read").order_by("-at")

    def lists_showing(self, person_id: UUID, organisation_id: UUID, since: datetime) -> Self:
        """Keep the pages of lists on which someone's name stood, newest first; their lines name everyone by id."""
        lists = self.filter(organisation_id=organisation_id, at__gte=since, verb="identity.listed")
        named = lists.alias(named=Cast("detail", TextField())).filter(named__contains=str(person_id))
        return named.order_by("-at")

    def newest_first(self) -> Self:
        """Order by when it was done; lines of one moment by their number."""
        return self.order_by("-at", "-number")

    def said(self, about: str = "", by: str = "", since: date | None = None, until: date | None = None) -> Self:
        """Keep the lines about a noun, by a sign-in name, between two days, both included."""
        found = self.filter(verb__startswith=f"{about}.") if about else self
        if by:
            found = found.filter(actor_label__iexact=by)
        if since:
            found = found.filter(at__date__gte=since)
        return found.filter(at__date__lte=until) if until else found

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: what was written stays."""
        raise AppendOnly

    def delete(self) -> NoReturn:
        """Refuse: what was written stays."""
        raise AppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: what was written stays."""
        raise AppendOnly

    def _raw_delete(self, using: str | None) -> NoReturn:
        """Refuse what deletes without asking row by row, too."""
        raise AppendOnly


GUARDS = {"journal_entry_unchanged", "journal_entry_kept", "journal_head_forward", "journal_head_kept"}
GUARDS_OF_SQLITE = {"journal_entry_not_replaced"}  # PostgreSQL has no INSERT OR REPLACE.


def missing_guards() -> list[str]:
    """Name the triggers that should keep the journal as it is, and are not in the database or do not fire."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            wanted = GUARDS | GUARDS_OF_SQLITE
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            wanted = GUARDS
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal")
        return sorted(wanted - {name for (name,) in cursor.fetchall()})
