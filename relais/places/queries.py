"""Questions about territories."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet


class TerritoryQuerySet(QuerySet):  # type: ignore[type-arg]
    """Territories."""

    def lived_in(self, people: QuerySet[Any]) -> Self:
        """Keep the territories some people live in, asked of each territory: there are fewer of them than of people."""
        return self.filter(Exists(people.order_by().filter(territory=OuterRef("pk"))))

    def within(self, path: str) -> Self:
        """Keep a territory and everything inside it."""
        return self.filter(Q(path=path) | Q(path__startswith=f"{path}/"))

    def within_any(self, paths: Iterable[str]) -> Self:
        """Keep several territories and everything inside them."""
        return self.filter(reduce(or_, (Q(path=path) | Q(path__startswith=f"{path}/") for path in paths), Q(pk__in=[])))

    def at_most(self, level: int, ids: Iterable[UUID]) -> dict[UUID, Any]:
        """Give for each territory the one of at most a level it lies in, itself where it is as wide."""
        paths = {
            id: "/".join(path.split("/")[: level + 1]) for id, path in self.filter(pk__in=ids).values_list("pk", "path")
        }
        places = {place.path: place for place in self.filter(path__in=set(paths.values()))}
        return {id: places[path] for id, path in paths.items()}
