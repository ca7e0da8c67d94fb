"""Being forgotten: the key is destroyed, and with it who someone was; what is counted stays true."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q

from relais.access.lock import Actor, require
from relais.access.verbs import Verb
from relais.accounts import services as accounts
from relais.journal import services as journal
from relais.kernel import clock, codes
from relais.people import memory
from relais.people.actors import require_or_self
from relais.people.keys import keyring
from relais.people.listeners import tell_forgotten
from relais.people.models import Consent, Contact, DuplicatePair, Identity, Message, Person, PersonKey, Portrait

Rows = dict[type[Model], set[Any]]


@transaction.atomic
def ask_to_be_forgotten(*, person: Person, by: Actor) -> Person:
    """Record the wish; a coordinator carries it out, because whoever holds a stolen card could ask as well."""
    require_or_self(by, Verb.PERSON_READ, person)
    if person.forget_asked_at is None:
        person.forget_asked_at = clock.now()
        person.save(update_fields=["forget_asked_at"])
        journal.write("person.forget_asked", person, by=by, person_id=person.pk)
    return person


@transaction.atomic
def forget_person(*, person: Person, by: Actor) -> None:
    """Destroy the keys of a person, of every record merged with theirs, and everything that was sealed with them.

    What remains says nothing of who they were: sex, year of birth, territory and the like, because cases are counted by
    them; a code nobody was ever given; the journal, which holds ids only. Repeating it changes nothing.
    """
    records = Person.objects.records_of(person.pk)
    for record in records:
        if record.erased_at is None:
            require(by, Verb.PERSON_FORGET, record)
            _forget(record)
            journal.write("person.forgotten", record, by=by, person_id=record.pk)
            transaction.on_commit(partial(keyring().forget, record.pk))
    memory.let_go(person.organisation_id)


@transaction.atomic
def forget_again() -> int:
    """Destroy anew the keys that a restored backup brought back of people who were forgotten since; gives how many."""
    back = Person.objects.remembered().filter(pk__in=keyring().forgotten())
    for record in back:
        _forget(record)
        journal.write("person.forgotten", record, by=None, person_id=record.pk, restored=True)
    return len(back)


def _forget(record: Person) -> None:
    accounts.forget_drafts(about=_pages_about(record))
    PersonKey.objects.filter(person=record).delete()
    Identity.objects.filter(person=record).delete()
    Portrait.objects.filter(person=record).delete()
    Contact.objects.filter(person=record).delete()
    Message.objects.filter(person=record).delete()
    DuplicatePair.objects.filter(Q(one=record) | Q(other=record)).delete()
    consents = Consent.objects.filter(person=record)
    consents.update(evidence_sealed=None)
    consents.filter(withdrawn_at=None).update(withdrawn_at=clock.now(), withdrawn_how="forgotten")
    # The printed card must lead nowhere, and what others wrote down beside it too.
    record.code = next(code for code in iter(codes.new_code, "") if not Person.objects.filter(code=code).exists())
    record.pin_hash, record.pin_failures, record.pin_locked_at = "", 0, None
    record.reads, record.erased_at = None, clock.now()
    record.save(update_fields=["code", "pin_hash", "pin_failures", "pin_locked_at", "reads", "erased_at"])
    tell_forgotten(record)


def _pages_about(record: Person) -> set[UUID]:
    """Give the ids in the addresses of pages about someone: theirs, their cases' and what else points to them, and to that."""
    rows: Rows = {Person: {record.pk}}
    about = {record.pk}
    for _step in range(2):
        rows = _pointing_to(rows)
        about.update(*rows.values())
    return about


def _pointing_to(rows: Rows) -> Rows:
    found: Rows = {}
    for model, ids in rows.items():
        for relation in model._meta.related_objects:
            if not relation.many_to_many:
                pointing = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})
                found.setdefault(relation.related_model, set()).update(pointing.values_list("pk", flat=True))
    return found
