"""The attack on the studio: every set of ticks is tried, every figure written down, and the people worked out from all of them.

Unknown is how many people there are of each kind: what they hold, what they cannot get, and their sex. A figure of a draft is a sum over kinds, known as
exactly as it is told. What the attacker knows of the rules is the code itself. A count is found when the least and the most it can be are the same,
solved exactly, in integers, with HiGHS.
"""

from dataclasses import asdict
from itertools import combinations, product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from relais.procedures.actions import apply, drop
from relais.procedures.caseload import Caseload, Codes
from relais.procedures.replay import replay
from relais.procedures.terms import EvidenceType, Requirement, Step, Version
from relais.roundtables.forecast import forecast

SEXES = ("woman", "man")
BLOCKED = 2


def asking(*papers):
    """A rule that asks for each paper in a step of its own."""
    steps = (
        Step(key=f"s-{paper}", requirements=(Requirement(key=paper, lists=(frozenset([paper]),)),)) for paper in papers
    )
    return Version(steps=tuple(steps), evidence_types=tuple(EvidenceType(key=paper) for paper in papers))


def ticked(rule):
    """Every draft that can be made by ticks: the rule without some of what it asks."""
    keys = [asked.key for _step, asked in rule.asked()]
    sets = [some for size in range(len(keys) + 1) for some in combinations(keys, size)]
    return [apply(rule, [drop(key) for key in some]) for some in sets]


class Attack:
    """What an official can work out of people of these kinds by asking for every draft."""

    def __init__(self, rule, people, tell, threshold=10):
        """Ask for every draft; `tell` makes of a forecast what a page shows, and how far off a figure may be."""
        self.papers = [asked.key for _step, asked in rule.asked()]
        self.kinds = [(*held, sex) for held in product((0, 1, BLOCKED), repeat=len(self.papers)) for sex in SEXES]
        self.people = np.array([people.count(kind) for kind in self.kinds])
        rows = {}
        for draft in ticked(rule):
            told, off = tell(self.forecast(people, draft, rule, threshold))
            alone = [_figures(self.forecast([kind], draft, rule, 1)) for kind in self.kinds]
            for name, figure in _figures(told).items():
                terms = tuple(each.get(name) or 0 for each in alone)
                if figure is not None:
                    rows[terms, figure, figure + (off if figure else 0)] = True
        terms, least, most = zip(*rows, strict=True)
        assert all(low <= np.dot(row, self.people) <= high for row, low, high in rows), "the attacker misread a figure"
        self.told = LinearConstraint(np.array(terms), least, most)

    def forecast(self, people, draft, rule, threshold):
        columns = {paper: [kind[place] for kind in people] for place, paper in enumerate(self.papers)}
        sexes = Codes(np.array([SEXES.index(kind[-1]) for kind in people], dtype=np.int16), SEXES)
        found = replay(Caseload.of(columns, {"sex": sexes}), draft, rule, by=["sex"])
        return forecast(found, draft, rule, threshold)

    def between(self, chosen):
        """Give the least and the most people there can be of the chosen kinds."""
        cost = np.array(chosen, dtype=float)
        found = [
            milp(sign * cost, constraints=self.told, integrality=np.ones(len(cost)), bounds=Bounds(0, 1000))
            for sign in (1, -1)
        ]
        assert all(each.success for each in found), "the figures contradict each other"
        return round(found[0].fun), round(-found[1].fun)

    def found(self, threshold=10):
        """Name every few people found exactly: whom the same papers stop, of one sex or both, and who holds just the same."""
        cells = {}
        for place, kind in enumerate(self.kinds):
            stopped = tuple(paper for paper, held in zip(self.papers, kind, strict=False) if held == BLOCKED)
            for cell in (("stopped by", stopped, "anyone"), ("stopped by", stopped, kind[-1]), ("holds", *kind)):
                cells.setdefault(cell, np.zeros(len(self.kinds)))[place] = 1
        few = {cell: row for cell, row in cells.items() if 0 < row @ self.people < threshold}
        return [cell for cell, row in few.items() if len(set(self.between(row))) == 1]


def _figures(told):
    """Give every figure of a forecast a name."""
    found = {"people": told.people}
    for name in ("before", "after"):
        found |= {(name, standing): count for standing, count in getattr(told, name).items()}
    found |= {"unlocked": told.unlocked.least, "newly blocked": told.newly_blocked.least}
    for row in told.groups["sex"]:
        found |= {(row.value, name): count for name, count in asdict(row).items() if name != "value"}
    for row in [*told.requirements, *told.steps]:
        found |= {(row.key, "before"): row.before, (row.key, "after"): row.after}
    return found
