"""Reading and correcting who someone is; every reading is in the journal."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import Actor, may_reach, organisations_where
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.journal import services as journal
from relais.journal.models import Entry
from relais.kernel import clock
from relais.kernel.refusals import Conflict, Refusal
from relais.people.actors import Themselves, require_or_self
from relais.people.identities import Facts
from relais.people.keys import Forgotten, facts_of, facts_of_many, key_of, seal_field
from relais.people.listeners import tell_corrected
from relais.people.models import Consent, Identity, Person
from relais.people.reasons import ASKED_FOR, READ_FOR, answers_in_words
from relais.people.rules import check_names

LINES_TOLD = 3

# What may be corrected beside the sealed facts; a person is never re-coded or moved by a correction.
ANSWERS = ("sex", "birth_year", "birth_known", "territory", "language", "reads", "household", "disability", "status")


def reveal(*, person: Person, by: Actor, why: str) -> Facts:
    """Open the identity of one person for someone who may know it, and write down that they read it.

    Who knows them by their consent alone is told what the purpose of that consent names, and nothing else.
    """
    require_or_self(by, Verb.PERSON_IDENTIFY, person)
    refuse_words(why)
    facts = facts_of(person)
    if not isinstance(by, Themselves) and not may_reach(by, Verb.PERSON_CORRECT, person):
        facts = facts.agreed_for(agreed_with(by=by, person=person))
    journal.write("identity.read", person, by=by, person_id=person.pk, why=why)
    return facts


def reveal_many(*, people: Iterable[Person], by: Actor, why: str) -> dict[UUID, Facts]:
    """Open the identities on one page of a list, with one line in the journal that names them all by id.

    People the reader may not know are left out of the answer, so that the list shows their code alone. Who knows them by
    their consent alone is told what they are called.
    """
    refuse_words(why)
    asked = {person.pk: person for person in people}
    allowed = Person.objects.filter(pk__in=asked).reachable_by(by, Verb.PERSON_IDENTIFY).order_by()
    told = dict(allowed.saying_who_stands_beside(by).values_list("pk", "told"))
    found = facts_of_many(told)
    if found:
        someone = asked[next(iter(found))]
        journal.write("identity.listed", someone, by=by, why=why, people=sorted(map(str, found)))
    return {pk: facts if told[pk] else facts.agreed_for([]) for pk, facts in found.items()}


def refuse_words(why: str) -> None:
    """Refuse a reason that is none of the coded ones: the journal keeps it for ever, and words could hold a name."""
    if why not in READ_FOR:
        raise Refusal(_("Say why with one of the reasons there are."), why=", ".join(ASKED_FOR))


def agreed_with(*, by: Actor, person: Person) -> list[str]:
    """Give the purposes someone agreed to for an office of the reader, and that open who they are."""
    offices = organisations_where(by, Verb.PERSON_IDENTIFY, Role.AUTHORITY, Role.COORDINATOR)
    agreed = Consent.objects.filter(person=person, recipient__in=offices).in_force(clock.today()).opening_identity()
    return list(agreed.values_list("purpose", flat=True))


@transaction.atomic
def correct_identity(
    *, person: Person, by: Actor, facts: Facts, seen: datetime | None = None, **answers: Any
) -> Person:
    """Put right what was said of someone; what is not given stays as it is.

    `seen` is when what the corrector read had last changed: who corrects what someone else corrected meanwhile is told.
    """
    require_or_self(by, Verb.PERSON_CORRECT, person)
    check_names(facts.called, facts.names)
    unknown = set(answers) - set(ANSWERS)
    if unknown:
        raise TypeError(f"A correction does not change {sorted(unknown)}.")
    identity = Identity.objects.select_for_update().filter(person=person).first()
    if identity is None:
        raise Forgotten
    if seen is not None and identity.changed_at != seen:
        _refuse_a_blind_correction(person, seen)
    before = facts_of(person)
    held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    named = sorted(each.name for each in fields(Facts) if getattr(facts, each.name) != getattr(before, each.name))
    changed = sorted(name for name, value in answers.items() if getattr(held, name) != value)
    if not (named or changed):
        return person  # Said twice, or saved without a change.
    for name, value in answers.items():
        setattr(person, name, value)
    person.save(update_fields=changed)
    entry = journal.write("person.corrected", person, by=by, person_id=person.pk, answers=changed, identity=named)
    identity.sealed = seal_field(key_of(person), "identity", person.pk, "sealed", facts.as_json())
    # The names held in memory are read again by this mark, so it must move even within one tick of the clock; and the line
    # above must not look newer than what it tells.
    identity.changed_at = max(entry.at, identity.changed_at + timedelta(microseconds=1))
    identity.save(update_fields=["sealed", "changed_at"])
    tell_corrected(person, by, changed)
    return person


def corrected_at(*, person: Person) -> datetime | None:
    """Give when what we know of someone last changed, for who is about to correct it."""
    return Identity.objects.filter(person=person).values_list("changed_at", flat=True).first()


def _refuse_a_blind_correction(person: Person, seen: datetime) -> None:
    since = Entry.objects.filter(row_id=person.pk, verb="person.corrected", at__gt=seen).order_by("-at", "-number")
    told = []
    for entry in since[:LINES_TOLD]:
        what = answers_in_words((*entry.detail["identity"], *entry.detail["answers"]))
        told.append(_("%(who)s changed: %(what)s.") % {"who": entry.actor_label, "what": what})
    raise Conflict(
        _("Someone else corrected this person while you were writing."),
        why=" ".join(told),
        next=_("What you entered is still here. Look at what changed, then save again if it still holds."),
    )
