"""Whose own page a browser has open: typed code and PIN a moment ago, for a quarter of an hour."""

from django.http import HttpRequest

from relais.kernel import clock
from relais.people.models import Person
from relais.people.rules import hash_of_text

MINUTES = 15
SESSION = ("person_id", "person_proof", "person_until")


def proof_of(person: Person) -> str:
    """Give what ties a session to the PIN it was opened with: a new PIN, or being forgotten, ends it."""
    return hash_of_text(f"{person.pk} {person.pin_hash}")


def let_in(request: HttpRequest, person: Person) -> None:
    """Open the page of one person in this browser, for a quarter of an hour."""
    request.session.cycle_key()
    request.session.update({"person_id": str(person.pk), "person_proof": proof_of(person)})
    stay(request)


def stay(request: HttpRequest) -> None:
    """Start the quarter of an hour again."""
    request.session["person_until"] = clock.now().timestamp() + MINUTES * 60


def let_out(request: HttpRequest) -> None:
    """Close the page in this browser."""
    for name in SESSION:
        request.session.pop(name, None)


def is_open_in(request: HttpRequest) -> bool:
    """Say whether someone's own page is open in this browser; each of its pages still asks whose."""
    session = getattr(request, "session", {})
    return bool(session.get("person_id")) and session.get("person_until", 0) >= clock.now().timestamp()


def person_in(request: HttpRequest) -> Person | None:
    """Give whose page is open in this browser, if the PIN it was opened with still is theirs."""
    people = Person.objects.select_related("programme", "organisation").remembered()
    found: Person | None = people.filter(pk=request.session["person_id"]).first() if is_open_in(request) else None
    return found if found and request.session.get("person_proof") == proof_of(found) else None
