"""Cuts what was found to the few a person at the door can look at: good candidates, or nobody."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

from relais.people.name_index import Match

Id = TypeVar("Id", bound=Hashable)

MOST_SHOWN = 8
# In bits, chosen on `relais bench matching`: wider limits show twice as many people and find hardly anyone more.
BEHIND_THE_BEST = 6.0  # Someone sixty times less likely than the first is not worth a look.
WORTH_A_LOOK = 2.0  # Less than this, the names agree no more than by chance.


def shortlist(matches: Sequence[Match[Id]]) -> list[Match[Id]]:
    """Keep the candidates worth a look, best first: near the best, and agreeing in more than one common name.

    A family name half a village bears says little when the first name differs; then only who else has something in common,
    such as the year, is kept.
    """
    if not matches:
        return []
    best = matches[0].comparison.weight
    least = max(best - BEHIND_THE_BEST, WORTH_A_LOOK)
    kept = [match for match in matches if match.comparison.weight >= least]
    return kept[:MOST_SHOWN]
