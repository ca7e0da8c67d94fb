"""Reading and correcting who someone is; every reading is in the journal."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from relais.access.lock import Actor
from relais.access.verbs import Verb
from relais.journal import services as journal
from relais.kernel import clock
from relais.people.actors import require_or_self
from relais.people.identities import Facts
from relais.people.keys import Forgotten, facts_of, facts_of_many, key_of, seal_field
from relais.people.models import Identity, Person
from relais.people.rules import check_names

# What may be corrected beside the sealed facts; a person is never re-coded or moved by a correction.
ANSWERS = ("sex", "birth_year", "birth_known", "territory", "language", "reads", "household", "disability", "status")


@transaction.atomic
def reveal(*, person: Person, by: Actor, why: str) -> Facts:
    """Open the identity of one person for someone who may know it, and write down that they read it."""
    require_or_self(by, Verb.PERSON_IDENTIFY, person)
    facts = facts_of(person)
    journal.write("identity.read", person, by=by, person_id=person.pk, why=why)
    return facts


@transaction.atomic
def reveal_many(*, people: Iterable[Person], by: Actor, why: str) -> dict[UUID, Facts]:
    """Open the identities on one page of a list, with one line in the journal that names them all by id.

    People the reader may not know are left out of the answer, so that the list shows their code alone.
    """
    asked = {person.pk: person for person in people}
    allowed = Person.objects.filter(pk__in=asked).reachable_by(by, Verb.PERSON_IDENTIFY).values_list("pk", flat=True)
    found = facts_of_many(allowed)
    if found:
        someone = asked[next(iter(found))]
        journal.write("identity.listed", someone, by=by, why=why, people=sorted(map(str, found)))
    return found


@transaction.atomic
def correct_identity(*, person: Person, by: Actor, facts: Facts, **answers: Any) -> Person:
    """Put right what was said of someone; what is not given stays as it is."""
    require_or_self(by, Verb.PERSON_CORRECT, person)
    check_names(facts.called, facts.names)
    unknown = set(answers) - set(ANSWERS)
    if unknown:
        raise TypeError(f"A correction does not change {sorted(unknown)}.")
    identity = Identity.objects.select_for_update().filter(person=person).first()
    if identity is None:
        raise Forgotten
    identity.sealed = seal_field(key_of(person), "identity", person.pk, "sealed", facts.as_json())
    # The names held in memory are read again by this mark, so it must move even within one tick of the clock.
    identity.changed_at = max(clock.now(), identity.changed_at + timedelta(microseconds=1))
    identity.save(update_fields=["sealed", "changed_at"])
    changed = sorted(name for name, value in answers.items() if getattr(person, name) != value)
    for name in changed:
        setattr(person, name, answers[name])
    if changed:
        person.save(update_fields=changed)
    journal.write("person.corrected", person, by=by, person_id=person.pk, answers=changed)
    return person
