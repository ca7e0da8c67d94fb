"""Which legal statuses procedures ask about. Packages above know; they register here, since people may not ask procedures."""

from collections.abc import Callable, Mapping

from relais.kernel.text import pick
from relais.programmes.models import Programme

Names = Mapping[str, str]
Source = Callable[[Programme], Mapping[str, Names]]
_sources: list[Source] = []


def status_source(function: Source) -> Source:
    """Register a function that says which statuses a programme's procedures ask about, with their names."""
    _sources.append(function)
    return function


def statuses_of(programme: Programme) -> list[tuple[str, str]]:
    """Give the statuses someone of this programme may have, in the reader's language."""
    found: dict[str, Names] = {}
    for source in _sources:
        found |= source(programme)
    return [(key, pick(names) or key) for key, names in found.items()]
