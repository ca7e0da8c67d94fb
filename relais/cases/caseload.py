"""From the cases of a procedure to the columns that replay reads: who holds what, and no name, code or date of birth.

Three queries whatever the number of people, and no object a row.
"""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relais.cases.models import Case, CaseEvidence
from relais.cases.queries import CaseQuerySet, as_text
from relais.cases.rules import region_of
from relais.kernel import clock
from relais.procedures.caseload import Caseload, Codes, Numbers
from relais.procedures.models import EvidenceType, Procedure

ANSWERS = ("sex", "status", "disability", "language", "birth_year", "household", "territory__path")
GROUPINGS = ("sex", "age_band", "disability", "status", "territory", "language")
AGE_BANDS = {"0-17": 0, "18-27": 18, "28-59": 28, "60+": 60}


def caseload_of(procedure: Procedure, cases: CaseQuerySet | None = None, today: date | None = None) -> Caseload:
    """Give the people with an open case in a procedure, or in the cases named, ready to be replayed.

    Group them by any of `GROUPINGS`; territories are the first ones inside the country.
    """
    return cases_and_caseload(procedure, cases, today)[1]


def cases_and_caseload(
    procedure: Procedure, cases: CaseQuerySet | None = None, today: date | None = None
) -> tuple[tuple[str, ...], Caseload]:
    """Give the same people, and the ids of their cases in the same order, for whoever must find them again."""
    chosen = Case.objects.open() if cases is None else cases
    chosen = chosen.filter(procedure=procedure, person__erased_at=None).order_by()
    rows = list(chosen.values_list(as_text("pk"), *(f"person__{answer}" for answer in ANSWERS)))
    ids, *columns = zip(*rows, strict=True) if rows else ((), *((),) * len(ANSWERS))
    evidence = _evidence(procedure, chosen, ids)
    attributes = _attributes(dict(zip(ANSWERS, columns, strict=True)), today or clock.today())
    return ids, Caseload.of(evidence, attributes, people=len(ids))


def _evidence(procedure: Procedure, cases: CaseQuerySet, ids: tuple[str, ...]) -> dict[str, NDArray[np.int8]]:
    kinds = dict(EvidenceType.objects.filter(procedure=procedure).values_list(as_text("pk"), "key"))
    columns = {kind: np.zeros(len(ids), dtype=np.int8) for kind in kinds}
    row_of = {case: row for row, case in enumerate(ids)}
    known = CaseEvidence.objects.filter(case__in=cases.values("pk"), evidence_type__in=kinds).order_by()
    rows = known.values_list(as_text("case"), as_text("evidence_type"), "state")
    for case, kind, state in rows.iterator(chunk_size=10_000):
        if case in row_of:  # A case opened between the two questions is left for the next replay.
            columns[kind][row_of[case]] = state
    return {kinds[kind]: column for kind, column in columns.items()}


def _attributes(answers: dict[str, Any], today: date) -> dict[str, Codes | Numbers]:
    ages = Numbers.of([None if year is None else max(0, today.year - year) for year in answers["birth_year"]])
    words = {name: Codes.of([word or None for word in answers[name]]) for name in ANSWERS[:4]}
    return words | {
        "age": ages,
        "age_band": ages.banded(list(AGE_BANDS.values()), list(AGE_BANDS)),
        "household": Numbers.of(answers["household"]),
        "territory": Codes.of([region_of(path) if path else None for path in answers["territory__path"]]),
    }
