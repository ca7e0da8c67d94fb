"""Writing to the journal, and proving that nobody changed it."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from relais.journal.models import Entry, Head
from relais.journal.queries import missing_guards
from relais.kernel import clock
from relais.kernel.ids import uuid7

SYSTEM = "system"
CODE = re.compile(r"[A-Za-z0-9_.:/+-]{0,120}")
WORDS = "(words)"
SHORTEST_MARK = 16  # letters of a hash that someone copied by hand: enough that nobody finds another line with the same


@transaction.atomic(savepoint=False)
def write(
    verb: str,
    row: models.Model | None,
    *,
    by: Any,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    **detail: Any,
) -> Entry:
    """Write one line, last thing in a service: who did what to which row.

    `detail` holds ids and codes, never the name or words of a person: what has a blank or another script is left out. `person_id` is the person concerned,
    so that they can ask who read their file. The lane is the organisation of the row (or the one named), so writers of
    different organisations never wait for each other. No savepoint of its own: a service without its line is undone whole.
    """
    organisation_id = organisation_id or getattr(row, "organisation_id", None)
    lane = str(organisation_id or SYSTEM)
    head, _is_new = Head.objects.select_for_update().get_or_create(lane=lane)
    entry = _line(
        head,
        verb,
        row,
        by=by,
        at=clock.now(),
        organisation_id=organisation_id,
        person_id=person_id,
        detail=detail,
    )
    entry.save(force_insert=True)
    head.save(update_fields=["number", "hash"])
    return entry


@dataclass(frozen=True, slots=True)
class Line:
    """A line to write together with many others: what `write` would be told, and when it happened."""

    verb: str
    row: models.Model
    by: Any
    at: datetime
    person_id: UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict)


@transaction.atomic(savepoint=False)
def write_many(lines: Iterable[Line]) -> int:
    """Write many lines at once, each lane in the order given; for what is read at one sitting, and for imports."""
    heads: dict[str, Head] = {}
    entries = []
    for line in lines:
        organisation_id = getattr(line.row, "organisation_id", None)
        lane = str(organisation_id or SYSTEM)
        if lane not in heads:
            heads[lane], _is_new = Head.objects.select_for_update().get_or_create(lane=lane)
        entry = _line(
            heads[lane],
            line.verb,
            line.row,
            by=line.by,
            at=line.at,
            organisation_id=organisation_id,
            person_id=line.person_id,
            detail=line.detail,
        )
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    Head.objects.bulk_update(heads.values(), ["number", "hash"])
    return len(entries)


def _line(
    head: Head,
    verb: str,
    row: models.Model | None,
    *,
    by: Any,
    at: datetime,
    organisation_id: UUID | None,
    person_id: UUID | None,
    detail: dict[str, Any],
) -> Entry:
    """Make the next line of a lane and move its head there."""
    entry = Entry(
        id=uuid7(),
        lane=head.lane,
        number=head.number + 1,
        at=at,
        verb=verb,
        noun=row._meta.label_lower if row is not None else "",
        row_id=row.pk if row is not None and isinstance(row.pk, UUID) else None,
        actor_id=getattr(by, "pk", None),
        actor_label=getattr(by, "username", "") or SYSTEM,
        organisation_id=organisation_id,
        person_id=person_id,
        detail=codes_only(json.loads(json.dumps(detail, default=str))),
        previous=head.hash,
    )
    entry.hash = hash_of(entry)
    head.number, head.hash = entry.number, entry.hash
    return entry


def codes_only(told: Any) -> Any:
    """Keep codes, ids, days and numbers of a detail; what people write as sentences or names is left out of the journal.

    >>> codes_only({"why": "reach", "on": "2026-05-03", "people": ["to call Gulnora", 3, None]})
    {'why': 'reach', 'on': '2026-05-03', 'people': ['(words)', 3, None]}
    """
    if isinstance(told, dict):
        return {name: codes_only(value) for name, value in told.items()}
    if isinstance(told, list):
        return [codes_only(value) for value in told]
    return WORDS if isinstance(told, str) and not CODE.fullmatch(told) else told


def hash_of(entry: Entry) -> str:
    """Give the SHA-256 of a line and of the hash before it, over one canonical writing."""
    line = {
        "lane": entry.lane,
        "number": entry.number,
        "at": entry.at.isoformat(),
        "verb": entry.verb,
        "noun": entry.noun,
        "row": str(entry.row_id),
        "actor": [str(entry.actor_id), entry.actor_label],
        "organisation": str(entry.organisation_id),
        "person": str(entry.person_id),
        "detail": entry.detail,
        "previous": entry.previous,
    }
    return hashlib.sha256(json.dumps(line, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def verify() -> Iterator[str]:
    """Walk every lane and tell each line that was changed, added or taken away."""
    for head in Head.objects.order_by("lane").iterator():
        number, previous = 0, ""
        for entry in Entry.objects.filter(lane=head.lane).order_by("number").iterator():
            number += 1
            if entry.number != number:
                yield f"{head.lane}: line {number} is missing; found line {entry.number} in its place."
                number = entry.number
            elif entry.previous != previous or entry.hash != hash_of(entry):
                yield f"{head.lane}: line {number} ({entry.verb}, {entry.at:%Y-%m-%d %H:%M}) was changed."
            previous = entry.hash
        if (number, previous) != (head.number, head.hash):
            yield f"{head.lane}: the chain ends at line {number}, but its head says line {head.number}."
    lanes = Head.objects.values("lane")
    for entry in Entry.objects.exclude(lane__in=lanes).order_by("lane", "number").iterator():
        yield f"{entry.lane}: line {entry.number} belongs to a chain that has no head."


def guards() -> Iterator[str]:
    """Tell each guard against changes that was taken away from the database."""
    for name in missing_guards():
        yield f"The guard {name} is missing: someone could change the journal with plain SQL."


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a chain stood once: kept elsewhere, it tells whether the chain was cut or written anew since."""

    lane: str
    number: int
    hash: str


def marks() -> list[Mark]:
    """Give where each chain stands now, to be kept where nobody who can change the database can change it."""
    return [Mark(head.lane, head.number, head.hash) for head in Head.objects.order_by("lane")]


def compare(kept: Iterable[Mark]) -> Iterator[str]:
    """Tell each chain that no longer holds the line it held when it was marked, though its head may agree with it."""
    for mark in kept:
        line = Entry.objects.filter(lane=mark.lane, number=mark.number).first()
        if line is None:
            yield f"{mark.lane}: the chain was cut: it had {mark.number} lines when it was marked."
        elif len(mark.hash) < SHORTEST_MARK or not line.hash.startswith(mark.hash):
            yield f"{mark.lane}: line {mark.number} is not the one that was marked: the chain was written anew."
