"""What stops most people, as a page may show it: small counts hidden from outsiders, with what would give them away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from relais.access.lock import Actor, organisations_where
from relais.access.verbs import Verb
from relais.barriers.queries import BarrierQuerySet, Heard
from relais.kernel import charts
from relais.kernel.disclosure import hide_small

DRAWN = 10


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
    """Hide what is too small in either period; without a threshold every count is one's own to see.

    >>> one, two, few = (Heard((n,), n, r, p, 0, b) for n, r, p, b in [("Fee", 9, 40, 30), ("Fear", 8, 25, 25), ("Road", 2, 3, 0)])
    >>> [(line.label, line.people, line.before, line.reports) for line in counted([one, two, few], 10)]
    [('Fee', 40, 30, 9), ('Fear', None, 25, None), ('Road', None, 0, None)]
    >>> [line.people for line in counted([one, two, few], None)]
    [40, 25, 3]
    """
    now = {place: each.people for place, each in enumerate(heard)}
    before = {place: each.people_before for place, each in enumerate(heard)}
    shown: dict[int, int | None] = dict(now) if threshold is None else hide_small(now, threshold)
    shown_before: dict[int, int | None] = dict(before) if threshold is None else hide_small(before, threshold)
    return [
        Counted(each.label, shown[place], shown_before[place], None if shown[place] is None else each.reports)
        for place, each in enumerate(heard)
    ]


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
