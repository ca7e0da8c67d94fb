"""Questions about what was heard: lists, and how many people are stopped by what, compared to the period before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from relais.access.lock import ReachableQuerySet
from relais.barriers.wording import coded_words
from relais.kernel.periods import Period
from relais.kernel.text import pick

# What barriers can be counted by: what makes two of them the same, and where the words are.
# Steps and requirements are the same across versions of a procedure when their key is.
COUNTED_BY: Mapping[str, tuple[tuple[str, ...], str]] = {
    "headline": (("group_id", "said"), "said"),
    "kind": (("kind",), "kind"),
    "step": (("procedure_id", "step__key"), "step__names"),
    "requirement": (("procedure_id", "requirement__key"), "requirement__names"),
    "territory": (("territory_id",), "territory__names"),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """How often something was heard in a period and in the one before, and how many people it stopped."""

    key: tuple[Any, ...]
    label: str
    reports: int
    people: int
    reports_before: int
    people_before: int

    @property
    def rise(self) -> int:
        """Give how many more people than before; negative when it eases."""
        return self.people - self.people_before


class BarrierQuerySet(ReachableQuerySet):
    """Barriers, concerns and ideas."""

    def approved(self) -> Self:
        """Keep those whose author stands behind them."""
        return self.filter(approved_at__isnull=False)

    def shared(self) -> Self:
        """Keep those that left the organisation for the table."""
        return self.filter(shared_at__isnull=False)

    def to_approve(self, author: Any) -> Self:
        """Keep what others wrote in someone's name and they have not approved, oldest first."""
        return self.filter(author=author, approved_at=None).order_by("recorded_at")

    def to_share(self) -> Self:
        """Keep what its author approved and nobody has shared yet, oldest first."""
        return self.approved().filter(shared_at=None).order_by("recorded_at")

    def unanswered(self) -> Self:
        """Keep what nobody has said anything about yet."""
        return self.filter(answered_at=None)

    def author_to_tell(self) -> Self:
        """Keep what was answered and whose author has not been told, oldest answer first."""
        return self.filter(answered_at__isnull=False, author_told_at=None).order_by("answered_at")

    def happened_in(self, period: Period) -> Self:
        """Keep what happened in a period, whenever it was entered."""
        return self.filter(observed_on__gte=period.start, observed_on__lt=period.end)

    def saying_like(self, group_id: UUID | None, headline: str) -> Self:
        """Keep the barriers of a group, or the ungrouped ones with the same headline."""
        if group_id:
            return self.filter(group_id=group_id)
        return self.filter(group=None, headline__iexact=headline)

    def chosen(self, today: date, **by: Any) -> Self:
        """Keep what a reader chose in the sentence above the list: sort, kind, state, days, group, said."""
        found = self.filter(**{name: by[name] for name in ("sort", "kind", "state", "group") if name in by})
        if "days" in by:
            found = found.filter(observed_on__gt=today - timedelta(days=by["days"]))
        return found.filter(group=None, headline__iexact=by["said"]) if "said" in by else found

    def with_everything(self) -> Self:
        """Fetch what `telling.tell` needs in one query, without what is sealed."""
        return (
            self.annotate(has_voice=Q(voice_sealed__isnull=False), was_reworded=Q(as_told_sealed__isnull=False))
            .select_related(
                "programme",
                "organisation",
                "procedure",
                "step",
                "requirement",
                "evidence_type",
                "territory__parent__parent",
                "group",
                "author",
                "recorded_by",
            )
            .defer("voice_sealed", "approval_sealed", "as_told_sealed")
        )

    def counted_by(self, by: str, period: Period, before: Period) -> list[Heard]:
        """Count by headline (or its group), kind, step, requirement or territory; what stops most people first."""
        keys, words = COUNTED_BY[by]
        this, last = _happened(period), _happened(before)
        rows = (
            self.approved()
            .filter(this | last)
            .exclude(**{f"{words}__isnull": True} if by != "headline" else {"headline": ""})
            .annotate(said=Coalesce(F("group__headline"), F("headline")))
            .order_by()
            .values(*keys)
            .annotate(
                reports=Count("pk", filter=this),
                people=Coalesce(Sum("people_count", filter=this), 0),
                reports_before=Count("pk", filter=last),
                people_before=Coalesce(Sum("people_count", filter=last), 0),
            )
        )
        found = [(tuple(row[key] for key in keys), row) for row in rows]
        labels = self._labels(keys, words)
        counts = [
            Heard(
                key,
                labels.get(key) or self._choice(keys[-1], key[-1]),
                row["reports"],
                row["people"],
                row["reports_before"],
                row["people_before"],
            )
            for key, row in found
        ]
        return sorted(counts, key=lambda count: (-count.people, -count.reports, count.label))

    def _labels(self, keys: tuple[str, ...], words: str) -> dict[tuple[Any, ...], str]:
        """Give the words of what is counted, where they are kept in several languages or as a code."""
        if words == "said":
            coded = self.filter(group=None, coded__isnull=False).order_by().values_list("headline", "coded").distinct()
            return {(None, headline): coded_words(reason) for headline, reason in coded}
        if words == keys[-1]:
            return {}
        named = self.filter(**{f"{words}__isnull": False}).order_by().values_list(*keys, words).distinct()
        return {tuple(row[:-1]): pick(row[-1]) for row in named}

    def _choice(self, name: str, value: Any) -> str:
        """Give the words for a value that is one of a few, such as a kind, or the value itself."""
        choices = self.model._meta.get_field(name).flatchoices if name == "kind" else []
        return str(dict(choices).get(value, value))

    def usual_headlines(self, kind: str, procedure_id: UUID | None, most: int = 5) -> list[str]:
        """Give the headlines heard most for a kind of barrier in a procedure, to propose them again."""
        said = (
            self.filter(kind=kind, procedure_id=procedure_id)
            .order_by()
            .annotate(said=Coalesce(F("group__headline"), F("headline")))
            .values("said")
            .annotate(people=Sum("people_count"))
            .order_by("-people", "said")
        )
        return [row["said"] for row in said[:most]]


class BarrierGroupQuerySet(ReachableQuerySet):
    """Groups of barriers that say the same."""

    def with_counts(self) -> Self:
        """Count what each group holds, and whom it concerns; the largest first."""
        counted = self.annotate(reports=Count("barriers"), people=Coalesce(Sum("barriers__people_count"), 0))
        return counted.order_by("-people", "headline")


def _happened(period: Period) -> Q:
    return Q(observed_on__gte=period.start, observed_on__lt=period.end)


class NeedsQuerySet(ReachableQuerySet):
    """Needs assessments, and what they rank."""

    def with_counts(self) -> Self:
        """Count what each assessment ranks, and what of it is done."""
        return self.annotate(
            candidate_count=Count("candidates"),
            done_count=Count("candidates", filter=Q(candidates__done_on__isnull=False)),
        )

    def still_to_do(self) -> Self:
        """Keep the candidates that are not done."""
        return self.filter(done_on=None)

    def done_since(self, day: date) -> Self:
        """Keep the candidates done since a day."""
        return self.filter(done_on__gte=day)
