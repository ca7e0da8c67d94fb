"""Questions about users."""

from typing import Self

from relais.access.lock import ReachableQuerySet


class UserQuerySet(ReachableQuerySet):
    """Users."""

    def active(self) -> Self:
        """Keep those who may sign in."""
        return self.filter(is_active=True)
