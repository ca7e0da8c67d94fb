"""A new version is in force: open cases move to it, and whoever carries them is told what changed for whom.

All cases are placed at once, as a replay places them, so that a million move in a few statements and no case is read one by one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.accounts.models import User
from relais.cases.caseload import cases_and_caseload
from relais.cases.models import Case, News
from relais.cases.queries import CaseQuerySet
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.procedures.assess import Standing
from relais.procedures.models import ProcedureVersion
from relais.procedures.replay import standing
from relais.procedures.rows import terms_of

AT_A_TIME = 5_000
STANDINGS = (Standing.OPEN.value, Standing.PASSES.value, Standing.BLOCKED.value)
"""In the order of the numbers `replay.standing` gives."""


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
def reassess_cases(*, version: ProcedureVersion, by: User) -> Moved:
    """Move every open case of a procedure to the version now in force; evidence and steps count under their keys.

    Whoever adopts a version may do this, and is told only what became of cases, never who they are about. A companion
    finds the news beside each case that stands otherwise than before.
    """
    if version.state != ProcedureVersion.State.IN_FORCE:
        raise Refusal(_("Cases only move to a version in force."), next=_("Adopt it first."))
    elsewhere = Case.objects.open().filter(procedure=version.procedure_id).exclude(version=version)
    moved = Moved()
    for some in _placed(elsewhere, version):
        _move(some, version, moved)
    moved.cases = elsewhere.update(version=version)
    journal.write("cases.reassessed", version, by=by, number=version.number, cases=moved.cases, became=moved.in_all())
    return moved


Placed = tuple[UUID, UUID, str, str]
"""A case, its companion, where it stood and where it stands."""


def _placed(cases: CaseQuerySet, version: ProcedureVersion) -> Iterator[list[Placed]]:
    """Place cases in a version, some at a time."""
    terms = terms_of(ProcedureVersion.objects.with_everything().get(pk=version.pk))
    ids, people = cases_and_caseload(version.procedure, cases)
    after = {UUID(id): STANDINGS[place] for id, place in zip(ids, standing(people, terms).tolist(), strict=True)}
    chosen = cases.order_by("pk").values_list("pk", "companion", "standing")
    rows = chosen.iterator(chunk_size=AT_A_TIME)
    found = [(case, companion, before, after.get(case, before)) for case, companion, before in rows]
    for start in range(0, len(found), AT_A_TIME):
        yield found[start : start + AT_A_TIME]


def _move(placed: list[Placed], version: ProcedureVersion, moved: Moved) -> None:
    """Write down where cases stand now, and tell of those that stand otherwise than before."""
    by_standing: dict[str, list[UUID]] = defaultdict(list)
    for case, companion, before, after in placed:
        moved.became[companion][before, after] += 1
        if before != after:
            by_standing[after].append(case)
    for after, ids in by_standing.items():
        Case.objects.filter(pk__in=ids).update(standing=after)
    News.objects.bulk_create(
        News(
            to_id=companion,
            case_id=case,
            kind=News.Kind.NEW_VERSION,
            at=clock.now(),
            detail={"version": version.number, "before": before, "after": after},
        )
        for case, companion, before, after in placed
        if before != after
    )
