"""What stops most people, as a page may show it: small counts hidden from outsiders, with what would give them away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from relais.access.lock import Actor, organisations_where
from relais.access.verbs import Verb
from relais.barriers.queries import BarrierQuerySet, Heard
from relais.barriers.rules import FINEST_SHARED_LEVEL, last_days, last_months
from relais.kernel import charts
from relais.kernel.disclosure import hide_small, round_down
from relais.kernel.periods import Period
from relais.places.models import Territory

DRAWN = 10
Spans = tuple[Period, Period]


@dataclass(frozen=True, slots=True)
class Counted:
    """One line of the counts; None stands for a hidden number."""

    label: str
    people: int | None
    before: int | None
    reports: int | None

    @property
    def rise(self) -> int | None:
        """Give how many more people than before, unless that would tell a hidden number."""
        return None if self.people is None or self.before is None else self.people - self.before


def counted(heard: Sequence[Heard], threshold: int | None) -> list[Counted]:
    """Hide what is too small in either period and round the rest down; without a threshold every count is one's own to see.

    >>> one, two, few = (Heard((n,), n, r, p, 0, b) for n, r, p, b in [("Fee", 9, 40, 30), ("Fear", 8, 25, 25), ("Road", 2, 3, 0)])
    >>> [(line.label, line.people, line.before, line.reports) for line in counted([one, two, few], 10)]
    [('Fee', 40, 30, 9), ('Fear', None, 20, None), ('Road', None, 0, None)]
    >>> [line.people for line in counted([one, two, few], None)]
    [40, 25, 3]
    """
    now = {place: each.people for place, each in enumerate(heard)}
    before = {place: each.people_before for place, each in enumerate(heard)}
    shown, shown_before = _shown(now, threshold), _shown(before, threshold)
    lines = [
        Counted(each.label, shown[place], shown_before[place], None if shown[place] is None else each.reports)
        for place, each in enumerate(heard)
    ]
    # The order of what is hidden would tell how it compares.
    return sorted(lines, key=lambda line: (line.people is None, line.label if line.people is None else ""))


def _shown(counts: dict[int, int], threshold: int | None) -> Mapping[int, int | None]:
    if threshold is None:
        return counts
    hidden = hide_small(counts, threshold)
    return {place: None if count is None else round_down(count, threshold) for place, count in hidden.items()}


def heard_by(
    reader: Actor, reached: BarrierQuerySet, by: str, days: int, today: date
) -> tuple[list[Counted], Spans, int | None]:
    """Count what a reader reached, over so many days; and give the two periods, and under which count it is hidden.

    Who reads from outside counts what `telling.tell` tells them, by month and by district: a village or a day that is not told of
    a barrier could be worked out from a count of it.
    """
    threshold = threshold_for(reader, reached)
    this, before = last_days(days, today) if threshold is None else last_months(days, today)
    heard = reached.counted_by(by, this, before)
    if by == "territory" and threshold is not None:
        heard = in_districts(heard, Territory.objects.at_most(FINEST_SHARED_LEVEL, [each.key[0] for each in heard]))
    return counted(heard, threshold), (this, before), threshold


def in_districts(heard: Iterable[Heard], places: Mapping[UUID, Territory]) -> list[Heard]:
    """Put together what was heard in places of one district; `places` says which that is."""
    found: dict[UUID, Heard] = {}
    for each in heard:
        place = places[each.key[0]]
        so_far = found.get(place.pk, Heard((place.pk,), str(place), 0, 0, 0, 0))
        found[place.pk] = replace(
            so_far,
            reports=so_far.reports + each.reports,
            people=so_far.people + each.people,
            reports_before=so_far.reports_before + each.reports_before,
            people_before=so_far.people_before + each.people_before,
        )
    return sorted(found.values(), key=lambda each: (-each.people, -each.reports, each.label))


def threshold_for(reader: Actor, reached: BarrierQuerySet) -> int | None:
    """Give under which count a number is hidden: the strictest of the programmes read from outside, none inside."""
    outside = reached.exclude(organisation__in=organisations_where(reader, Verb.BARRIER_READ))
    found: int | None = outside.order_by("-programme__threshold").values_list("programme__threshold", flat=True).first()
    return found


def chart_of(lines: Sequence[Counted], source: str) -> dict[str, Any]:
    """Draw the first lines, this period beside the one before."""
    drawn = lines[:DRAWN]
    return charts.bars(
        _("People stopped, as companions reported it"),
        [line.label for line in drawn],
        [
            charts.Series(_("Before"), [line.before for line in drawn], "chart-before"),
            charts.Series(_("Now"), [line.people for line in drawn]),
        ],
        first=_("What"),
        hidden=_("hidden"),
        source=source,
    )
