"""A new version is in force: open cases move to it, and whoever carries them is told what changed for whom."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.accounts.models import User
from relais.cases.assessing import assess_cases
from relais.cases.models import Case, News
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.procedures.models import ProcedureVersion

AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Moved:
    """One case before and after: passes, blocked or open. It names nobody."""

    case_id: UUID
    companion_id: UUID
    before: str
    after: str


@transaction.atomic
def reassess_cases(*, version: ProcedureVersion, by: User) -> list[Moved]:
    """Move every open case of a procedure to the version now in force; evidence and steps count under their keys.

    Whoever adopts a version may do this, and is told only what became of cases, never who they are about.
    """
    if version.state != ProcedureVersion.State.IN_FORCE:
        raise Refusal(_("Cases only move to a version in force."), next=_("Adopt it first."))
    moved = [each for some in _somewhere_else(version) for each in _move(some, version)]
    counts = Counter(f"{each.before} to {each.after}" for each in moved)
    journal.write("cases.reassessed", version, by=by, number=version.number, cases=len(moved), became=counts)
    return moved


def _somewhere_else(version: ProcedureVersion) -> Iterator[list[Case]]:
    cases = Case.objects.open().filter(procedure=version.procedure_id).exclude(version=version)
    ids = list(cases.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_A_TIME):
        chosen = Case.objects.filter(pk__in=ids[start : start + AT_A_TIME]).select_related("person__territory")
        yield list(chosen)


def _move(cases: list[Case], version: ProcedureVersion) -> list[Moved]:
    for case in cases:
        case.version = version
    found = assess_cases(cases, clock.today())
    moved = [Moved(case.pk, case.companion_id, case.standing, found[case.pk].standing.value) for case in cases]
    by_standing: dict[str, list[UUID]] = defaultdict(list)
    for each in moved:
        by_standing[each.after].append(each.case_id)
    for standing, ids in by_standing.items():
        Case.objects.filter(pk__in=ids).update(version=version, standing=standing)
    News.objects.bulk_create(
        News(
            to_id=each.companion_id,
            case_id=each.case_id,
            kind=News.Kind.NEW_VERSION,
            at=clock.now(),
            detail={"version": version.number, "before": each.before, "after": each.after},
        )
        for each in moved
    )
    return moved
