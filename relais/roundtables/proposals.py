"""What a table should talk about, and why: found in what was heard, promised, drafted, asked and sent back.

Each proposal stands with its figure and what it is compared to; the sentence around them is made when it is read (`sentences.py`).
Only what was shared with the table counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from relais.barriers.models import Barrier
from relais.barriers.queries import BarrierQuerySet, Heard
from relais.cases.models import Dossier
from relais.kernel import clock
from relais.kernel.disclosure import hide_small
from relais.kernel.periods import Period
from relais.procedures.models import ProcedureVersion, Requirement
from relais.roundtables.models import AgendaItem, Commitment, Consultation, Meeting
from relais.roundtables.replays import DraftReplay
from relais.roundtables.sources import found_by_sources

YEAR, MONTH = timedelta(days=365), timedelta(days=30)
MOST_STOPPED, MOST_REQUIREMENTS, MOST_RISING, MOST_OVERDUE = 3, 1, 2, 5
SETTLED = (Barrier.State.TAKEN_UP, Barrier.State.DECLINED, Barrier.State.SOLVED, Barrier.State.CLOSED)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Something to talk about: its reason, its figures, and the row it is about."""

    reason: AgendaItem.Reason
    title: str = ""
    figure: int | None = None
    compared_to: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Give the columns of an agenda item."""
        told = {"reason": self.reason.value, "title": self.title[:200], "figure": self.figure, "detail": self.detail}
        return {**told, "compared_to": self.compared_to, **self.about}


def proposals_for(meeting: Meeting) -> list[Proposal]:
    """Propose an agenda: what stops most people first, then what rises, what is late, what waits for a decision."""
    today = clock.today(meeting.time_zone)
    stopped = list(_most_stopped(meeting, today))
    return [
        *stopped,
        *_rising(meeting, today, {tuple(each.about.values()) for each in stopped}),
        *_drafts(meeting),
        *_consulted(meeting, today),
        *_returns(meeting, today),
        *_overdue(meeting, today),
        *_from_above(meeting, today),
    ]


def _unsettled(meeting: Meeting) -> BarrierQuerySet:
    found: BarrierQuerySet = Barrier.objects.shared().filter(programme=meeting.programme_id, sort=Barrier.Sort.BARRIER)
    if meeting.series and meeting.series.territory:
        path = meeting.series.territory.path
        found = found.filter(territory__path__startswith=path)
    return found.exclude(state__in=SETTLED)


def _window(day: date, length: timedelta) -> tuple[Period, Period]:
    """Give the days up to and including a day, and as many before them."""
    end = day + timedelta(days=1)
    return Period(end - length, end), Period(end - 2 * length, end - length)


def _most_stopped(meeting: Meeting, today: date) -> Iterator[Proposal]:
    """Propose what stops most people in a year: as people say it, and as the procedure asks it."""
    barriers, (period, before) = _unsettled(meeting), _window(today, YEAR)
    for heard in barriers.counted_by("headline", period, before)[:MOST_STOPPED]:
        if heard.people:
            yield _heard(AgendaItem.Reason.MOST_STOPPED, heard, barriers, "year")
    for heard in barriers.counted_by("requirement", period, before)[:MOST_REQUIREMENTS]:
        procedure, key = heard.key
        asked = Requirement.objects.filter(step__version__procedure=procedure, key=key)
        if heard.people and (requirement := asked.order_by("-step__version__number").first()):
            yield Proposal(
                reason=AgendaItem.Reason.MOST_STOPPED,
                figure=heard.people,
                compared_to=heard.people_before,
                detail={"reports": heard.reports, "span": "year"},
                about={"requirement_id": requirement.pk},
            )


def _rising(meeting: Meeting, today: date, but: set[tuple[Any, ...]]) -> Iterator[Proposal]:
    """Propose what rises fastest in a month."""
    barriers, (period, before) = _unsettled(meeting), _window(today, MONTH)
    rising = [heard for heard in barriers.counted_by("headline", period, before) if heard.rise > 0]
    for heard in sorted(rising, key=lambda heard: -heard.rise)[:MOST_RISING]:
        proposal = _heard(AgendaItem.Reason.RISING, heard, barriers, "month")
        if tuple(proposal.about.values()) not in but:
            yield proposal


def _heard(reason: AgendaItem.Reason, heard: Heard, barriers: BarrierQuerySet, span: str) -> Proposal:
    group, headline = heard.key
    first = None if group else barriers.saying_like(None, headline).order_by("recorded_at").first()
    return Proposal(
        reason=reason,
        title=heard.label,
        figure=heard.people,
        compared_to=heard.people_before,
        detail={"reports": heard.reports, "span": span},
        about={"barrier_group_id": group} if group else {"barrier_id": first.pk if first else None},
    )


def _drafts(meeting: Meeting) -> Iterator[Proposal]:
    """Propose drafts the partners can read and nobody decided, with what they would change."""
    drafts = ProcedureVersion.objects.drafts().filter(procedure__programme=meeting.programme_id, decisions=None)
    for version in drafts.filter(shared_at__isnull=False).select_related("procedure__programme").order_by("shared_at"):
        found = DraftReplay(version).forecast
        yield Proposal(
            reason=AgendaItem.Reason.DRAFT,
            figure=found.unlocked.least,
            compared_to=found.newly_blocked.least,
            detail={"people": found.people, "unlocked_some": found.unlocked.some, "harm": found.newly_blocked.some},
            about={"version_id": version.pk},
        )


def _consulted(meeting: Meeting, today: date) -> Iterator[Proposal]:
    """Propose consultations that are over and of which nobody said what became of the answers."""
    asked = Consultation.objects.filter(programme=meeting.programme_id).closed_by(today).without_result()
    for consultation in asked.with_people().order_by("closes_on"):
        yield Proposal(
            reason=AgendaItem.Reason.CONSULTED,
            figure=consultation.people,
            detail=consultation.answers.all().by_choice(),
            about={"consultation_id": consultation.pk},
        )


def _returns(meeting: Meeting, today: date) -> Iterator[Proposal]:
    """Propose the dossiers that came back in a month, with the reasons given."""
    period, before = _window(today, MONTH)
    returned = Dossier.objects.filter(case__programme=meeting.programme_id, state=Dossier.State.RETURNED)
    now = returned.filter(decided_on__gte=period.start, decided_on__lt=period.end)
    if now.exists():
        threshold = meeting.programme.threshold
        reasons = dict(now.order_by().values_list("reason").annotate(count=Count("pk")))
        earlier = returned.filter(decided_on__gte=before.start, decided_on__lt=before.end)
        yield Proposal(
            reason=AgendaItem.Reason.RETURNS,
            figure=hide_small({"now": now.count()}, threshold)["now"],
            compared_to=hide_small({"before": earlier.count()}, threshold)["before"],
            detail={"reasons": hide_small(reasons, threshold)},
        )


def _overdue(meeting: Meeting, today: date) -> Iterator[Proposal]:
    """Propose commitments whose day has gone by, longest first."""
    late = Commitment.objects.filter(programme=meeting.programme_id).overdue(today).order_by("due_on")
    for commitment in late[:MOST_OVERDUE]:
        yield Proposal(
            reason=AgendaItem.Reason.OVERDUE,
            figure=(today - commitment.due_on).days,
            about={"commitment_id": commitment.pk},
        )


def _from_above(meeting: Meeting, today: date) -> Iterator[Proposal]:
    """Propose what the apps above the table found, such as indicators off course."""
    for reason, found in found_by_sources(meeting, today):
        yield Proposal(reason=reason, figure=found.figure, compared_to=found.compared_to, detail=found.detail)
