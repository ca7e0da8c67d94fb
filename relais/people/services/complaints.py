"""What someone says went wrong in how they were treated, and the answer they get."""

from dataclasses import dataclass
from datetime import timedelta
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
from relais.people.actors import require_or_self
from relais.people.keys import Stored, key_of, keys_of, open_field, seal_field
from relais.people.models import Complaint, Person
from relais.people.rules import checked_words

DAYS_TO_ANSWER = 14


@dataclass(frozen=True, slots=True)
class Heard:
    """A complaint with its words opened; empty when the person was forgotten since."""

    complaint: Complaint
    words: str
    answer: str


@transaction.atomic
def file_complaint(*, person: Person, words: str, by: Actor, id: UUID | None = None) -> Complaint:
    """Take a complaint, from the person at their own page or through whoever is with them."""
    require_or_self(by, Verb.PERSON_READ, person)
    known: Complaint | None = sent_before(Complaint, id, person=person)
    if known:
        return known
    words = checked_words(words)
    complaint = Complaint(
        id=id or uuid7(),
        organisation_id=person.organisation_id,
        person=person,
        made_at=clock.now(),
        answer_due_on=clock.today(person.programme.time_zone) + timedelta(days=DAYS_TO_ANSWER),
    )
    complaint.sealed = seal_field(key_of(person), "complaint", complaint.pk, "sealed", words.encode())
    complaint.save(force_insert=True)
    journal.write("complaint.filed", complaint, by=by, person_id=person.pk)
    return complaint


@transaction.atomic
def answer_complaint(*, complaint: Complaint, words: str, by: Actor) -> Complaint:
    """Answer a complaint once; the person reads it on their own page, or is told."""
    require(by, Verb.COMPLAINT_ANSWER, complaint)
    if complaint.answered_at is not None:
        raise Refusal(_("This complaint was already answered."))
    sealed = seal_field(
        key_of(complaint.person), "complaint", complaint.pk, "answer_sealed", checked_words(words).encode()
    )
    complaint.answer_sealed, complaint.answered_at, complaint.answered_by = sealed, clock.now(), by
    complaint.save(update_fields=["answer_sealed", "answered_at", "answered_by"])
    journal.write("complaint.answered", complaint, by=by, person_id=complaint.person_id)
    return complaint


@transaction.atomic
def read_complaints(*, complaints: list[Complaint], by: Actor) -> list[Heard]:
    """Open complaints for who answers them."""
    for complaint in complaints:
        require(by, Verb.COMPLAINT_READ, complaint)
    if complaints:
        journal.write("complaints.read", complaints[0], by=by, complaints=[str(one.pk) for one in complaints])
    keys = keys_of({complaint.person_id for complaint in complaints})
    return [_opened(complaint, keys.get(complaint.person_id)) for complaint in complaints]


@transaction.atomic
def read_own_complaints(*, person: Person, by: Actor) -> list[Heard]:
    """Open, for the person, what they complained of and what was answered."""
    require_or_self(by, Verb.COMPLAINT_READ, person)
    return [_opened(complaint, key_of(person)) for complaint in person.complaints.all()]


def _opened(complaint: Complaint, key: bytes | None) -> Heard:
    said, answered = complaint.sealed, complaint.answer_sealed
    return Heard(complaint, _words(complaint, key, "sealed", said), _words(complaint, key, "answer_sealed", answered))


def _words(complaint: Complaint, key: bytes | None, field: str, sealed: Stored | None) -> str:
    return open_field(key, "complaint", complaint.pk, field, sealed).decode() if key and sealed else ""
