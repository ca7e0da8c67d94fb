"""Which barriers within someone's reach could be grouped; nothing is grouped until a person says so."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Max, Sum

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

    Coded reasons are counted together already, by their code; so is what is said in the very same words.
    """
    loose = reached.filter(group=None, coded__isnull=True)
    counted = loose.values("programme", "headline").annotate(people=Sum("people_count"), newest=Max("recorded_at"))
    said = list(counted.order_by("-newest").values_list("programme", "headline", "people")[:MOST_AT_ONCE])
    grouped = BarrierGroup.objects.filter(pk__in=reached.filter(group__isnull=False).values("group"))
    groups = list(grouped.values_list("programme", "headline", "pk"))
    found = [
        (programme, proposal)
        for programme in dict.fromkeys(programme for programme, _headline, _people in said)
        for proposal in _of_programme(
            {headline: people for at, headline, people in said if at == programme},
            {pk: headline for at, headline, pk in groups if at == programme},
        )
    ]
    ids = _barriers(loose, {headline for _programme, proposal in found for headline in proposal.headlines})
    proposed = [
        replace(proposal, barriers=tuple(pk for each in proposal.headlines for pk in ids[programme, each]))
        for programme, proposal in found
    ]
    return sorted(proposed, key=lambda one: (-one.people, one.headline))


def _of_programme(people: Mapping[str, int], groups: Mapping[UUID, str]) -> Iterator[Proposed]:
    """Propose among headlines, each once, and the groups there are."""
    said: list[Said[str | UUID]] = [Said(pk, headline, LEADS) for pk, headline in groups.items()]
    said += [Said(headline, headline, count) for headline, count in people.items()]
    for proposal in propose_groups(said):
        joining = tuple(key for key in proposal.ids if isinstance(key, str))
        group = next((key for key in proposal.ids if isinstance(key, UUID)), None)
        if joining and (group or len(joining) > 1):
            total = sum(people[headline] for headline in joining)
            yield Proposed(proposal.headline, joining, total, proposal.likeness, (), group)


def _barriers(loose: BarrierQuerySet, headlines: set[str]) -> dict[tuple[UUID, str], list[UUID]]:
    """Find the barriers that say each headline, newest first."""
    found: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
    rows = loose.filter(headline__in=headlines).order_by("-recorded_at")
    for programme, headline, pk in rows.values_list("programme", "headline", "pk"):
        found[programme, headline].append(pk)
    return found
