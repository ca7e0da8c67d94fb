"""Questions about what was heard."""

from typing import Self

from relais.access.lock import ReachableQuerySet


class BarrierQuerySet(ReachableQuerySet):
    """Barriers, concerns and ideas."""

    def approved(self) -> Self:
        """Keep those whose author stands behind them."""
        return self.filter(approved_at__isnull=False)

    def shared(self) -> Self:
        """Keep those that left the organisation for the table."""
        return self.filter(shared_at__isnull=False)


class NeedsQuerySet(ReachableQuerySet):
    """Needs assessments."""
