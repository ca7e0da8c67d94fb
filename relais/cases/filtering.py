"""The sentence above a list, as a filter."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from relais.cases.queries import CaseQuerySet


def filtered(cases: CaseQuerySet, chosen: Mapping[str, Any], now: datetime) -> CaseQuerySet:
    """Keep the cases the sentence names: which, where, waiting how long, carried by whom."""
    match chosen.get("standing") or "open":
        case "ready":
            cases = cases.ready_to_hand()
        case "returned":
            cases = cases.came_back()
        case "authority":
            cases = cases.open().with_authority()
        case "blocked":
            cases = cases.open().standing("blocked")
        case "closed":
            cases = cases.closed()
        case _:
            cases = cases.open()
    if place := chosen.get("place"):
        cases = cases.living_in(place.path)
    if days := chosen.get("days"):
        cases = cases.quiet_since(now - timedelta(days=days))
    if companion := chosen.get("companion"):
        cases = cases.carried_by(companion.pk)
    return cases
