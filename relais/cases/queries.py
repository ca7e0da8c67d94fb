"""Questions about cases and what hangs on them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Prefetch, Q, TextField
from django.db.models.functions import Cast

from relais.access.lock import Actor, ReachableQuerySet, filter_for
from relais.access.verbs import Verb

COUNTED = ("handed", "accepted", "returned", "withdrawn")
# What hangs on a case, and what its page says of each.
FILE = {
    "steps": ("step", "entered_by"),
    "evidence": ("evidence_type", "entered_by"),
    "visits": ("by",),
    "appointments": ("step", "office", "accompanied_by", "entered_by"),
    "follow_ups": ("entered_by",),
    "dossiers": ("batch", "authority", "requirement"),
    "referrals": ("to",),
}


def as_text(id: str) -> Cast:
    """Ask for an id as the database writes it: making a UUID of each of a million takes longer than the question."""
    return Cast(id, TextField())


class CaseQuerySet(ReachableQuerySet):
    """Cases."""

    def open(self) -> Self:
        """Keep those still on their way."""
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        """Keep those that came to an end."""
        return self.filter(closed_at__isnull=False)

    def standing(self, *standings: str) -> Self:
        """Keep those that stand so in their version."""
        return self.filter(standing__in=standings)

    def carried_by(self, companion: UUID) -> Self:
        """Keep those one companion carries."""
        return self.filter(companion=companion)

    def living_in(self, path: str) -> Self:
        """Keep those of people who live in a place or inside it."""
        return self.filter(Q(person__territory__path=path) | Q(person__territory__path__startswith=f"{path}/"))

    def quiet_since(self, moment: datetime) -> Self:
        """Keep those nothing was noted in since then."""
        return self.filter(changed_at__lt=moment)

    def with_authority(self) -> Self:
        """Keep those whose dossier an authority has not decided yet."""
        return self.filter(pk__in=self._dossiers().filter(state="handed").values("case"))

    def ready_to_hand(self) -> Self:
        """Keep those complete and not with an authority."""
        return self.open().standing("passes").exclude(pk__in=self._dossiers().filter(state="handed").values("case"))

    def came_back(self) -> Self:
        """Keep those open ones whose last dossier an authority gave back."""
        newer = self._dossiers().filter(case=OuterRef("case"), id__gt=OuterRef("id"))
        last = self._dossiers().filter(~Exists(newer), state="returned")
        return self.open().filter(pk__in=last.values("case"))

    def _dossiers(self) -> Any:
        return self.model._meta.get_field("dossiers").related_model.objects

    def to_go_on_with(self) -> Self:
        """Put first what can go on today: complete, then under way, then blocked; the longest untouched before others."""
        turn = models.Case(models.When(standing="passes", then=0), models.When(standing="open", then=1), default=2)
        return self.open().order_by(turn, "changed_at")

    def counted(self, procedure: UUID) -> Self:
        """Keep the open ones of a procedure, but for people who were forgotten: those a replay counts."""
        return self.open().filter(procedure=procedure, forgotten=False).order_by()

    def for_lists(self) -> Self:
        """Fetch with each case what a line of a list shows."""
        return self.select_related(
            "person__territory", "companion", "procedure", "version", "organisation", "programme"
        ).order_by("-opened_on", "-id")

    def with_file(self) -> Self:
        """Fetch with each case all that hangs on it, one question for each kind of thing; recordings stay where they are."""
        rows = {name: self.model._meta.get_field(name).related_model._default_manager.all() for name in FILE}
        rows["visits"] = rows["visits"].annotate(has_voice=Q(voice_sealed__isnull=False)).defer("voice_sealed")
        parts = (Prefetch(name, rows[name].select_related(*beside)) for name, beside in FILE.items())
        return self.select_related("opened_by", "closed_by").prefetch_related(*parts)

    def saying_what_one_may(self, actor: Actor, verbs: Mapping[str, Verb]) -> Self:
        """Say with each case which of several verbs reach it, as `may_…`."""
        reached = {f"may_{name}": filter_for(actor, verb, self.model) for name, verb in verbs.items()}
        return self.annotate(**{name: ExpressionWrapper(q, output_field=BooleanField()) for name, q in reached.items()})


class DossierQuerySet(ReachableQuerySet):
    """Dossiers handed to an authority."""

    def waiting(self) -> Self:
        """Keep those the authority has not decided."""
        return self.filter(state="handed")

    def decided(self) -> Self:
        """Keep those accepted or returned."""
        return self.filter(state__in=["accepted", "returned"])

    def handed_before(self, day: date) -> Self:
        """Keep those that went over before a day."""
        return self.filter(batch__handed_on__lt=day)

    def for_lists(self) -> Self:
        """Fetch with each dossier what a line of a list shows."""
        return self.select_related(
            "batch", "case__person__territory", "case__procedure", "case__version", "organisation", "authority"
        ).order_by("pk")


class BatchQuerySet(ReachableQuerySet):
    """Batches of dossiers."""

    def with_counts(self) -> Self:
        """Count in each batch the dossiers that wait, were accepted, and came back."""
        counts = {state: Count("dossiers", filter=Q(dossiers__state=state)) for state in COUNTED}
        return self.annotate(**counts, dossier_count=Count("dossiers"))

    def for_lists(self) -> Self:
        """Fetch with each batch what a line of a list shows."""
        return self.select_related("organisation", "authority", "procedure").with_counts().order_by("-handed_at")


class AppointmentQuerySet(ReachableQuerySet):
    """Appointments."""

    def planned(self) -> Self:
        """Keep those still to come, or not yet told what became of them."""
        return self.filter(state="planned")

    def to_tell(self, now: datetime) -> Self:
        """Keep those gone by of which nobody said what became."""
        return self.planned().filter(at__lt=now)

    def without_company(self) -> Self:
        """Keep those where someone wants company and has none."""
        return self.planned().filter(wants_company=True, accompanied_by=None)


class ReferralQuerySet(ReachableQuerySet):
    """Referrals."""

    def waiting(self) -> Self:
        """Keep those nobody answered."""
        return self.filter(state="offered")

    def for_lists(self) -> Self:
        """Fetch with each referral what a line of a list shows."""
        return self.select_related("case__person", "case__procedure", "organisation", "to").order_by("-offered_at")


class FollowUpQuerySet(ReachableQuerySet):
    """Follow-ups."""

    def planned(self) -> Self:
        """Keep those nobody entered yet."""
        return self.filter(state="planned")

    def overdue(self, today: date) -> Self:
        """Keep those planned for a day gone by."""
        return self.planned().filter(due_on__lt=today)

    def due_by(self, day: date) -> Self:
        """Keep those planned up to a day."""
        return self.planned().filter(due_on__lte=day)

    def for_lists(self) -> Self:
        """Fetch with each follow-up what a line of a list shows."""
        return self.select_related("case__person__territory", "case__companion", "case__procedure").order_by("due_on")


class NewsQuerySet(ReachableQuerySet):
    """What someone who carries a case should know."""

    def unread(self) -> Self:
        """Keep what was not read yet."""
        return self.filter(seen_at=None)

    def to_mail(self, since: datetime) -> Self:
        """Keep what happened since an instant, was not read, and is for who wants a mail."""
        return self.unread().filter(at__gte=since, to__wants_mail=True, to__is_active=True)

    def about(self, cases: Iterable[UUID]) -> Self:
        """Keep what is about some cases."""
        return self.filter(case__in=list(cases))
