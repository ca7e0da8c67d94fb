"""Questions about procedures."""

from datetime import date
from typing import Self

from django.db.models import Prefetch

from relais.access.lock import ReachableQuerySet


class ProcedureQuerySet(ReachableQuerySet):
    """Procedures."""

    def with_versions(self, versions: "VersionQuerySet") -> Self:
        """Fetch, with each procedure, its service, its authority and these versions as `shown_versions`."""
        shown = Prefetch("versions", versions.order_by("-number"), to_attr="shown_versions")
        return self.select_related("service__authority", "programme").prefetch_related(shown)

    def by_name(self) -> Self:
        """Order as a reader looks for them: by programme, then service."""
        return self.order_by("programme__slug", "service__key", "key")


class VersionQuerySet(ReachableQuerySet):
    """Versions of procedures."""

    def in_force(self) -> Self:
        """Keep the versions people go through today."""
        return self.filter(state="in_force")

    def in_force_on(self, day: date) -> Self:
        """Keep the versions people went through on a day."""
        started = self.filter(in_force_from__lte=day).exclude(state="draft")
        return started.exclude(retired_on__lte=day)

    def drafts(self) -> Self:
        """Keep what is being worked on."""
        return self.filter(state="draft")

    def by_programme(self) -> Self:
        """Order as a reader looks for them, with what names them."""
        named = self.select_related("procedure__programme", "procedure__service__authority")
        return named.order_by("procedure__programme__slug", "procedure__service__key", "procedure__key", "-number")

    def with_everything(self) -> Self:
        """Fetch steps, requirements, lists and evidence types in a constant number of queries."""
        return self.select_related("procedure__service__authority", "procedure__programme__country").prefetch_related(
            "procedure__evidence_types", "steps__requirements__lists__evidence_types"
        )
