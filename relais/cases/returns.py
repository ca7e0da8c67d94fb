"""Every dossier that comes back is heard: packages above register what they make of it."""

from collections.abc import Callable

from relais.accounts.models import User
from relais.cases.models import Dossier

Hearer = Callable[[Dossier, User], None]
_hearers: list[Hearer] = []


def hears_returns(function: Hearer) -> Hearer:
    """Register what happens, in the same transaction, when an authority gives a dossier back."""
    _hearers.append(function)
    return function


def hear_return(dossier: Dossier, by: User) -> None:
    """Let everyone who listens hear that a dossier came back."""
    for hear in _hearers:
        hear(dossier, by)
