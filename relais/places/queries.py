"""Questions about territories."""

from typing import Self

from django.db.models import Q, QuerySet


class TerritoryQuerySet(QuerySet):  # type: ignore[type-arg]
    """Territories."""

    def within(self, path: str) -> Self:
        """Keep a territory and everything inside it."""
        return self.filter(Q(path=path) | Q(path__startswith=f"{path}/"))
