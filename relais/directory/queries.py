"""Questions about offices."""

from typing import Self

from relais.access.lock import ReachableQuerySet


class OfficeQuerySet(ReachableQuerySet):
    """Offices."""

    def open_to_people(self) -> Self:
        """Keep those that have not closed."""
        return self.filter(closed_on=None)
