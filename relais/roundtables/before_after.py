"""Those who came under the old version beside those who came under the new: how long until each way to end.

Whoever was still on their way when the rule changed is known to have waited that long under the old one, no more: from that day
they are no longer followed there (censored). Counted in the database, day by day; nobody's row is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Count

from relais.cases.fates import BY_OUTCOME, Fate
from relais.cases.models import Case
from relais.kernel.curves import Point
from relais.kernel.disclosure import hide_small, round_down
from relais.procedures.models import ProcedureVersion
from relais.procedures.survival import incidence
from relais.programmes.services import settle_counts
from relais.roundtables.observed import points, put_together

MONTH = 30
TOLD = (Fate.PASSED, Fate.REFUSED, Fate.GAVE_UP)


@dataclass(frozen=True)
class Sample:
    """People who came while one version was the rule, followed for `days` at most; curves by way to end.

    `few` says that only a few had what they came for. `median` is the day by which half of all who came had what they came for, None where not half did.
    """

    version: ProcedureVersion
    people: int
    days: int
    curves: Mapping[Fate, Sequence[Point]]
    median: int | None
    few: bool


def before_and_after(version: ProcedureVersion, until: date, threshold: int) -> list[Sample]:
    """Give both samples, the old one first; one with too few people to be told is left out."""
    old, changed = version.based_on, version.in_force_from
    if changed is None:
        return []
    found = [_sample(version, changed, version.retired_on or until + timedelta(days=1), threshold)]
    if old is not None and old.in_force_from is not None:
        found.insert(0, _sample(old, old.in_force_from, changed, threshold))
    return [each for each in found if each is not None]


def _sample(version: ProcedureVersion, start: date, end: date, threshold: int) -> Sample | None:
    came = Case.objects.filter(procedure=version.procedure_id, opened_on__gte=start, opened_on__lt=end)
    counted = (
        came.exclude(outcome=Case.Outcome.MISTAKE)
        .order_by()
        .values_list("opened_on", "closed_on", "outcome")
        .annotate(people=Count("pk"))
    )
    rows = _settled(
        version, {f"{opened} {closed or ''} {outcome}": count for opened, closed, outcome, count in counted}
    )
    people = sum(row[3] for row in rows)
    if people < max(threshold, 1):
        return None
    last = end - timedelta(days=1)
    days = np.array([((min(closed or last, last)) - opened).days for opened, closed, _, _ in rows])
    causes = np.array([_cause(closed, outcome, last) for _, closed, outcome, _ in rows])
    many = np.array([row[3] for row in rows])
    ends = list(range(MONTH, int(days.max()) + 2 * MONTH, MONTH))
    month = np.searchsorted(ends, days)
    counts = {each: np.bincount(month, many * (causes == each), len(ends)).astype(int).tolist() for each in Fate}
    totals = {each: sum(found) for each, found in counts.items()}
    shown = hide_small(totals | {Fate.WAITING: people - sum(totals.values())}, threshold)
    curves = {
        each: points(incidence(days, causes, each, many), put_together(counts[each], threshold), ends)
        for each in TOLD
        if shown[each]
    }
    half = incidence(days, causes, Fate.PASSED, many).day_of(0.5) if Fate.PASSED in curves else None
    few = 0 < totals[Fate.PASSED] < threshold
    return Sample(version, round_down(people, threshold), int(days.max()), curves, half, few)


def _settled(version: ProcedureVersion, counts: Mapping[str, int]) -> list[tuple[date, date | None, str, int]]:
    """Give who came and how they ended as it was last let out."""
    programme = version.procedure.programme
    kept, _day = settle_counts(programme=programme, about=f"came {version.pk}", counts=counts)
    rows = [(*key.split(" ", 2), people) for key, people in kept.items()]
    day = date.fromisoformat
    return [(day(opened), day(closed) if closed else None, outcome, people) for opened, closed, outcome, people in rows]


def _cause(closed: date | None, outcome: str, last: date) -> int:
    """Give how someone ended while the version was the rule, 0 where they were still on their way."""
    return 0 if closed is None or closed > last else BY_OUTCOME[Case.Outcome(outcome)].value
