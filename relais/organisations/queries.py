"""Questions about organisations and who belongs to them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db.models import Count, Q

from relais.access.lock import ReachableQuerySet
from relais.access.roles import Role


class OrganisationQuerySet(ReachableQuerySet):
    """Organisations."""

    def with_people_counts(self, today: date) -> Self:
        """Tell how many people belong to each on a day, programs left out."""
        holds = Q(memberships__until=None) | Q(memberships__until__gt=today)
        people = holds & Q(memberships__since__lte=today, memberships__user__kind="person")
        return self.annotate(people_count=Count("memberships__user", filter=people, distinct=True))


class MembershipQuerySet(ReachableQuerySet):
    """Who belongs where, as what."""

    def current(self, today: date) -> Self:
        """Keep those that hold on a day."""
        return self.filter(Q(until=None) | Q(until__gt=today), since__lte=today)

    def roles_of(self, user: Any, today: date) -> Iterator[tuple[Role, UUID]]:
        """Give what someone is on a day, and to which organisation."""
        held = self.filter(user=user).current(today).order_by("pk").values_list("role", "organisation_id")
        return ((Role(role), organisation) for role, organisation in held)


class LentLineQuerySet(ReachableQuerySet):
    """Lines lent to people who have none."""

    def still_lent(self) -> Self:
        """Keep those an organisation still answers."""
        return self.filter(ended_on=None)


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
