"""Which barriers within someone's reach could be grouped; nothing is grouped until a person says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from relais.barriers.clustering import MOST_AT_ONCE, Said, propose_groups
from relais.barriers.models import BarrierGroup
from relais.barriers.queries import BarrierQuerySet

LEADS = 10**9  # A group leads whatever it counts: barriers join it, it never joins a barrier.


@dataclass(frozen=True, slots=True)
class Proposed:
    """Barriers that could be put together, in a group that exists or a new one."""

    headline: str
    headlines: tuple[str, ...]
    people: int
    likeness: int
    barriers: tuple[UUID, ...]
    group: UUID | None


def propose(reached: BarrierQuerySet) -> list[Proposed]:
    """Propose groups among the barriers one may group, programme by programme; what concerns most people first.

    Coded reasons are counted together already, by their code.
    """
    loose = reached.filter(group=None, coded__isnull=True).order_by("-recorded_at")
    barriers = list(loose.values_list("pk", "headline", "people_count", "programme", named=True)[:MOST_AT_ONCE])
    grouped = BarrierGroup.objects.filter(pk__in=reached.filter(group__isnull=False).values("group"))
    groups = list(grouped.values_list("pk", "headline", "programme", named=True))
    found: list[Proposed] = []
    for programme in dict.fromkeys(row.programme for row in barriers):
        found += _of_programme(
            [row for row in barriers if row.programme == programme],
            [row for row in groups if row.programme == programme],
        )
    return sorted(found, key=lambda one: (-one.people, one.headline))


def _of_programme(barriers: Sequence[Any], groups: Sequence[Any]) -> list[Proposed]:
    """Propose among headlines, each once: what is said in the very same words is counted together already."""
    rows: dict[str, list[Any]] = {}
    for row in barriers:
        rows.setdefault(row.headline, []).append(row)
    people = {headline: sum(row.people_count for row in same) for headline, same in rows.items()}
    said: list[Said[str | UUID]] = [Said(row.pk, row.headline, LEADS) for row in groups]
    said += [Said(headline, headline, count) for headline, count in people.items()]
    found = []
    for proposal in propose_groups(said):
        joining = tuple(key for key in proposal.ids if isinstance(key, str))
        group = next((key for key in proposal.ids if isinstance(key, UUID)), None)
        if joining and (group or len(joining) > 1):
            ids = tuple(row.pk for headline in joining for row in rows[headline])
            total = sum(people[headline] for headline in joining)
            found.append(Proposed(proposal.headline, joining, total, proposal.likeness, ids, group))
    return found
