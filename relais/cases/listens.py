"""What cases do when something below them changes."""

from collections.abc import Sequence

from relais.access.lock import Actor
from relais.cases.services.standing import leave_out_of_counts, place_cases_of
from relais.people.listeners import correction_listener, forgetting_listener
from relais.people.models import Person


@correction_listener
def place_again(person: Person, by: Actor, changed: Sequence[str]) -> None:
    """Another year of birth, status or place asks for other papers: the person's open cases stand elsewhere at once."""
    place_cases_of(person=person, by=by)


@forgetting_listener
def count_no_more(person: Person) -> None:
    """Whoever was forgotten is in no replay; what was counted before stays counted."""
    leave_out_of_counts(person=person)
