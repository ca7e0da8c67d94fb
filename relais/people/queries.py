"""Questions about people; none of them reads an identity."""

from typing import Self

from relais.access.lock import ReachableQuerySet


class PersonQuerySet(ReachableQuerySet):
    """People."""

    def known(self) -> Self:
        """Keep people who were neither forgotten nor merged into another record."""
        return self.filter(erased_at=None, merged_into=None)


class ConsentQuerySet(ReachableQuerySet):
    """Consents."""


class MessageQuerySet(ReachableQuerySet):
    """Messages to and from people."""


class ComplaintQuerySet(ReachableQuerySet):
    """Complaints."""
