"""The caseload of a procedure read the plain way, proof by proof, to hold what the columns in memory say against."""

import numpy as np

from relais.cases import index
from relais.cases.groupings import AGE_BANDS
from relais.cases.index import reading
from relais.cases.index.view import caseload_from
from relais.cases.models import Case, CaseEvidence
from relais.cases.queries import as_text
from relais.cases.rules import region_of
from relais.kernel import clock
from relais.procedures.caseload import Caseload, Codes, Numbers
from relais.procedures.models import EvidenceType

ANSWERS = ("sex", "status", "disability", "language", "birth_year", "household", "territory__path")


def indexed(procedure, today=None):
    """Give the same people from the index, as they are now."""
    columns, kinds = index.current_columns(procedure).columns, reading.kinds_of(procedure.pk)
    return caseload_from(columns, kinds, (today or clock.today()).year)


def caseload_of(procedure, today=None):
    """Give the people with an open case in a procedure."""
    chosen = Case.objects.open().filter(procedure=procedure, person__erased_at=None).order_by()
    rows = list(chosen.values_list(as_text("pk"), *(f"person__{answer}" for answer in ANSWERS)))
    ids, *columns = zip(*rows, strict=True) if rows else ((), *((),) * len(ANSWERS))
    evidence = _evidence(procedure, chosen, ids)
    attributes = _attributes(dict(zip(ANSWERS, columns, strict=True)), today or clock.today())
    return Caseload.of(evidence, attributes, people=len(ids))


def _evidence(procedure, cases, ids):
    kinds = dict(EvidenceType.objects.filter(procedure=procedure).values_list(as_text("pk"), "key"))
    columns = {kind: np.zeros(len(ids), dtype=np.int8) for kind in kinds}
    row_of = {case: row for row, case in enumerate(ids)}
    known = CaseEvidence.objects.filter(case__in=cases.values("pk"), evidence_type__in=kinds).order_by()
    rows = known.values_list(as_text("case"), as_text("evidence_type"), "state")
    for case, kind, state in rows.iterator(chunk_size=10_000):
        columns[kind][row_of[case]] = state
    return {kinds[kind]: column for kind, column in columns.items()}


def _attributes(answers, today):
    ages = Numbers.of([None if year is None else max(0, today.year - year) for year in answers["birth_year"]])
    words = {name: Codes.of([word or None for word in answers[name]]) for name in ANSWERS[:4]}
    return words | {
        "age": ages,
        "age_band": ages.banded(list(AGE_BANDS.values()), list(AGE_BANDS)),
        "household": Numbers.of(answers["household"]),
        "territory": Codes.of([region_of(path) if path else None for path in answers["territory__path"]]),
    }
