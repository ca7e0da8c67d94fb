"""Questions about training."""

from datetime import date
from typing import Self

from django.db.models import Q

from relais.access.lock import ReachableQuerySet


class CourseQuerySet(ReachableQuerySet):
    """Courses."""


class TrainingQuerySet(ReachableQuerySet):
    """Who passed what."""

    def valid(self, today: date) -> Self:
        """Keep what was passed and has not expired."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gt=today), passed=True)
