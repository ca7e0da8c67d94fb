"""How long things take when not everyone has arrived yet: survival curves, and shares by cause, with their intervals.

Days and causes in, steps out; no database. Whoever is still on their way has cause 0: they are known to have waited that
long and count as waiting until then, never as having failed. Someone who gave up will not get a passport next month either, so
giving up is a cause of its own and not the end of our knowledge: `incidence` gives for each cause the share of all
who came (Aalen and Johansen, Scand. J. Statist. 5, 1978), which add up with those still waiting to everyone. One
minus Kaplan and Meier's estimate, with the other causes as censored, would promise more than anyone got.

>>> found = incidence([10, 20, 30, 40], [1, 2, 1, 0], cause=1)
>>> found.days.tolist(), found.share.tolist()
([10, 30], [0.25, 0.5])
>>> waiting([10, 20, 30, 40], [1, 2, 1, 0]).share.tolist()
[0.75, 0.5, 0.25]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Days = NDArray[np.int64]
Shares = NDArray[np.float64]
Z = 1.959963984540054
"""Between these, times the standard error, lie 95 of 100 such estimates."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Steps: from `days[i]` on the share is `share[i]`, between `low[i]` and `high[i]`; `people` were followed at first.

    `at_risk[i]` people were still on their way just before the step. Before the first step the share is `start`.
    """

    people: int
    start: float
    days: Days
    share: Shares
    low: Shares
    high: Shares
    at_risk: Days

    def at(self, day: int) -> tuple[float, float, float]:
        """Give the share on a day, and between what it lies.

        >>> incidence([10, 20], [1, 1], cause=1).at(5)
        (0.0, 0.0, 0.0)
        """
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        if place < 0:
            return (self.start,) * 3
        return float(self.share[place]), float(self.low[place]), float(self.high[place])

    def day_of(self, share: float) -> int | None:
        """Give the first day on which a growing curve reaches a share, None when it has not.

        >>> incidence([10, 20, 30, 40], [1, 1, 1, 0], cause=1).day_of(0.5)
        20
        """
        reached = np.flatnonzero(self.share >= share - 1e-12)
        return int(self.days[reached[0]]) if reached.size else None


def waiting(days: ArrayLike, causes: ArrayLike, people: ArrayLike | None = None) -> Curve:
    """Give the share still on their way (Kaplan and Meier), with Greenwood's variance on the scale log(-log).

    `people[i]` says how many each line stands for, one if not given.
    """
    table = _Table(days, causes, people)
    left = table.left
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(table.ended / (table.at_risk * (table.at_risk - table.ended)))) * left
    low, high = _between(left, spread)
    return Curve(table.people, 1.0, table.days, left, low, high, table.at_risk)


def incidence(days: ArrayLike, causes: ArrayLike, cause: int, people: ArrayLike | None = None) -> Curve:
    """Give the share who ended by one cause, the others competing (Aalen and Johansen), with its interval.

    The variance is the delta method's (Marubini and Valsecchi 1995, chapter 10; Pintilie 2006, 4.5), on the scale log(-log).
    """
    table = _Table(days, causes, people)
    own = table.by(cause)
    at_risk, before = table.at_risk, np.concatenate(([1.0], table.left[:-1]))
    share = np.cumsum(before * own / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        # The last people leave nobody at risk: nothing after that depends on this term.
        hazard = np.where(at_risk > table.ended, table.ended / (at_risk * (at_risk - table.ended)), 0.0)
    first = share**2 * np.cumsum(hazard) - 2 * share * np.cumsum(share * hazard) + np.cumsum(share**2 * hazard)
    second = np.cumsum(before**2 * own * (at_risk - own) / at_risk.astype(np.float64) ** 3)
    both = before * own / at_risk.astype(np.float64) ** 2
    third = share * np.cumsum(both) - np.cumsum(share * both)
    low, high = _between(share, np.sqrt(np.maximum(first + second - 2 * third, 0)))
    steps = own > 0
    return Curve(table.people, 0.0, table.days[steps], share[steps], low[steps], high[steps], at_risk[steps])


class _Table:
    """Who was at risk and who left, day by day; days on which nobody left are not kept."""

    def __init__(self, days: ArrayLike, causes: ArrayLike, people: ArrayLike | None) -> None:
        """Count people by day and cause."""
        when, why = np.asarray(days, dtype=np.int64), np.asarray(causes, dtype=np.int64)
        many = np.ones(len(when)) if people is None else np.asarray(people, dtype=np.float64)
        if not (len(when) == len(why) == len(many)):
            raise ValueError("give one day, one cause and one number of people a line")
        if when.size and when.min() < 0:
            raise ValueError(f"line {int(when.argmin())}: {when.min()} days; nobody ends before they begin")
        span = int(when.max()) + 1 if when.size else 1
        self._when, self._why, self._many, self._span = when, why, many, span
        self.people = int(many.sum())
        on_day, ended = self._count(many), self._count(many * (why > 0))
        at_risk = self.people - np.concatenate(([0], np.cumsum(on_day)[:-1]))
        self._kept = np.flatnonzero(ended)
        self.days = self._kept.astype(np.int64)
        self.ended, self.at_risk = ended[self._kept], at_risk[self._kept].astype(np.int64)
        self.left: Shares = np.cumprod(1.0 - self.ended / self.at_risk).astype(np.float64)

    def by(self, cause: int) -> Days:
        """Count who left by one cause on each day kept."""
        return self._count(self._many * (self._why == cause))[self._kept]

    def _count(self, many: NDArray[Any]) -> Days:
        return np.bincount(self._when, weights=many, minlength=self._span).round().astype(np.int64)


def _between(share: Shares, error: Shares) -> tuple[Shares, Shares]:
    """Give an interval that stays between 0 and 1, symmetric on the scale log(-log)."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        turn = Z * error / (share * np.log(share))
        low, high = share ** np.exp(-turn), share ** np.exp(turn)
    sure = (share <= 0) | (share >= 1) | ~np.isfinite(turn)
    return np.where(sure, share, np.minimum(low, high)), np.where(sure, share, np.maximum(low, high))
