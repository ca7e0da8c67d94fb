"""Questions about meetings, consultations, decisions, commitments and notices."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from relais.access.lock import Actor, ReachableQuerySet


class SeriesQuerySet(ReachableQuerySet):
    """Series of meetings."""

    def running(self, today: date) -> Self:
        """Keep those that still have meetings to plan."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=today))

    def running_first(self) -> Self:
        """Put those that go on before those that ended."""
        return self.order_by(F("ended_on").desc(nulls_first=True), "key")


class MeetingQuerySet(ReachableQuerySet):
    """Meetings."""

    def upcoming(self, now: datetime) -> Self:
        """Keep those still to come or going on, soonest first."""
        return self.filter(starts_at__gte=now, state="planned").order_by("starts_at")

    def past(self, now: datetime) -> Self:
        """Keep those gone by, held or cancelled, latest first."""
        return self.exclude(starts_at__gte=now, state="planned").order_by("-starts_at")

    def with_draft(self, version: UUID) -> Self:
        """Keep those whose agenda has a draft on it, not left out."""
        return self.filter(agenda__version=version, agenda__kept=True).distinct()

    def invited(self, actor: Actor) -> Self:
        """Keep those someone is invited to."""
        return self.filter(invitees__user=actor)

    def with_counts(self) -> Self:
        """Count what was decided and what is still on the agenda of each."""
        return self.annotate(
            decisions_count=Count("decisions", distinct=True),
            agenda_count=Count("agenda", filter=Q(agenda__kept=True), distinct=True),
        )


class InviteeQuerySet(ReachableQuerySet):
    """Who is invited."""

    def in_order(self) -> Self:
        """Put those who come first, then by name."""
        return self.select_related("user").order_by("answer", "user__display_name", "label")


class DecisionQuerySet(ReachableQuerySet):
    """Decisions."""

    def adopted(self) -> Self:
        """Keep those that said yes."""
        return self.filter(outcome="adopted")

    def awaiting_force(self) -> Self:
        """Keep those that adopted a draft which is still a draft."""
        return self.adopted().filter(version__state="draft")


class ConsultationQuerySet(ReachableQuerySet):
    """Consultations."""

    def open_on(self, today: date) -> Self:
        """Keep those that take answers on a day."""
        return self.filter(opens_on__lte=today, closes_on__gte=today)

    def closed_by(self, today: date) -> Self:
        """Keep those that no longer take answers."""
        return self.filter(closes_on__lt=today)

    def without_result(self) -> Self:
        """Keep those of which no decision says what became of the answers."""
        return self.filter(decisions=None)

    def with_people(self) -> Self:
        """Count how many people answered."""
        return self.annotate(people=Coalesce(Sum("answers__people_count"), 0))


class AnswerQuerySet(ReachableQuerySet):
    """Answers to consultations."""

    def by_choice(self) -> dict[str, int]:
        """Count people by what they think."""
        return dict(self.order_by("choice").values_list("choice").annotate(people=Sum("people_count")))


class CommitmentQuerySet(ReachableQuerySet):
    """Commitments."""

    def pending(self) -> Self:
        """Keep those neither done nor dropped."""
        return self.filter(done_on=None, dropped_reason="")

    def overdue(self, today: date) -> Self:
        """Keep those promised for a day gone by."""
        return self.pending().filter(due_on__lt=today)

    def done_late(self) -> Self:
        """Keep those kept after their day."""
        return self.filter(done_on__gt=F("due_on"))


class NoticeQuerySet(ReachableQuerySet):
    """Notices."""

    def unseen(self) -> Self:
        """Keep those their reader has not opened."""
        return self.filter(seen_at=None)

    def to_mail(self, since: datetime) -> Self:
        """Keep what was told since an instant, was not opened, and is for who wants a mail."""
        return self.unseen().filter(told_at__gte=since, user__wants_mail=True, user__is_active=True)

    def told_since(self, kind: str, instant: datetime) -> set[tuple[object, object]]:
        """Give whom was told a kind of thing about what, since an instant."""
        return set(self.filter(kind=kind, told_at__gte=instant).values_list("user_id", "about_id"))
