"""Who must hear that what we know of a person changed. Packages above register here, since people may not ask them."""

from collections.abc import Callable, Sequence

from relais.access.lock import Actor
from relais.people.models import Person

Correction = Callable[[Person, Actor, Sequence[str]], None]
Forgetting = Callable[[Person], None]
_of_corrections: list[Correction] = []
_of_forgetting: list[Forgetting] = []


def correction_listener(function: Correction) -> Correction:
    """Register a function told, within the same transaction, which answers of a person changed, and by whom."""
    _of_corrections.append(function)
    return function


def forgetting_listener(function: Forgetting) -> Forgetting:
    """Register a function told, within the same transaction, that a person was forgotten."""
    _of_forgetting.append(function)
    return function


def tell_corrected(person: Person, by: Actor, changed: Sequence[str]) -> None:
    """Let everything above take in that these answers changed."""
    for listener in _of_corrections:
        listener(person, by, changed)


def tell_forgotten(person: Person) -> None:
    """Let everything above take in that this person was forgotten."""
    for listener in _of_forgetting:
        listener(person)
