"""Questions about people; none of them reads an identity."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q

from relais.access.lock import Actor, ReachableQuerySet, filter_for
from relais.access.verbs import Verb

# Consent to any of these opens an identity to its recipient.
OPENS_IDENTITY = ("share_identity", "share_dossier", "refer")


class PersonQuerySet(ReachableQuerySet):
    """People."""

    def known(self) -> Self:
        """Keep people who were neither forgotten nor merged into another record."""
        return self.filter(erased_at=None, merged_into=None)

    def remembered(self) -> Self:
        """Keep people who were not forgotten, merged or not."""
        return self.filter(erased_at=None)

    def asking_to_be_forgotten(self) -> Self:
        """Keep people who asked, and whose wish was not yet carried out."""
        return self.remembered().filter(forget_asked_at__isnull=False).order_by("forget_asked_at")

    def with_locked_pin(self) -> Self:
        """Keep people whose PIN was guessed wrongly too often."""
        return self.known().filter(pin_locked_at__isnull=False)

    def records_of(self, person_id: UUID) -> list[Any]:
        """Give every record that was said to be of one person, however they were merged."""
        found = {person.pk: person for person in self.filter(pk=person_id)}
        while True:
            above = {record.merged_into_id for record in found.values()} - {None}
            near = self.filter(Q(merged_into__in=list(found)) | Q(pk__in=above)).exclude(pk__in=list(found))
            more = {record.pk: record for record in near}
            if not more:
                return list(found.values())
            found.update(more)

    def what_one_may(self, actor: Actor, verbs: Mapping[str, Verb]) -> dict[str, bool]:
        """Say for one person which of several verbs reach them, in one question."""
        reached = {
            name: ExpressionWrapper(filter_for(actor, verb, self.model), output_field=BooleanField())
            for name, verb in verbs.items()
        }
        found: dict[str, bool] = self.annotate(**reached).values(*reached).get()
        return found

    def saying_who_stands_beside(self, actor: Actor) -> Self:
        """Say with each person whether someone stands beside them, as `told`: they were told in person who it is."""
        beside = filter_for(actor, Verb.PERSON_CORRECT, self.model)
        return self.annotate(told=ExpressionWrapper(beside, output_field=BooleanField()))

    def for_lists(self) -> Self:
        """Fetch with each person what a line of a list shows."""
        return self.select_related("organisation", "territory")

    def saying_if_pictured(self) -> Self:
        """Say of each person whether there is a picture of them, without fetching it."""
        pictured = ExpressionWrapper(Q(portrait__isnull=False), output_field=BooleanField())
        return self.annotate(is_pictured=pictured)


class ContactQuerySet(ReachableQuerySet):
    """Ways to reach people."""

    def in_use(self) -> Self:
        """Keep those that still work."""
        return self.filter(ended_at=None)


class ConsentQuerySet(ReachableQuerySet):
    """Consents."""

    def holding(self, today: date) -> Self:
        """Keep those neither withdrawn, expired nor lapsed unconfirmed."""
        stands = Q(confirm_by=None) | Q(confirmed_at__isnull=False) | Q(confirm_by__gt=today)
        return self.filter(stands, withdrawn_at=None, given_on__lte=today, expires_on__gt=today)

    def in_force(self, today: date) -> Self:
        """Keep those that hold, of people who were not forgotten."""
        return self.holding(today).filter(person__erased_at=None)

    def to_confirm(self, today: date) -> Self:
        """Keep those in force on someone's word alone, the soonest to lapse first."""
        waiting = self.in_force(today).filter(confirm_by__isnull=False, confirmed_at=None)
        return waiting.select_related("person", "recipient", "recorded_by").order_by("confirm_by", "pk")

    def opening_identity(self) -> Self:
        """Keep those that let their recipient know who the person is."""
        return self.filter(purpose__in=OPENS_IDENTITY)


class MessageQuerySet(ReachableQuerySet):
    """Messages to and from people."""

    def unassigned(self) -> Self:
        """Keep those whose person is not known yet."""
        return self.filter(person=None)

    def waiting(self) -> Self:
        """Keep those that arrived and were not yet passed on or read."""
        return self.filter(way__in=["in", "from"], seen_at=None)


class ComplaintQuerySet(ReachableQuerySet):
    """Complaints."""

    def open(self) -> Self:
        """Keep those without an answer, the most urgent first."""
        return self.filter(answered_at=None).order_by("answer_due_on")


class DuplicatePairQuerySet(ReachableQuerySet):
    """Pairs of records that may be one person."""

    def to_look_at(self) -> Self:
        """Keep pairs nobody decided on, of two people who are still there, the likeliest first."""
        still = {f"{side}__{gone}": None for side in ("one", "other") for gone in ("erased_at", "merged_into")}
        return (
            self.filter(state="proposed", **still)
            .select_related("one__territory", "other__territory")
            .order_by("-score")
        )

    def of(self, one: UUID, other: UUID) -> Self:
        """Keep the pair of two people, whichever way round."""
        first, second = sorted((one, other))
        return self.filter(one=first, other=second)
