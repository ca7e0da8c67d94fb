"""What the index asks of the database: where the journal stands, whom it speaks of since, and cases as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any
from uuid import UUID

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Q

from relais.cases.assessing import digits_of
from relais.cases.index.columns import Rows
from relais.cases.index.tokens import tokens_of
from relais.cases.models import Case
from relais.cases.queries import CaseQuerySet, as_text
from relais.cases.who import Answers, Who, as_word
from relais.journal.models import Entry, Head
from relais.procedures.models import EvidenceType

AT_ONCE = 1 << 14
"""Cases read at a time; they fill whole words of bits."""
NAMED_AT_ONCE = 500
LANES_AT_ONCE = 100
FEWEST_TO_READ_ALL, SHARE_TO_READ_ALL = 5_000, 20

# Lines that say someone read something.
READINGS = ("identity.read", "identity.listed", "case.visits_read", "case.visit_heard")
# Lines after which any case may have changed.
ANYTHING = ("cases.grown", "territory.added", "country.loaded")


Line = tuple[Any, ...]
"""A case: its id as the database writes it, the digits of what is known, a word of `who.py`, and whatever else was asked for."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the journal stood: the number and the hash of the last line of each lane, and the last migration applied."""

    lanes: dict[str, tuple[int, str]]
    migration: int


@dataclass(frozen=True, slots=True)
class Touched:
    """The cases and the people the journal speaks of."""

    cases: set[UUID]
    people: set[UUID]


def mark() -> Mark:
    """Say where the journal stands now; lines of a lane are numbered in the order they were committed."""
    lanes = {lane: (number, hash) for lane, number, hash in Head.objects.values_list("lane", "number", "hash")}
    migration = MigrationRecorder.Migration.objects.order_by("-id").values_list("id", flat=True).first()
    return Mark(lanes, migration or 0)


def touched(before: Mark, now: Mark, people: int) -> Touched | None:
    """Say whom the journal speaks of between two marks; None when only reading everything again would be right.

    That is when the lines at the first mark are not those that stand there now (another database, a restored backup, work that was
    undone), when migrations ran, and when so much changed that reading all is quicker.
    """
    if before.migration != now.migration:
        return None
    moved = {lane: at for lane, at in before.lanes.items() if now.lanes.get(lane) != at}
    if any(lane not in now.lanes or now.lanes[lane][0] <= number for lane, (number, _) in moved.items()):
        return None
    moved |= dict.fromkeys(now.lanes.keys() - before.lanes.keys(), (0, ""))
    lines = sum(now.lanes[lane][0] - number for lane, (number, _) in moved.items())
    if lines > max(FEWEST_TO_READ_ALL, people // SHARE_TO_READ_ALL):
        return None
    found, known = Touched(set(), set()), {(lane, *at) for lane, at in moved.items() if at[0]}
    for lane, number, hash, verb, noun, row, person in _lines(moved):
        if number == moved[lane][0]:
            known.discard((lane, number, hash))
        elif verb in ANYTHING:
            return None
        elif verb not in READINGS:
            _note(found, noun, row, person)
    return None if known else found


def _note(found: Touched, noun: str, row: UUID | None, person: UUID | None) -> None:
    if noun == Case._meta.label_lower and row:
        found.cases.add(row)
    for one in (person, row if noun == "people.person" else None):
        if one:
            found.people.add(one)


def _lines(moved: dict[str, tuple[int, str]]) -> Iterator[tuple[Any, ...]]:
    lanes = list(moved)
    for start in range(0, len(lanes), LANES_AT_ONCE):
        since = reduce(or_, (Q(lane=lane, number__gte=moved[lane][0]) for lane in lanes[start : start + LANES_AT_ONCE]))
        rows = Entry.objects.filter(since).order_by()
        yield from rows.values_list("lane", "number", "hash", "verb", "noun", "row_id", "person_id")


def kinds_of(procedure: UUID) -> dict[int, str]:
    """Give the key of each kind of evidence by its number."""
    return dict(EvidenceType.objects.filter(procedure=procedure).order_by("number").values_list("number", "key"))


def read_all(procedure: UUID) -> Iterator[Rows]:
    """Read every open case of a procedure, in one pass."""
    who = Who()
    for chunk in chunks(Case.objects.counted(procedure)):
        yield as_rows(chunk, who)


def read_one_by_one(procedure: UUID) -> Iterator[Rows]:
    """Read the same from the people and the proofs themselves, to check what their cases sum up."""
    who, cases = Who(), Case.objects.open().filter(procedure=procedure, person__erased_at=None)
    for chunk in chunks(cases.annotate(said=as_word("person")), "said"):
        ids = [UUID(id) for id in column(chunk, 0)]
        digits = {id: known for some in _some(ids) for id, known in digits_of(some).items()}
        said = column(chunk, 3)
        yield as_rows([(id.hex, digits.get(id, ""), word) for id, word in zip(ids, said, strict=True)], who)


def chunks(cases: CaseQuerySet, *also: Any) -> Iterator[list[Line]]:
    """Read what is counted of cases, and more if asked, some thousand at a time: id, digits of what is known, who it is."""
    asked = cases.order_by().values_list(as_text("pk"), "known", "who", *also)
    coming = asked.iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(coming, AT_ONCE)):
        yield chunk


def read_some(procedure: UUID, about: Touched) -> tuple[Rows, list[str]]:
    """Read the cases the journal speaks of: those that are counted now, and the ids of those that are not (any more)."""
    cases = Case.objects.filter(procedure=procedure)
    ids = {str(id) for some in _some(about.people) for id in cases.filter(person__in=some).values_list("pk", flat=True)}
    ids |= {str(id) for id in about.cases}
    found = [
        row
        for some in _some(ids)
        for chunk in chunks(Case.objects.counted(procedure).filter(pk__in=some))
        for row in chunk
    ]
    here = {row[0].replace("-", "") for row in found}
    return as_rows(found, Who() if found else {}), [id for id in ids if id.replace("-", "") not in here]


def _some(ids: Iterable[Any]) -> Iterator[list[Any]]:
    named = list(ids)
    for start in range(0, len(named), NAMED_AT_ONCE):
        yield named[start : start + NAMED_AT_ONCE]


def as_rows(found: list[Line], who: Mapping[str, Answers]) -> Rows:
    """Turn lines into columns."""
    return Rows(tokens_of(column(found, 0)), column(found, 1), column(found, 2), who)


def column(lines: list[Line], place: int) -> list[Any]:
    """Take one value of each line; `zip(*lines)` would make an object for each, and take ten times as long."""
    return [line[place] for line in lines]
