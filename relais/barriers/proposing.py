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
    """Propose groups among the barriers one may group, programme by programme; what concerns most people first."""
    loose = reached.filter(group=None).order_by("-recorded_at")
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
    people = {row.pk: row.people_count for row in barriers}
    headlines = {row.pk: row.headline for row in barriers}
    said = [Said(row.pk, row.headline, LEADS) for row in groups]
    said += [Said(row.pk, row.headline, row.people_count) for row in barriers]
    found = []
    for proposal in propose_groups(said):
        joining = tuple(pk for pk in proposal.ids if pk in people)
        group = next((pk for pk in proposal.ids if pk not in people), None)
        if joining and (group or len(joining) > 1):
            said_by_them = tuple(dict.fromkeys(headlines[pk] for pk in joining))
            total = sum(people[pk] for pk in joining)
            found.append(Proposed(proposal.headline, said_by_them, total, proposal.likeness, joining, group))
    return found
