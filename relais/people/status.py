"""What higher floors show on a person's own page, and on the page volunteers keep of them.

People know nothing of cases or appointments. An app above writes a `status.py` of its own, found when Relais starts:

    @status_section(order=20)
    def appointments(person):
        return Section("cases/_own_appointments.html", {"appointments": ...})

On its own page the person reads it, signed in with code and PIN: open only what they may see of themselves. A
`person_section` is for the desk, and is asked who looks. None shows nothing. The template finds its values in `section`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from relais.access.lock import Actor
from relais.people.models import Person


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a page: its template and what it shows."""

    template: str
    values: Mapping[str, Any]


OwnSection = Callable[[Person], Section | None]
DeskSection = Callable[[Person, Actor], Section | None]
_own: list[tuple[int, OwnSection]] = []
_desk: list[tuple[int, DeskSection]] = []


def status_section(order: int) -> Callable[[OwnSection], OwnSection]:
    """Register a piece of the page a person opens with code and PIN; low orders stand first."""

    def register(function: OwnSection) -> OwnSection:
        _own.append((order, function))
        return function

    return register


def person_section(order: int) -> Callable[[DeskSection], DeskSection]:
    """Register a piece of the page volunteers see of a person."""

    def register(function: DeskSection) -> DeskSection:
        _desk.append((order, function))
        return function

    return register


def own_sections(person: Person) -> list[Section]:
    """Give what a person sees of themselves."""
    found = [function(person) for _order, function in sorted(_own, key=lambda pair: pair[0])]
    return [section for section in found if section]


def desk_sections(person: Person, by: Actor) -> list[Section]:
    """Give what a volunteer sees of a person beyond what this app knows."""
    found = [function(person, by) for _order, function in sorted(_desk, key=lambda pair: pair[0])]
    return [section for section in found if section]
