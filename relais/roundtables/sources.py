"""What apps above the table propose for its agenda, with their own words: indicators off course, and whatever comes.

The table may not ask them, so they register here, from a `proposes.py` that is loaded when the site starts. What a source
finds is kept as codes and figures; its words are made when the agenda is read.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from relais.roundtables.models import AgendaItem, Meeting


@dataclass(frozen=True, kw_only=True)
class Found:
    """Something a source found: a figure, what it is compared to, and further codes and counts."""

    figure: int | None = None
    compared_to: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)


Finder = Callable[[Meeting, date], Iterable[Found]]
Words = Callable[[AgendaItem], tuple[str, str]]
"""The title and the reason of an item, in the reader's language."""


@dataclass(frozen=True)
class Source:
    """Where proposals come from, and how they are said."""

    reason: AgendaItem.Reason
    find: Finder
    words: Words


_sources: dict[str, Source] = {}


def agenda_source(code: str, *, reason: AgendaItem.Reason, words: Words) -> Callable[[Finder], Finder]:
    """Register what an app above proposes; `code` stays with each item, so that it finds its words again."""

    def register(find: Finder) -> Finder:
        _sources[code] = Source(reason, find, words)
        return find

    return register


def found_by_sources(meeting: Meeting, today: date) -> Iterator[tuple[AgendaItem.Reason, Found]]:
    """Give what every source finds for a table, marked with where it comes from."""
    for code, source in _sources.items():
        for found in source.find(meeting, today):
            marked = Found(figure=found.figure, compared_to=found.compared_to, detail={**found.detail, "source": code})
            yield source.reason, marked


def words_of_source(item: AgendaItem) -> tuple[str, str] | None:
    """Give the title and the reason of an item some source proposed; nothing for any other."""
    source = _sources.get(item.detail.get("source", ""))
    return source.words(item) if source else None
