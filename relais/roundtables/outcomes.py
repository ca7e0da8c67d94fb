"""What happened after a decision: how people went through the version it put in force, beside the one before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from relais.cases.models import Case
from relais.kernel.disclosure import hide_small, round_down
from relais.procedures.models import ProcedureVersion
from relais.programmes.services import settle_counts
from relais.roundtables.models import Decision

KEPT = ("granted", "refused", "gave_up", "open")


@dataclass(frozen=True)
class Observed:
    """How people fared in one version; None is hidden."""

    version: ProcedureVersion
    granted: int | None
    refused: int | None
    gave_up: int | None
    open: int | None


def outcomes_of(decision: Decision) -> list[Observed]:
    """Give what was observed in the version a decision put in force, and in the one it replaced; nothing before.

    The counts hold still until enough people are counted differently, and are rounded down, as those of a draft.
    """
    version = decision.version
    if version is None or version.state == ProcedureVersion.State.DRAFT:
        return []
    versions = [each for each in (version.based_on, version) if each is not None]
    counts = {
        row["version"]: row
        for row in Case.objects.filter(version__in=versions)
        .order_by()
        .values("version")
        .annotate(
            granted=Count("pk", filter=Q(outcome=Case.Outcome.GRANTED)),
            refused=Count("pk", filter=Q(outcome__in=[Case.Outcome.REFUSED, Case.Outcome.NOT_ELIGIBLE])),
            gave_up=Count("pk", filter=Q(outcome__in=[Case.Outcome.GAVE_UP, Case.Outcome.LOST])),
            open=Count("pk", filter=Q(closed_at=None)),
        )
    }
    return [_told(decision, each, counts.get(each.pk, {})) for each in versions]


def _told(decision: Decision, version: ProcedureVersion, counted: Mapping[str, int]) -> Observed:
    programme = decision.programme
    now = {key: counted.get(key, 0) for key in KEPT}
    kept, _day = settle_counts(programme=programme, about=f"outcomes {version.pk}", counts=now)
    shown = hide_small(kept, programme.threshold)
    return Observed(
        version,
        **{key: None if count is None else round_down(count, programme.threshold) for key, count in shown.items()},
    )


def on_their_way(version: ProcedureVersion) -> dict[str, Any]:
    """Count who has an open case in a version, held still and rounded down likewise: `least`, `threshold`, `as_of`."""
    programme = version.procedure.programme
    now = {"open": version.cases.filter(closed_at=None).count()}
    kept, day = settle_counts(programme=programme, about=f"on their way {version.pk}", counts=now)
    return {"least": round_down(kept["open"], programme.threshold), "threshold": programme.threshold, "as_of": day}
