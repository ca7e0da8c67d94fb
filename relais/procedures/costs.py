"""What it still takes each person to complete a version: the cheapest way through, for everyone at once.

For one person `assess` finds the papers that together cost least: journeys first, then money, then waiting, then time, and one paper may serve
several requirements. Here requirements that share papers are looked at together, and those that do not apart: each part has
few distinct situations, each is worked out once, and everyone's costs are sums over their parts. Papers are waited for side by side, so
the days are those of the slowest; within them the least time is chosen. The answers are those of `assess` (property-tested).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from relais.procedures.assess import PLANS_KEPT
from relais.procedures.caseload import Bits, Caseload, blocks
from relais.procedures.masks import View, distinct, transpose
from relais.procedures.terms import EvidenceTypeList, Requirement, Version

Whole = NDArray[np.int64]

MEASURES = ("visits", "fee", "days", "minutes", "documents", "held_by_state")
"""The columns of the costs, in order; `held_by_state` are those documents that the state has already."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What it takes some people: one row a person, one column a measure; fees count in parts of the currency, `unit` to one.

    `people` says who they are, among the words of the caseload that were looked at.
    """

    people: Bits
    rows: Whole
    unit: int


def costs(caseload: Caseload, version: Version, among: Sequence[Version] = ()) -> Iterator[tuple[View, Costs]]:
    """Work out, block by block, what it takes those whom neither this version nor any of `among` blocks."""
    fees = [paper.fee for paper in version.evidence_types] + [step.fee for step in version.steps]
    unit = lcm(*(Fraction(fee).denominator for fee in fees))
    prices = {key: _price(version, key, unit) for key in version.evidence}
    parts = [_Part(part, prices) for part in _parts(version)]
    steps = version.steps
    walk = [
        sum(each.visits for each in steps), sum(int(Fraction(each.fee) * unit) for each in steps), sum(each.waiting_days for each in steps),
        sum(each.minutes for each in steps), 0, 0,
    ]  # fmt: skip
    for block in blocks(len(caseload)):
        view = View(caseload, version, block)
        people = view.everyone & ~view.blocked
        for other in among:
            people = people & ~View(caseload, other, block).blocked
        yield view, Costs(people, _cheapest(view, people, parts) + np.array(walk, dtype=np.int64), unit)


def _price(version: Version, key: str, unit: int) -> tuple[int, ...]:
    """Give what one paper takes, in the order of the measures."""
    paper = version.evidence[key]
    fee = int(Fraction(paper.fee) * unit)
    return paper.visits, fee, paper.days, paper.minutes, 1, int(paper.held_by_state)


def _parts(version: Version) -> list[list[Requirement]]:
    """Sort requirements so that those which share a paper, directly or through others, stand together."""
    parts: list[tuple[frozenset[str], list[Requirement]]] = []
    for _, asked in version.asked():
        papers = frozenset().union(*asked.lists)
        near = [part for part in parts if part[0] & papers]
        parts = [part for part in parts if part not in near]
        parts.append((papers.union(*(part[0] for part in near)), [*(each for part in near for each in part[1]), asked]))
    return [part[1] for part in parts]


class _Part:
    """Requirements that share papers, and the cheapest ways through them for each situation met so far."""

    def __init__(self, asked: list[Requirement], prices: dict[str, tuple[int, ...]]) -> None:
        self.asked, self.prices = asked, prices
        self.papers = sorted(frozenset().union(*(list_ for each in asked for list_ in each.lists)))
        self.known: dict[int, list[tuple[int, ...]]] = {}

    def rows(self, view: View) -> list[Bits]:
        """Give the bits that make a situation: what is open, which lists are possible, which papers are held."""
        open_ = {each.key: ~(view.truths[each.key].true | view.truths[each.key].false) for each in self.asked}
        rows = [open_[each.key] for each in self.asked]
        rows += [~view.holds(list_).false & open_[each.key] for each in self.asked for list_ in each.lists]
        asking = np.bitwise_or.reduce(list(open_.values()), axis=0)
        return rows + [view.caseload.evidence(paper).true[view.part] & asking for paper in self.papers]

    def ways(self, key: int) -> list[tuple[int, ...]]:
        """Give the cheapest ways through one situation; of those with equal visits and fees, longer waits that take less time too."""
        if key not in self.known:
            bits = [bool(key >> place & 1) for place in range(key.bit_length())]
            bits += [False] * (len(self.asked) + sum(len(each.lists) for each in self.asked) + len(self.papers))
            place = len(self.asked)
            lists = place + sum(len(each.lists) for each in self.asked)
            held = frozenset(paper for number, paper in enumerate(self.papers) if bits[lists + number])
            options = []
            for number, each in enumerate(self.asked):
                possible = [list_ - held for at, list_ in enumerate(each.lists) if bits[place + at]]
                place += len(each.lists)
                options += [possible or [frozenset()]] if bits[number] else []
            self.known[key] = self._plans(options)
        return self.known[key]

    def _plans(self, options: list[list[EvidenceTypeList]]) -> list[tuple[int, ...]]:
        """Choose one list for each open requirement in every way that may be cheapest."""
        plans = {frozenset[str]()}
        for choices in options:
            more = {plan | choice for plan in plans for choice in choices}
            plans = set(sorted(more, key=lambda plan: (self._cost(plan)[:4], sorted(plan)))[:PLANS_KEPT])
        priced = sorted(self._cost(plan) for plan in plans)
        kept = priced[:1]
        for cost in priced:
            if cost[:2] == kept[0][:2] and cost[3] < kept[-1][3]:
                kept.append(cost)
        return kept

    def _cost(self, papers: EvidenceTypeList) -> tuple[int, ...]:
        """Add up what some papers take; they are waited for side by side."""
        columns = list(zip(*(self.prices[paper] for paper in papers), strict=True)) or [(0,)] * len(MEASURES)
        return tuple(
            max(column) if name == "days" else sum(column) for name, column in zip(MEASURES, columns, strict=True)
        )


def _cheapest(view: View, people: Bits, parts: list[_Part]) -> Whole:
    """Add up everyone's cheapest ways through all parts."""
    chosen = view.flags(people)
    total = np.zeros((int(chosen.sum()), len(MEASURES)), dtype=np.int64)
    found = []
    for part in parts:
        keys, place = _numbered(transpose(part.rows(view))[chosen])
        ways = [part.ways(sum(int(word) << 64 * at for at, word in enumerate(key))) for key in keys.tolist()]
        first = np.array([each[0] for each in ways], dtype=np.int64).reshape(-1, len(MEASURES))
        found.append((ways, place))
        np.maximum(total[:, 2], first[place, 2], out=total[:, 2])
    for ways, place in found:
        table = np.array([each[0] for each in ways], dtype=np.int64).reshape(-1, len(MEASURES))
        mine = table[place]
        for rank in range(1, max((len(each) for each in ways), default=1)):
            longer = np.array([each[min(rank, len(each) - 1)] for each in ways], dtype=np.int64)[place]
            mine = np.where((longer[:, 2] <= total[:, 2])[:, None], longer, mine)
        days = total[:, 2].copy()
        total += mine
        total[:, 2] = days
    return total


def _numbered(keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """Give each distinct key once, and for each row which of these it is."""
    if keys.shape[1] == 1:
        known, place = np.unique(keys[:, 0], return_inverse=True)
        return known[:, None], place
    known, _ = distinct(keys, np.ones(len(keys), dtype=np.int64))
    order = np.lexsort(keys.T)
    first = np.ones(len(keys), dtype=bool)
    first[1:] = (keys[order][1:] != keys[order][:-1]).any(axis=1)
    place = np.empty(len(keys), dtype=np.intp)
    place[order] = np.cumsum(first) - 1
    return known, place
