"""Who is still outside after a change, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from relais.procedures.caseload import Caseload, blocks
from relais.procedures.masks import View, bits_of, distinct, transpose
from relais.procedures.terms import Version


@dataclass(frozen=True, slots=True)
class Outside:
    """Some people blocked before who do not pass after, and which requirements still block them.

    Without a requirement, nothing blocks them any more, but not all is known of them.
    """

    requirements: tuple[str, ...]
    people: int


def outside(caseload: Caseload, before: Version, after: Version) -> tuple[Outside, ...]:
    """Count the people blocked before who do not pass after, by what still blocks them, the most first."""
    asked = [requirement.key for _, requirement in after.asked()]
    found, people = [], []
    for part in blocks(len(caseload)):
        then, now = View(caseload, before, part), View(caseload, after, part)
        rows = [now.truths[key].false for key in asked] or [now.no_one]
        keys = transpose(rows)[then.flags(then.blocked & ~now.passing)]
        keys, number = distinct(keys, np.ones(len(keys), dtype=np.int64))
        found.append(keys)
        people.append(number)
    keys, number = distinct(np.concatenate(found), np.concatenate(people))
    masks = [sum(int(word) << 64 * place for place, word in enumerate(key)) for key in keys.tolist()]
    result = [
        Outside(tuple(asked[place] for place in bits_of(mask)), n)
        for mask, n in zip(masks, number.tolist(), strict=True)
    ]
    return tuple(sorted(result, key=lambda each: (-each.people, each.requirements)))
