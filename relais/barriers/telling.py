"""What a reader sees of a barrier: everything inside the organisation that heard it, less at the table.

Pages and the API show a `Told`, never the row, so that what a partner may not know is not there to be shown by mistake.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from relais.access.lock import Actor, organisations_where
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.barriers.models import Barrier
from relais.barriers.rules import FINEST_SHARED_LEVEL
from relais.places.models import Territory


@dataclass(frozen=True, slots=True)
class Inside:
    """What never leaves the organisation that heard it."""

    case_id: UUID | None
    author: str
    recorded_by: str
    observed_on: date
    recorded_at: datetime
    approved_at: datetime | None
    approved_how: str
    has_voice: bool
    was_reworded: bool
    author_told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """One barrier as its reader may see it; `inside` is empty for partners."""

    id: UUID
    sort: str
    sort_label: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    headline: str
    account: str
    effect: str
    would_help: str
    language: str
    people_count: int
    month: date
    programme: str
    organisation: str
    procedure: str
    step: str
    requirement: str
    evidence_type: str
    territory: str
    group: Any
    shared_at: datetime | None
    answer: str
    answered_at: datetime | None
    revision: int
    inside: Inside | None


def is_inside(reader: Actor, barrier: Barrier) -> bool:
    """Say whether someone heard it, wrote it down, or coordinates those who did."""
    if barrier.organisation_id in organisations_where(reader, Verb.BARRIER_READ, Role.COORDINATOR):
        return True
    belongs = barrier.organisation_id in organisations_where(reader, Verb.BARRIER_READ)
    return belongs and reader.pk in {barrier.author_id, barrier.recorded_by_id}


def tell(barrier: Barrier, reader: Actor) -> Told:
    """Give what this reader may see of a barrier fetched `with_everything()`.

    Who may not read the barrier at all never gets here (access.py).
    """
    inside = is_inside(reader, barrier)
    return Told(
        id=barrier.pk,
        sort=barrier.sort,
        sort_label=barrier.get_sort_display(),
        kind=barrier.kind,
        kind_label=barrier.get_kind_display(),
        state=barrier.state,
        state_label=barrier.get_state_display(),
        headline=barrier.words,
        account=barrier.account,
        effect=barrier.effect,
        would_help=barrier.would_help,
        language=barrier.language,
        people_count=barrier.people_count,
        month=barrier.observed_on.replace(day=1),
        programme=str(barrier.programme),
        organisation=str(barrier.organisation),
        procedure=_words(barrier.procedure),
        step=_words(barrier.step),
        requirement=_words(barrier.requirement),
        evidence_type=_words(barrier.evidence_type),
        territory=_words(barrier.territory if inside else _coarse(barrier)),
        group=barrier.group,
        shared_at=barrier.shared_at,
        answer=barrier.answer_words,
        answered_at=barrier.answered_at,
        revision=barrier.revision,
        inside=_inside(barrier) if inside else None,
    )


def _inside(barrier: Barrier) -> Inside:
    return Inside(
        case_id=barrier.case_id,
        author=str(barrier.author),
        recorded_by=str(barrier.recorded_by),
        observed_on=barrier.observed_on,
        recorded_at=barrier.recorded_at,
        approved_at=barrier.approved_at,
        approved_how=barrier.get_approved_how_display() if barrier.approved_how else "",
        has_voice=barrier.has_voice,
        was_reworded=barrier.was_reworded,
        author_told_at=barrier.author_told_at,
    )


def _coarse(barrier: Barrier) -> Territory | None:
    """Give the district of a barrier that concerns few people: a village of one person is that person."""
    place = barrier.territory
    if barrier.people_count >= barrier.programme.threshold:
        return place
    while place and place.level > FINEST_SHARED_LEVEL and place.parent:
        place = place.parent
    return place


def _words(row: Any) -> str:
    return "" if row is None else str(row)
