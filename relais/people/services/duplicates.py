"""Two records of one person: proposed by likeness, decided by people, and undone when they were wrong.

A merge is one pointer from a record to the one that stands. Nothing is moved, so nothing has to be moved back: cases,
consents and messages stay with the record they were made on, each with its own card, key and history.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from relais.access.lock import Actor, require
from relais.access.verbs import Verb
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.people import memory
from relais.people.matching import LIKELY_SAME
from relais.people.models import DuplicatePair, Person


def propose_duplicates(*, person: Person) -> int:
    """Put a person beside the others who may well be the same; say how many pairs are new."""
    new = 0
    with memory.names_of(person.organisation_id) as names:
        for match in names.likely_same(person.pk, LIKELY_SAME):
            one, other = sorted((person.pk, match.id))
            _pair, is_new = DuplicatePair.objects.get_or_create(
                one_id=one,
                other_id=other,
                defaults={
                    "organisation_id": person.organisation_id,
                    "score": round(names.probability(match.comparison), 3),
                    "reasons": [str(reason) for reason in match.comparison.reasons],
                },
            )
            new += is_new
    return new


@transaction.atomic
def merge_people(*, kept: Person, merged: Person, by: Actor) -> Person:
    """Say that two records are of one person: `merged` points to `kept` from now on."""
    require(by, Verb.PERSON_MERGE, kept)
    require(by, Verb.PERSON_MERGE, merged)
    people = {person.pk: person for person in Person.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk])}
    kept, merged = people[kept.pk], people[merged.pk]
    if kept.organisation_id != merged.organisation_id:
        raise Refusal(_("These records belong to two organisations."), next=_("Refer the person instead."))
    if kept.pk == merged.pk or kept.merged_into_id or merged.merged_into_id:
        raise Refusal(
            _("One of these records was already merged."), next=_("Open the record that stands, and merge from there.")
        )
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    _decide(kept, merged, DuplicatePair.State.SAME, by)
    journal.write("person.merged", merged, by=by, person_id=merged.pk, into=kept.pk)
    return kept


@transaction.atomic
def undo_merge(*, person: Person, by: Actor) -> Person:
    """Part a record again from the one it was merged into; both are as they were before."""
    require(by, Verb.PERSON_MERGE, person)
    person = Person.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=person.pk)
    kept = person.merged_into
    if kept is None:
        raise Refusal(_("This record is not merged into another."))
    person.merged_into = None
    person.save(update_fields=["merged_into"])
    _decide(kept, person, DuplicatePair.State.DIFFERENT, by)
    journal.write("person.merge_undone", person, by=by, person_id=person.pk, out_of=kept.pk)
    return person


@transaction.atomic
def dismiss_duplicate(*, pair: DuplicatePair, by: Actor) -> DuplicatePair:
    """Say that two records are two people; they are not proposed again."""
    require(by, Verb.PERSON_MERGE, pair)
    pair = _decide(pair.one, pair.other, DuplicatePair.State.DIFFERENT, by)
    journal.write("duplicate.dismissed", pair, by=by, one=pair.one_id, other=pair.other_id)
    return pair


def _decide(one: Person, other: Person, state: DuplicatePair.State, by: Actor) -> DuplicatePair:
    first, second = sorted((one.pk, other.pk))
    decided = {"state": state, "decided_at": clock.now(), "decided_by": by}
    pair, _is_new = DuplicatePair.objects.update_or_create(
        one_id=first,
        other_id=second,
        defaults=decided,
        create_defaults={"organisation_id": one.organisation_id, "score": 1.0, **decided},
    )
    return pair
