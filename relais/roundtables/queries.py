"""Questions about meetings, decisions and commitments."""

from datetime import date, datetime
from typing import Self

from relais.access.lock import ReachableQuerySet


class SeriesQuerySet(ReachableQuerySet):
    """Series of meetings."""


class MeetingQuerySet(ReachableQuerySet):
    """Meetings."""

    def upcoming(self, now: datetime) -> Self:
        """Keep those still to come, soonest first."""
        return self.filter(starts_at__gte=now, state="planned").order_by("starts_at")


class DecisionQuerySet(ReachableQuerySet):
    """Decisions."""


class ConsultationQuerySet(ReachableQuerySet):
    """Consultations."""


class CommitmentQuerySet(ReachableQuerySet):
    """Commitments."""

    def overdue(self, today: date) -> Self:
        """Keep those promised for a day gone by."""
        return self.filter(done_on=None, dropped_reason="", due_on__lt=today)
