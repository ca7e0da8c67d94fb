"""Questions about training."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db.models import Q

from relais.access.lock import ReachableQuerySet


class CourseQuerySet(ReachableQuerySet):
    """Courses."""

    def for_lists(self) -> Self:
        """Fetch with each course what a line of a list shows."""
        return self.select_related("version__procedure", "programme").order_by("programme", "key")

    def on_versions_in_force(self) -> Self:
        """Keep those that open the gate to a version in force."""
        return self.filter(version__state="in_force")


class TrainingQuerySet(ReachableQuerySet):
    """Who passed what."""

    def valid(self, today: date) -> Self:
        """Keep what was passed and has not expired."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gt=today), passed=True)

    def passed_by(self, user: UUID) -> Self:
        """Keep what someone passed, the newest first."""
        return self.filter(user=user, passed=True).select_related("course", "organisation").order_by("-taken_on", "-id")

    def ending_between(self, today: date, day: date) -> Self:
        """Keep what counts today and no longer will on a day."""
        return self.valid(today).filter(expires_on__lte=day)
