"""Questions about offices."""

from typing import Self

from django.db.models import F

from relais.access.lock import ReachableQuerySet


class OfficeQuerySet(ReachableQuerySet):
    """Offices."""

    def open_to_people(self) -> Self:
        """Keep those that have not closed."""
        return self.filter(closed_on=None)

    def of_programme(self, slug: str) -> Self:
        """Keep those of one programme."""
        return self.filter(programme__slug=slug)

    def longest_unconfirmed(self) -> Self:
        """Put first what nobody has confirmed for longest."""
        return self.order_by(F("confirmed_on").asc(nulls_first=True), "key")

    def for_lists(self) -> Self:
        """Fetch what a line of a list shows, by place."""
        return self.select_related("programme", "organisation", "territory").order_by(
            "programme__slug", "territory__path", "key"
        )
