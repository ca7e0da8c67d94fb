"""Questions about programmes."""

from collections.abc import Iterable
from typing import Self
from uuid import UUID

from relais.access.lock import ReachableQuerySet


class ProgrammeQuerySet(ReachableQuerySet):
    """Programmes."""

    def of_organisations(self, organisations: Iterable[UUID]) -> Self:
        """Keep those where any of these organisations is a partner."""
        return self.filter(pk__in=self.model.objects.filter(partners__organisation__in=organisations).values("pk"))


class ContributionQuerySet(ReachableQuerySet):
    """What partners bring."""
