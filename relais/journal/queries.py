"""Questions to the journal; there is no way to change it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NoReturn, Self
from uuid import UUID

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

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: what was written stays."""
        raise AppendOnly

    def delete(self) -> NoReturn:
        """Refuse: what was written stays."""
        raise AppendOnly
