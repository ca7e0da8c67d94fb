"""A person at their own page: no account, yet someone who acts, consents, writes and complains."""

from dataclasses import dataclass
from uuid import UUID

from relais.access.lock import Actor, OutOfReach, require
from relais.access.verbs import Verb
from relais.people.models import Person


@dataclass(frozen=True, slots=True)
class Themselves:
    """The person, signed in with code and PIN; the journal names them as `person`."""

    pk: UUID
    username: str = "person"
    is_authenticated: bool = False


def require_or_self(by: Actor, verb: Verb, person: Person) -> None:
    """Let people act on their own file, and everyone else by the one lock."""
    if isinstance(by, Themselves):
        if by.pk != person.pk or person.erased_at is not None:
            raise OutOfReach("")
        return
    require(by, verb, person)


def account(by: Actor) -> Actor | None:
    """Give the account to record beside a row, which a person at their own page does not have."""
    return None if isinstance(by, Themselves) else by
