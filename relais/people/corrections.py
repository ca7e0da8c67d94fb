"""Who must hear that what we know of a person was put right. Packages above register here, since people may not ask them."""

from collections.abc import Callable, Sequence

from relais.access.lock import Actor
from relais.people.models import Person

Listener = Callable[[Person, Actor, Sequence[str]], None]
_listeners: list[Listener] = []


def correction_listener(function: Listener) -> Listener:
    """Register a function told, within the same transaction, which answers of a person changed, and by whom."""
    _listeners.append(function)
    return function


def tell_corrected(person: Person, by: Actor, changed: Sequence[str]) -> None:
    """Let everything above take in that these answers changed."""
    for listener in _listeners:
        listener(person, by, changed)
