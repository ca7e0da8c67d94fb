"""Reminding people of what they promised and owe; run by `relais worker`, as often as one likes.

Every reminder that is not sent says why, by a code, so that a silent worker can be told from one with nothing to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from relais.access.roles import ROLES, Role
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.kernel import clock
from relais.organisations.models import Membership, Organisation
from relais.programmes.models import Programme
from relais.roundtables.models import Commitment, Consultation, Decision, Meeting, Notice
from relais.roundtables.services.notices import tell

DUE_SOON = timedelta(days=3)
AGAIN = timedelta(days=7)
"""How long a person is left in peace about the same thing."""
GRACE = timedelta(days=7)
"""How long after a table minutes, results and adoptions may take."""
Kind = Notice.Kind


class Skip(StrEnum):
    """Why someone was not reminded."""

    REMINDED = "reminded_lately"
    NOBODY = "nobody_to_remind"
    GONE = "no_longer_signs_in"


@dataclass(frozen=True)
class Reminder:
    """Someone reminded of something, or the code of why not."""

    kind: Notice.Kind
    about_id: UUID
    user_id: UUID | None
    skipped: Skip | None = None


@dataclass(frozen=True)
class _Owed:
    """Something to remind some people of."""

    kind: Notice.Kind
    row: Meeting | Commitment | Consultation | Decision
    programme: Programme
    users: list[User]
    link: str
    detail: dict[str, Any]
    again: timedelta = AGAIN


@transaction.atomic
def remind() -> list[Reminder]:
    """Remind everyone of what is theirs to do, each thing at most once a week."""
    return [
        reminder
        for owed in (*_meetings(), *_commitments(), *_minutes(), *_results(), *_adoptions())
        for reminder in _send(owed)
    ]


def _send(owed: _Owed) -> Iterator[Reminder]:
    if not owed.users:
        yield Reminder(owed.kind, owed.row.pk, None, Skip.NOBODY)
    lately = Notice.objects.told_since(owed.kind, clock.now() - owed.again)
    for user in owed.users:
        if not user.is_active:
            yield Reminder(owed.kind, owed.row.pk, user.pk, Skip.GONE)
        elif (user.pk, owed.row.pk) in lately:
            yield Reminder(owed.kind, owed.row.pk, user.pk, Skip.REMINDED)
        else:
            tell(
                users=[user],
                programme=owed.programme,
                kind=owed.kind,
                about=owed.row.pk,
                link=owed.link,
                **owed.detail,
            )
            if isinstance(owed.row, Commitment):
                Commitment.objects.filter(pk=owed.row.pk).update(reminded_at=clock.now())
            yield Reminder(owed.kind, owed.row.pk, user.pk)


def _meetings() -> Iterator[_Owed]:
    """Tell who is invited, on the day before; who said no is left in peace."""
    now = clock.now()
    soon = Meeting.objects.upcoming(now).filter(starts_at__lt=now + timedelta(hours=48)).select_related("programme")
    for meeting in soon:
        if meeting.local_start.date() == clock.today(meeting.time_zone) + timedelta(days=1):
            invited = meeting.invitees.exclude(answer="not_coming").filter(user__isnull=False).select_related("user")
            users = [each.user for each in invited if each.user]
            yield _Owed(
                Kind.MEETING_SOON, meeting, meeting.programme, users, meeting.get_absolute_url(), _when(meeting)
            )


def _when(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting.names,
        "starts_at": meeting.starts_at.isoformat(),
        "time_zone": meeting.time_zone,
    }


def _commitments() -> Iterator[_Owed]:
    """Tell who promised, shortly before the day and each week after it; without a name, whoever runs the organisation."""
    now = clock.now()
    pending = Commitment.objects.pending().filter(due_on__lte=(now + DUE_SOON).date())
    for commitment in pending.select_related("programme", "organisation", "owner"):
        today = clock.today(commitment.programme.time_zone)
        users = [commitment.owner] if commitment.owner else who_runs(commitment.organisation, today)
        late = commitment.due_on < today
        kind = Kind.COMMITMENT_LATE if late else Kind.COMMITMENT_DUE
        detail = {"what": commitment.what, "days": (today - commitment.due_on).days if late else 0}
        yield _Owed(kind, commitment, commitment.programme, users, reverse("roundtables:commitments"), detail)


def _minutes() -> Iterator[_Owed]:
    """Tell who convened a table that nobody wrote up."""
    late = Meeting.objects.filter(state=Meeting.State.PLANNED, starts_at__lt=clock.now() - GRACE)
    for meeting in late.select_related("programme", "organisation"):
        users = who_runs(meeting.organisation, clock.today(meeting.time_zone))
        yield _Owed(Kind.MINUTES_OWED, meeting, meeting.programme, users, meeting.get_absolute_url(), _when(meeting))


def _results() -> Iterator[_Owed]:
    """Tell who asked people something, and has not said what became of the answers."""
    waiting = Consultation.objects.closed_by((clock.now() - GRACE).date()).without_result().with_people()
    for asked in waiting.filter(people__gt=0).select_related("programme", "asked_by"):
        link = asked.get_absolute_url()
        yield _Owed(Kind.RESULT_OWED, asked, asked.programme, [asked.asked_by], link, {"what": asked.question})


def _adoptions() -> Iterator[_Owed]:
    """Tell the authority that a draft it agreed to is not in force yet."""
    waiting = Decision.objects.awaiting_force().filter(decided_at__lt=clock.now() - GRACE)
    for decision in waiting.select_related("programme", "version__procedure__service__authority"):
        authority = decision.version.procedure.service.authority if decision.version else decision.organisation
        users = who_runs(authority, clock.today(decision.programme.time_zone))
        link = decision.get_absolute_url()
        yield _Owed(Kind.ADOPTION_OWED, decision, decision.programme, users, link, {"name": decision.title})


def who_runs(organisation: Organisation, today: date) -> list[User]:
    """Give those who prepare tables in an organisation."""
    roles = [role for role in Role if Verb.TABLE_MANAGE in ROLES[role]]
    held = Membership.objects.current(today).filter(organisation=organisation, role__in=roles)
    return [each.user for each in held.select_related("user").order_by("user__username")]
