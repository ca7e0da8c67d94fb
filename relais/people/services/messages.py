"""Words to and from people, and what arrives on a line lent to them."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from relais.access.lock import Actor, require
from relais.access.verbs import Verb
from relais.journal import services as journal
from relais.kernel import clock, codes
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import LentLine
from relais.people.actors import Themselves, account, require_or_self
from relais.people.companions import companion_of
from relais.people.keys import (
    key_of,
    keys_of,
    open_field,
    open_for_organisation,
    seal_field,
    seal_for_organisation,
)
from relais.people.models import Message, Person
from relais.people.rules import checked_words

_LIKE_A_CODE = re.compile(r"\d(?:[\s–-]*\d){8}")


@dataclass(frozen=True, slots=True)
class Read:
    """A message with its words opened."""

    message: Message
    words: str


@transaction.atomic
def receive_message(
    *,
    lent_line: LentLine,
    words: str,
    by: Actor,
    at: datetime | None = None,
    person: Person | None = None,
    id: UUID | None = None,
) -> Message:
    """Take in what arrived on a lent line: it lands with the companion of the person it is for.

    Who that is, someone says, or the code in the words says, or the line is lent to one person only. Else it waits in the
    organisation's inbox until someone knows.
    """
    require(by, Verb.MESSAGE_SEND, lent_line)
    known: Message | None = sent_before(Message, id, lent_line=lent_line)
    if known:
        return known
    person = person or _person_of(lent_line, words)
    if person and person.organisation_id != lent_line.organisation_id:
        raise Refusal(_("This person is in the care of another organisation."))
    message = Message(
        id=id or uuid7(),
        organisation_id=lent_line.organisation_id,
        way=Message.Way.IN,
        lent_line=lent_line,
        at=at or clock.now(),
        entered_at=clock.now(),
        by=by,
    )
    _address(message, person, checked_words(words))
    message.save(force_insert=True)
    journal.write("message.received", message, by=by, person_id=message.person_id, line=lent_line.pk)
    return message


@transaction.atomic
def assign_message(*, message: Message, person: Person, by: Actor) -> Message:
    """Say whom a message in the organisation's inbox is for; it lands with their companion."""
    require(by, Verb.MESSAGE_READ, message)
    require(by, Verb.MESSAGE_SEND, person)
    if message.person_id is not None:
        raise Refusal(_("This message already found its person."))
    if message.organisation_id != person.organisation_id:
        raise Refusal(_("This person is in the care of another organisation."))
    _address(message, person, open_for_organisation(message.organisation_id, message.pk, message.sealed).decode())
    message.save(update_fields=["person", "lands_with", "sealed"])
    journal.write("message.assigned", message, by=by, person_id=person.pk)
    return message


@transaction.atomic
def send_message(*, person: Person, words: str, by: Actor, id: UUID | None = None) -> Message:
    """Write to a person, who finds it on their own page; or, at their own page, write to their companion."""
    require_or_self(by, Verb.MESSAGE_SEND, person)
    known: Message | None = sent_before(Message, id, person=person)
    if known:
        return known
    from_person = isinstance(by, Themselves)
    message = Message(
        id=id or uuid7(),
        organisation_id=person.organisation_id,
        way=Message.Way.FROM if from_person else Message.Way.OUT,
        at=clock.now(),
        entered_at=clock.now(),
        by=account(by),
    )
    _address(message, person, checked_words(words))
    message.save(force_insert=True)
    journal.write("message.sent", message, by=by, person_id=person.pk, way=message.way)
    return message


@transaction.atomic
def pass_on_message(*, message: Message, by: Actor) -> Message:
    """Say that the person was told what arrived for them."""
    require(by, Verb.MESSAGE_READ, message)
    if message.passed_on_at is None:
        message.passed_on_at = clock.now()
        message.seen_at = message.seen_at or message.passed_on_at
        message.save(update_fields=["passed_on_at", "seen_at"])
        journal.write("message.passed_on", message, by=by, person_id=message.person_id)
    return message


@transaction.atomic
def read_messages(*, person: Person, by: Actor) -> list[Read]:
    """Open what was written to and from a person; what was written for the reader counts as seen."""
    require_or_self(by, Verb.MESSAGE_SEND, person)
    messages = list(person.messages.select_related("lent_line", "by")[:100])
    key = key_of(person)
    mine = {Message.Way.OUT} if isinstance(by, Themselves) else {Message.Way.IN, Message.Way.FROM}
    person.messages.filter(way__in=mine, seen_at=None).update(seen_at=clock.now())
    if messages:
        journal.write("messages.read", person, by=by, person_id=person.pk)
    return [Read(one, open_field(key, "message", one.pk, "sealed", one.sealed).decode()) for one in messages]


@transaction.atomic
def read_inbox(*, messages: list[Message], by: Actor) -> list[Read]:
    """Open the messages of one page of the inbox, with one line in the journal."""
    asked = Message.objects.filter(pk__in=[one.pk for one in messages]).reachable_by(by, Verb.MESSAGE_READ)
    allowed = set(asked.values_list("pk", flat=True))
    keys = keys_of({one.person_id for one in messages if one.person_id})
    read = [Read(one, _words(one, keys)) for one in messages if one.pk in allowed]
    if read:
        journal.write("messages.listed", read[0].message, by=by, messages=[str(one.message.pk) for one in read])
    return read


def _words(message: Message, keys: dict[UUID, bytes]) -> str:
    if message.person_id is None:
        return open_for_organisation(message.organisation_id, message.pk, message.sealed).decode()
    return open_field(keys[message.person_id], "message", message.pk, "sealed", message.sealed).decode()


def _address(message: Message, person: Person | None, words: str) -> None:
    """Seal the words for the person, or for the organisation while the person is not known."""
    message.person = person
    if person is None:
        message.sealed = seal_for_organisation(message.organisation_id, message.pk, words.encode())
    else:
        message.lands_with = companion_of(person)
        message.sealed = seal_field(key_of(person), "message", message.pk, "sealed", words.encode())


def _person_of(lent_line: LentLine, words: str) -> Person | None:
    """Find whom a message is for by a code in it, or because the line is lent to nobody else."""
    people = Person.objects.known().filter(organisation=lent_line.organisation_id)
    for typed in _LIKE_A_CODE.findall(words):
        try:
            person: Person = people.get(code=codes.read_code(typed))
        except (Refusal, Person.DoesNotExist):
            continue
        return person
    borrowers: list[Person] = list(people.filter(contacts__lent_line=lent_line, contacts__ended_at=None).distinct()[:2])
    return borrowers[0] if len(borrowers) == 1 else None
