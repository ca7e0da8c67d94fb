"""A new version is in force: open cases move to it, and whoever carries them is told what changed for whom.

All cases are placed at once, as a replay places them, so that a million move in a few hundred statements and none is read by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from relais.accounts.models import User
from relais.cases.index.columns import Array
from relais.cases.index.roll import STANDINGS, Roll, read_roll
from relais.cases.models import Case, News
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.procedures import terms
from relais.procedures.models import ProcedureVersion
from relais.procedures.replay import standing
from relais.procedures.rows import terms_of

AT_A_TIME = 5_000
CLOCKS_APART = timedelta(minutes=1)
"""Between machines that write at once."""


@dataclass(slots=True)
class Moved:
    """What became of the cases a companion carries, by where they stood before and stand after. It names nobody."""

    cases: int = 0
    became: dict[UUID, Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))

    def in_all(self) -> Counter[str]:
        """Count every way from one standing to another."""
        found: Counter[str] = Counter()
        for ways in self.became.values():
            for (before, after), cases in ways.items():
                found[f"{before} to {after}"] += cases
        return found


@transaction.atomic
def reassess_cases(*, version: ProcedureVersion, by: User, roll: Roll | None = None) -> Moved:
    """Move every open case of a procedure to the version now in force; evidence and steps count under their keys.

    Whoever adopts a version may do this, and is told only what became of cases, never who they are about. A companion
    finds the news beside each case that stands otherwise than before. Whoever has just read the roll of the cases gives it.
    """
    if version.state != ProcedureVersion.State.IN_FORCE:
        raise Refusal(_("Cases only move to a version in force."), next=_("Adopt it first."))
    moved = Moved()
    asked = terms_of(ProcedureVersion.objects.with_everything().get(pk=version.pk))
    procedure, counted = version.procedure_id, Case.objects.counted(version.procedure_id)
    roll = read_roll(counted.exclude(version=version), procedure) if roll is None else roll
    _place(roll, version, asked, moved)
    moved.cases += Case.objects.open().filter(procedure=procedure).exclude(version=version).update(version=version)
    # A case that was opened, or in which something was noted, since the roll was read is placed as it stands now.
    since = counted.filter(version=version, changed_at__gte=roll.read_at - CLOCKS_APART)
    _place(read_roll(since, procedure), version, asked, Moved())
    journal.write("cases.reassessed", version, by=by, number=version.number, cases=moved.cases, became=moved.in_all())
    return moved


def _place(roll: Roll, version: ProcedureVersion, asked: terms.Version, moved: Moved) -> None:
    """Write down where cases stand now, and tell of those that stand otherwise than before."""
    after = standing(roll.caseload, asked)
    elsewhere = roll.standing != after
    for place, name in enumerate(STANDINGS):
        for ids in _some(roll, np.flatnonzero(elsewhere & (after == place))):
            moved.cases += Case.objects.open().filter(pk__in=ids).update(standing=name, version=version)
    ways = np.bincount((roll.carried_by.astype(np.int64) * 3 + roll.standing) * 3 + after)
    for way in np.flatnonzero(ways).tolist():
        companion, before, now = way // 9, way // 3 % 3, way % 3
        moved.became[roll.companions[companion]][STANDINGS[before], STANDINGS[now]] += int(ways[way])
    _tell(roll, after, np.flatnonzero(elsewhere), version)


def _some(roll: Roll, rows: Array) -> Iterator[list[UUID]]:
    for start in range(0, len(rows), AT_A_TIME):
        yield roll.cases(rows[start : start + AT_A_TIME])


def _tell(roll: Roll, after: Array, rows: Array, version: ProcedureVersion) -> None:
    """Put the news beside the cases in some rows, for those who carry them."""
    at = clock.now()
    for start in range(0, len(rows), AT_A_TIME):
        some = rows[start : start + AT_A_TIME]
        News.objects.bulk_create(
            News(
                to_id=roll.companions[companion],
                case_id=case,
                kind=News.Kind.NEW_VERSION,
                at=at,
                detail={"version": version.number, "before": STANDINGS[before], "after": STANDINGS[now]},
            )
            for case, companion, before, now in zip(
                roll.cases(some),
                roll.carried_by[some].tolist(),
                roll.standing[some].tolist(),
                after[some].tolist(),
                strict=True,
            )
        )
