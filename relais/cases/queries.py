"""Questions about cases and what hangs on them."""

from datetime import date
from typing import Self

from relais.access.lock import ReachableQuerySet


class CaseQuerySet(ReachableQuerySet):
    """Cases."""

    def open(self) -> Self:
        """Keep those still on their way."""
        return self.filter(closed_at=None)


class DossierQuerySet(ReachableQuerySet):
    """Dossiers handed to an authority."""

    def waiting(self) -> Self:
        """Keep those the authority has not decided."""
        return self.filter(state="handed")


class AppointmentQuerySet(ReachableQuerySet):
    """Appointments."""


class ReferralQuerySet(ReachableQuerySet):
    """Referrals."""


class FollowUpQuerySet(ReachableQuerySet):
    """Follow-ups."""

    def overdue(self, today: date) -> Self:
        """Keep those planned for a day gone by."""
        return self.filter(state="planned", due_on__lt=today)
