"""The whole thread of a barrier: heard, at the table, decided, in a procedure, and for whom it changed something.

Higher apps know what came of a barrier; they register here what they can tell, because barriers may not ask them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from relais.access.lock import Actor
from relais.barriers.models import Barrier
from relais.barriers.telling import Told


@dataclass(frozen=True, slots=True)
class Station:
    """One thing that happened, when, and where to read more; `state` is done, here or blocked."""

    on: date | datetime
    what: str
    note: str = ""
    href: str = ""
    by: str = ""
    state: str = "done"


Source = Callable[[Barrier, Actor], Iterable[Station]]
_sources: list[Source] = []


def thread_source(function: Source) -> Source:
    """Register what a higher app knows of a barrier, within the reach of the reader; kept in its `thread.py`."""
    _sources.append(function)
    return function


def thread_of(barrier: Barrier, told: Told, reader: Actor) -> list[Station]:
    """Give everything that happened to a barrier and that this reader may know, newest first."""
    stations = [*_own(told), *(station for source in _sources for station in source(barrier, reader))]
    return sorted(stations, key=lambda station: _instant(station.on), reverse=True)


def _own(told: Told) -> Iterable[Station]:
    if told.inside:
        yield Station(told.inside.observed_on, _("Heard"), by=told.inside.author)
        if told.inside.approved_at and told.inside.author != told.inside.recorded_by:
            yield Station(told.inside.approved_at, _("Approved by its author"), told.inside.approved_how)
    else:
        yield Station(told.month, _("Heard"), by=told.organisation)
    if told.shared_at:
        yield Station(told.shared_at, _("Shared with the table"), by=told.organisation)
    if told.answered_at:
        yield Station(told.answered_at, told.state_label.capitalize(), told.answer)
    if told.inside and told.inside.author_told_at:
        yield Station(told.inside.author_told_at, _("Its author knows"))


def _instant(on: date | datetime) -> tuple[str, bool]:
    """Order days and instants together; on one day, what has no hour came first."""
    return on.isoformat(), isinstance(on, datetime)
