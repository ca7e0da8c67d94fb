"""Finding someone, and registering who was not found."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from relais.access.lock import Actor, require
from relais.access.verbs import Verb
from relais.journal import services as journal
from relais.kernel import clock, codes
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict, Refusal
from relais.organisations.models import Organisation
from relais.people import memory
from relais.people.identities import Facts
from relais.people.keys import Forgotten, facts_of, seal_field
from relais.people.matching import LIKELY_SAME, Comparison, Description, Reason
from relais.people.models import Identity, Person
from relais.people.name_index import Match
from relais.people.rules import check_names
from relais.people.services.duplicates import propose_duplicates
from relais.people.services.identities import ANSWERS
from relais.people.services.keys import create_key
from relais.people.shortlist import shortlist
from relais.programmes.models import Programme

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Someone found at the door; `within_reach` says whether the searcher may open the file."""

    person: Person
    reasons: tuple[str, ...]
    within_reach: bool


@transaction.atomic
def find_people(*, organisation: Organisation, by: Actor, sought: Description | str) -> list[Found]:
    """Find people by what they are called, or by the code of their card, before anyone is registered twice.

    Records that were merged lead to the one that stands. The names sought are not written anywhere.
    """
    require(by, Verb.PERSON_REGISTER, organisation)
    matches = _by_code(organisation, sought) if isinstance(sought, str) else _by_name(organisation, sought)
    stand = _standing(match.id for match in matches)
    found: dict[UUID, tuple[str, ...]] = {}
    for match in matches:
        if match.id in stand:
            found.setdefault(stand[match.id].pk, match.comparison.reasons)
    reachable = Person.objects.filter(pk__in=found).reachable_by(by, Verb.PERSON_IDENTIFY)
    mine = set(reachable.values_list("pk", flat=True))
    people = {person.pk: person for person in stand.values()}
    journal.write("people.searched", organisation, by=by, found=len(found))
    return [Found(people[pk], tuple(map(str, reasons)), pk in mine) for pk, reasons in found.items()]


@transaction.atomic
def register_person(
    *,
    organisation: Organisation,
    programme: Programme,
    by: Actor,
    facts: Facts,
    id: UUID | None = None,
    sure: bool = False,
    **answers: Any,
) -> Person:
    """Register someone, with nothing asked but what we call them.

    `sure` says that whoever registers has looked at the people found and that this is none of them. The `id` may come from a
    device that could not hear the answer the first time: the same content gives the same person, once.
    """
    require(by, Verb.PERSON_REGISTER, organisation)
    check_names(facts.called, facts.names)
    unknown = set(answers) - set(ANSWERS)
    if unknown:
        raise TypeError(f"A registration does not hold {sorted(unknown)}.")
    known = Person.objects.filter(pk=id).first() if id else None
    if known:
        return _again(known, organisation, facts, answers)
    person = Person(id=id or uuid7(), programme=programme, organisation=organisation, registered_by=by, **answers)
    if not sure:
        _refuse_a_likely_double(person, facts)
    person.registered_at = clock.now()
    if not _save_under_a_new_code(person):
        return _again(Person.objects.get(pk=person.pk), organisation, facts, answers)
    sealed = seal_field(create_key(person=person), "identity", person.pk, "sealed", facts.as_json())
    Identity.objects.create(person=person, sealed=sealed, changed_at=person.registered_at)
    propose_duplicates(person=person)
    journal.write("person.registered", person, by=by, person_id=person.pk)
    return person


def _by_code(organisation: Organisation, typed: str) -> list[Match[UUID]]:
    person = Person.objects.filter(code=codes.read_code(typed), organisation=organisation).remembered().first()
    return [Match(person.pk, Comparison(0.0, (Reason.SAME_CODE,)))] if person else []


def _by_name(organisation: Organisation, sought: Description) -> list[Match[UUID]]:
    if not sought.words:
        raise Refusal(_("Type at least one name, in any script, or the code of the card."))
    with memory.names_of(organisation.pk) as names:
        return shortlist(names.search(sought, limit=MOST_FOUND))


def _standing(ids: Any) -> dict[UUID, Person]:
    """Follow merged records to the one that stands, and leave out who was forgotten since."""
    wanted = list(ids)
    stand: dict[UUID, Person] = {}
    people = Person.objects.remembered().for_lists().select_related("merged_into__merged_into")
    for person in people.filter(pk__in=wanted):
        last = person
        while last.merged_into is not None:
            last = last.merged_into
        if last.erased_at is None:
            stand[person.pk] = last
    return stand


def _again(known: Person, organisation: Organisation, facts: Facts, answers: dict[str, Any]) -> Person:
    """Answer a registration that arrives a second time."""
    if known.organisation_id != organisation.pk:
        raise Refusal(_("This registration was already handled elsewhere."))
    if known.erased_at is not None:
        raise Forgotten
    same = all(getattr(known, name) == value for name, value in answers.items())
    if not same or facts_of(known) != facts:
        raise Conflict(
            _("This registration arrived before, with other answers."),
            why=_("Someone corrected it meanwhile, or it was changed on the device."),
            next=_("Open the person and correct what is wrong; what you typed is still here."),
        )
    return known


def _refuse_a_likely_double(person: Person, facts: Facts) -> None:
    with memory.names_of(person.organisation_id) as names:
        best = names.search(memory.description_of(person, facts), limit=1)
        if best and names.probability(best[0].comparison) >= LIKELY_SAME:
            raise Refusal(
                _("Someone very like this is already registered."),
                next=_("Look at the people found; if it is none of them, say so and register."),
            )


def _save_under_a_new_code(person: Person) -> bool:
    """Save, drawing again for a code that someone already has; say no when the id itself was taken meanwhile."""
    while True:
        person.code = codes.new_code()
        try:
            with transaction.atomic():
                person.save(force_insert=True)
        except IntegrityError:
            if Person.objects.filter(pk=person.pk).exists():
                return False
            if not Person.objects.filter(code=person.code).exists():
                raise
        else:
            return True
