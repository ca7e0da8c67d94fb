"""The living figure: what volunteers and the state bring, how they meet, and what came of it, in real counts."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relais.access.roles import Role
from relais.barriers.models import Barrier
from relais.cases.assessing import versions_of
from relais.cases.models import Case, Dossier, Visit
from relais.kernel.counting import how_many
from relais.organisations.models import Membership
from relais.procedures.assess import Burden, Situation, assess
from relais.procedures.models import ProcedureVersion
from relais.programmes.models import Contribution, Partner, Programme, Stage
from relais.reports.queries import days_waited
from relais.reports.rules import median_days, parts_shown, shown
from relais.roundtables.models import Commitment, Decision, Meeting

VOLUNTEERING = [Role.COMPANION.value, Role.RELAY.value, Role.COORDINATOR.value]


@dataclass(frozen=True)
class Figure:
    """A number with its name; None when it counts too few people to be shown."""

    name: str | Promise
    value: int | None


@dataclass(frozen=True)
class Change:
    """What a version asks of someone who has nothing yet, beside the one before, and how long people really waited."""

    version: ProcedureVersion
    before: Burden
    after: Burden
    days_before: int | None
    days_after: int | None


def figures_of(programme: Programme, today: date) -> tuple[dict[str, list[Figure]], dict[str, int | None]]:
    """Give the counts of each stage and of the people behind them, and the figure beside each outcome, by its indicator.

    Nothing is counted twice, in a constant number of queries.
    """
    people, agreed = _people_and_agreed(programme, today)
    accompanied, outcomes = _accompanied(programme)
    stages = {
        "people": people,
        **_heard(programme),
        Stage.AGREE: agreed,
        Stage.ACCOMPANY: accompanied,
    }
    return stages, outcomes


def changes_of(programme: Programme) -> list[Change]:
    """Give, for each version in force that followed another, what changed for people: as written, and as lived."""
    in_force = ProcedureVersion.objects.in_force().filter(procedure__programme=programme)
    followed = list(in_force.exclude(based_on=None).select_related("procedure", "based_on").order_by("procedure"))
    terms = versions_of([pk for version in followed for pk in (version.pk, version.based_on_id)])
    granted = Case.objects.filter(programme=programme, version__in=list(terms), outcome=Case.Outcome.GRANTED)
    waited = days_waited(granted)
    return [
        Change(
            version,
            assess(terms[version.based_on_id], Situation({}, {})).remaining,
            assess(terms[version.pk], Situation({}, {})).remaining,
            median_days(waited.get(version.based_on_id, {}), programme.threshold),
            median_days(waited.get(version.pk, {}), programme.threshold),
        )
        for version in followed
    ]


def _people_and_agreed(programme: Programme, today: date) -> tuple[list[Figure], list[Figure]]:
    """Count who takes part and what the tables came to, in one question and two sums."""
    volunteering = Membership.objects.current(today).filter(
        organisation__in=programme.partners.filter(part=Partner.Part.VOLUNTEERS).values("organisation"),
        role__in=VOLUNTEERING,
        user__kind="person",
        user__is_active=True,
    )
    decisions = Decision.objects.filter(programme=programme)
    asked = (
        how_many(volunteering, of="user"),
        how_many(programme.partners.all(), of="organisation"),
        how_many(Meeting.objects.filter(programme=programme, state=Meeting.State.HELD)),
        how_many(decisions),
        how_many(decisions.filter(outcome=Decision.Outcome.ADOPTED)),
        how_many(Commitment.objects.filter(programme=programme, done_on__isnull=False)),
    )
    volunteers, partners, meetings, decided, adopted, kept = (
        Programme.objects.filter(pk=programme.pk).values_list(*asked).get()
    )
    minutes = Visit.objects.filter(case__programme=programme).aggregate(sum=Sum("minutes"))["sum"] or 0
    told = programme.contributions.filter(kind=Contribution.Kind.TIME, unit__in=["hours", "h", "hour"])
    hours = told.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    return [
        Figure(_("volunteers"), volunteers),
        Figure(_("hours given"), round(minutes / 60 + float(hours))),
        Figure(_("partners"), partners),
    ], [
        Figure(_("round tables held"), meetings),
        Figure(_("decisions"), decided),
        Figure(_("of them adopted"), adopted),
        Figure(_("commitments kept"), kept),
    ]


def _heard(programme: Programme) -> dict[str, list[Figure]]:
    """Count what was said, and what of it came back to who said it."""
    said = Barrier.objects.approved().filter(programme=programme)
    found = said.aggregate(
        barriers=Count("pk", filter=Q(sort=Barrier.Sort.BARRIER)),
        people=Sum("people_count", filter=Q(sort=Barrier.Sort.BARRIER)),
        others=Count("pk", filter=~Q(sort=Barrier.Sort.BARRIER)),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        told=Count("pk", filter=Q(author_told_at__isnull=False)),
    )
    return {
        Stage.HEAR: [
            Figure(_("barriers heard"), found["barriers"]),
            Figure(_("people stopped"), shown(found["people"] or 0, programme.threshold)),
            Figure(_("concerns and ideas"), found["others"]),
        ],
        Stage.LEARN: [
            Figure(_("barriers answered"), found["answered"]),
            Figure(_("of them, whose author was told"), found["told"]),
        ],
    }


def _accompanied(programme: Programme) -> tuple[list[Figure], dict[str, int | None]]:
    threshold = programme.threshold
    cases = Case.objects.filter(programme=programme).exclude(outcome=Case.Outcome.MISTAKE)
    well = Q(outcome=Case.Outcome.GRANTED)
    found: dict[str, Any] = cases.aggregate(
        opened=Count("pk"),
        going_on=Count("pk", filter=Q(closed_at=None)),
        granted=Count("pk", filter=well),
        people=Count("person", filter=well, distinct=True),
    )
    dossiers: dict[str, Any] = Dossier.objects.filter(case__programme=programme).aggregate(
        handed=Count("pk"), returned=Count("pk", filter=Q(state=Dossier.State.RETURNED))
    )
    waited = sum(days_waited(cases.filter(well)).values(), Counter[int]())
    opened, going_on, granted = parts_shown(found["opened"], found["going_on"], found["granted"], threshold)
    figures = [
        Figure(_("cases opened"), opened),
        Figure(_("still on their way"), going_on),
        Figure(_("dossiers handed over"), shown(dossiers["handed"], threshold)),
        Figure(_("got what they came for"), granted),
    ]
    return figures, {
        "people_granted": shown(found["people"], threshold),
        "days_to_outcome": median_days(waited, threshold),
        "dossiers_returned": shown(dossiers["returned"], threshold),
    }
