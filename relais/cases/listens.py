"""What cases do when something below them changes."""

from collections.abc import Sequence

from relais.access.lock import Actor
from relais.cases.services.standing import place_cases_of
from relais.people.corrections import correction_listener
from relais.people.models import Person


@correction_listener
def place_again(person: Person, by: Actor, changed: Sequence[str]) -> None:
    """Another year of birth, status or place asks for other papers: the person's open cases stand elsewhere at once."""
    place_cases_of(person=person, by=by)
