"""Records that may be of one person: the queue, two side by side, merged, and parted again."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Query, Router, Schema

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.people import PersonOut
from relais.api.shapes import Ask
from relais.kernel.pages import reads, writes
from relais.people import services
from relais.people.models import DuplicatePair, Person

router = Router(tags=["duplicates"])


class PairOut(ModelSchema):
    """Two records that may be of one person, how likely that is, and what speaks for and against it."""

    id: UUID
    reasons: list[str]

    class Meta:
        model = DuplicatePair
        fields = ["id", "organisation", "one", "other", "score", "reasons", "state", "decided_at"]
        personal = {"one", "other", "reasons"}
        verb = Verb.PERSON_MERGE


class RecordOut(Schema):
    """One of two records with what the person is called, opened for this one answer."""

    person: PersonOut
    called: str
    other_names: list[str]


class MergeAsk(Ask):
    """Which of the two records stands."""

    kept: UUID


def _pairs(request: HttpRequest) -> Any:
    return DuplicatePair.objects.reachable_by(request.user, Verb.PERSON_MERGE)


@router.get("duplicates", response=Many[PairOut])
@reads
def duplicate_list(request: HttpRequest, page: Query[Page]) -> Any:
    """List the pairs nobody decided on yet, the likeliest first."""
    return page_of(_pairs(request).to_look_at(), page)


@router.post("duplicates/{uuid:id}/compare", response=list[RecordOut])
@writes
def duplicate_compare(request: HttpRequest, id: UUID) -> Any:
    """Put two records side by side with their names, and write down that they were read."""
    pair = found(_pairs(request).select_related("one", "other"), id)
    people = [pair.one, pair.other]
    facts = services.reveal_many(people=people, by=request.user, why="duplicates")
    return [
        {"person": each, "called": facts[each.pk].called, "other_names": list(facts[each.pk].other_names)}
        for each in people
        if each.pk in facts
    ]


@router.post("duplicates/{uuid:id}/merge", response=PersonOut)
@writes
def duplicate_merge(request: HttpRequest, id: UUID, ask: MergeAsk) -> Any:
    """Say that both records are of one person, and which of them stands; nothing is moved, so it can be undone."""
    pair = found(_pairs(request), id)
    both = Person.objects.filter(pk__in=[pair.one_id, pair.other_id])
    kept = named(both, ask.kept, "kept")
    return services.merge_people(kept=kept, merged=both.exclude(pk=kept.pk).get(), by=request.user)


@router.post("duplicates/{uuid:id}/dismiss", response=PairOut)
@writes
def duplicate_dismiss(request: HttpRequest, id: UUID) -> Any:
    """Say that they are two people; the pair is not proposed again."""
    return services.dismiss_duplicate(pair=found(_pairs(request), id), by=request.user)


@router.post("people/{uuid:id}/part", response=PersonOut)
@writes
def person_part(request: HttpRequest, id: UUID) -> Any:
    """Part a record again from the one it was merged into; both are as they were before."""
    person = found(Person.objects.reachable_by(request.user, Verb.PERSON_MERGE), id)
    return services.undo_merge(person=person, by=request.user)
