"""The attack: every table that is published, written as equations, and solved for what was hidden.

Unknown are the true counts of each table, now and at an earlier reading. Known are the published figures, that the groups of a table add
up to all cases, that a part is not larger than its whole, that nobody is taken away, and the rules of hiding and of
publishing themselves: the attacker has read the code. A count is found when the least and the most it can be are the same.
Solved exactly, in integers, with HiGHS.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

MOST = 10_000
THRESHOLD = 10


@dataclass
class Attack:
    """What one attacker has read, and what follows from it."""

    names: dict[tuple, int] = field(default_factory=dict)
    rows: list[tuple[dict, float, float]] = field(default_factory=list)
    read: dict[tuple, int | None] = field(default_factory=dict)

    def at(self, *name):
        """Give the unknown of this name."""
        return self.names.setdefault(name, len(self.names))

    def knows(self, terms, least, most):
        """Note that a sum of unknowns lies between two numbers."""
        self.rows.append((terms, least, most))

    def between(self, *name, than=None):
        """Give the least and the most an unknown can be, or the difference of two."""
        cost = np.zeros(len(self.names))
        cost[self.names[name]] = 1
        if than:
            cost[self.names[than]] = -1
        matrix = np.zeros((len(self.rows), len(self.names)))
        for row, (terms, _least, _most) in enumerate(self.rows):
            for unknown, factor in terms.items():
                matrix[row, unknown] += factor
        told = LinearConstraint(matrix, [row[1] for row in self.rows], [row[2] for row in self.rows])
        found = [
            milp(sign * cost, constraints=told, integrality=np.ones(len(cost)), bounds=Bounds(0, MOST))
            for sign in (1, -1)
        ]
        assert all(each.success for each in found), "the published figures contradict each other"
        return round(found[0].fun), round(-found[1].fun)

    def reads(self, when, tables, before=None):
        """Take in what stands on the pages at one reading; `before` is the reading they may be compared with."""
        for table in tables:
            self._cell((when, "all", "opened"), int(table["source"].rpartition(" ")[2]), before)
            opened, granted = table["series"][:2]
            for place, label in enumerate(table["labels"]):
                whole, part = (when, table["title"], label, "opened"), (when, table["title"], label, "granted")
                self._cell(whole, opened["values"][place], before)
                self._cell(part, granted["values"][place], before)
                if table["title"].startswith("By"):
                    self.knows({self.at(*whole): 1, self.at(*part): -1}, 0, MOST)
            for name in ("opened", "granted"):
                terms = {self.at(when, table["title"], label, name): 1 for label in table["labels"]}
                self.knows({**terms, self.at(when, "all", name): -1}, 0, 0)

    def _cell(self, name, value, before):
        unknown = self.at(*name)
        if value is None:
            self.knows({unknown: 1}, 1, MOST)
        elif before is None or value != self.read.get((before, *name[1:])):  # published at this reading
            self.knows({unknown: 1}, value, value)
        else:  # the rule of publishing: it may have moved by less than the threshold since
            self.knows({unknown: 1}, value - THRESHOLD + 1, value + THRESHOLD - 1)
        self.read[name] = value
        if before is not None:
            self.knows({unknown: 1, self.at(before, *name[1:]): -1}, 0, MOST)
