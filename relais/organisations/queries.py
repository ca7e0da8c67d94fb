"""Questions about organisations and who belongs to them."""

from datetime import date, datetime
from typing import Self

from django.db.models import Q

from relais.access.lock import ReachableQuerySet


class OrganisationQuerySet(ReachableQuerySet):
    """Organisations."""


class MembershipQuerySet(ReachableQuerySet):
    """Who belongs where, as what."""

    def current(self, today: date) -> Self:
        """Keep those that hold on a day."""
        return self.filter(Q(until=None) | Q(until__gt=today), since__lte=today)


class InvitationQuerySet(ReachableQuerySet):
    """Invitations to join, or to come back in."""

    def usable(self, now: datetime) -> Self:
        """Keep those neither used, withdrawn nor expired."""
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)


class ApiTokenQuerySet(ReachableQuerySet):
    """Keys of programs."""

    def usable(self, now: datetime) -> Self:
        """Keep those neither revoked nor expired."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None)
