"""Ways to reach someone, their own or lent by the organisation."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from relais.access.lock import Actor, require
from relais.access.verbs import Verb
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import LentLine
from relais.people.actors import Themselves, require_or_self
from relais.people.keys import key_of, open_field, seal_field
from relais.people.models import ConsentText, Contact, Person
from relais.people.services.identities import agreed_with, refuse_words

KIND_OF_LINE = {
    LentLine.Kind.PHONE: Contact.Kind.PHONE,
    LentLine.Kind.EMAIL: Contact.Kind.EMAIL,
    LentLine.Kind.POST: Contact.Kind.ADDRESS,
}


@dataclass(frozen=True, slots=True)
class Reached:
    """A contact with its number or address opened."""

    contact: Contact
    value: str


@transaction.atomic
def add_contact(
    *,
    person: Person,
    by: Actor,
    kind: str = "",
    value: str = "",
    lent_line: LentLine | None = None,
    who_answers: str = Contact.Answers.SELF,
    safe_to_contact: bool | None = None,
    best_time: str = "",
    id: UUID | None = None,
) -> Contact:
    """Add a way to reach someone; a person without any is lent a line of the organisation."""
    require(by, Verb.PERSON_CORRECT, person)
    known: Contact | None = sent_before(Contact, id, person=person)
    if known:
        return known
    if bool(value.strip()) == bool(lent_line):
        raise Refusal(_("Give a number or an address, or lend one of the organisation's lines; one of the two."))
    if lent_line and lent_line.organisation_id != person.organisation_id:
        raise Refusal(_("This line belongs to another organisation."))
    contact = Contact(
        id=id or uuid7(),
        person=person,
        kind=KIND_OF_LINE[LentLine.Kind(lent_line.kind)] if lent_line else kind,
        lent_line=lent_line,
        who_answers=Contact.Answers.ORGANISATION if lent_line else who_answers,
        safe_to_contact=True if lent_line else safe_to_contact,
        best_time=best_time,
        added_at=clock.now(),
        added_by=by,
    )
    if not lent_line:
        contact.sealed = seal_field(key_of(person), "contact", contact.pk, "sealed", value.strip().encode())
    contact.save(force_insert=True)
    journal.write("contact.added", person, by=by, person_id=person.pk, contact=contact.pk, kind=contact.kind)
    return contact


@transaction.atomic
def end_contact(*, contact: Contact, by: Actor) -> Contact:
    """Say that a contact no longer works or is no longer safe; it is kept, and not used."""
    require(by, Verb.PERSON_CORRECT, contact.person)
    if contact.ended_at is None:
        contact.ended_at = clock.now()
        contact.save(update_fields=["ended_at"])
        journal.write("contact.ended", contact.person, by=by, person_id=contact.person_id, contact=contact.pk)
    return contact


def reveal_contacts(*, person: Person, by: Actor, why: str) -> list[Reached]:
    """Open the ways to reach someone, and write down that they were read; who only knows the name is told none."""
    if isinstance(by, Themselves) or not _writes_to(by, person):
        require_or_self(by, Verb.PERSON_IDENTIFY, person)
        if not isinstance(by, Themselves) and ConsentText.Purpose.SHARE_IDENTITY not in agreed_with(
            by=by, person=person
        ):
            return []
    refuse_words(why)
    contacts = list(person.contacts.in_use().select_related("lent_line"))
    key = key_of(person) if any(contact.sealed for contact in contacts) else b""
    reached = [Reached(contact, _value(contact, key)) for contact in contacts]
    if reached:
        journal.write("identity.read", person, by=by, person_id=person.pk, why=why)
    return reached


def _writes_to(by: Actor, person: Person) -> bool:
    return bool(Person.objects.filter(pk=person.pk).reachable_by(by, Verb.MESSAGE_SEND).exists())


def _value(contact: Contact, key: bytes) -> str:
    if contact.lent_line:
        return contact.lent_line.value
    return open_field(key, "contact", contact.pk, "sealed", contact.sealed or b"").decode()
