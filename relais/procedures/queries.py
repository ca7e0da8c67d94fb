"""Questions about procedures."""

from typing import Self

from relais.access.lock import ReachableQuerySet


class ProcedureQuerySet(ReachableQuerySet):
    """Procedures."""


class VersionQuerySet(ReachableQuerySet):
    """Versions of procedures."""

    def in_force(self) -> Self:
        """Keep the versions people go through today."""
        return self.filter(state="in_force")

    def drafts(self) -> Self:
        """Keep what is being worked on."""
        return self.filter(state="draft")

    def with_everything(self) -> Self:
        """Fetch steps, requirements and lists in a constant number of queries."""
        return self.prefetch_related("steps__requirements__lists__evidence_types")
