"""What people went through in a procedure: how their cases ended, how long it took, and how hard they found it, as columns.

No name and no id: rows as `procedures.experience` reads them, beside what people are grouped by. Nobody forgotten is in them.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Sum

from relais.cases.groupings import AGE_BANDS
from relais.cases.models import Case, Strain
from relais.cases.rules import region_of
from relais.cases.services.straining import STOOD
from relais.kernel import clock
from relais.procedures.caseload import Caseload, Codes, Numbers
from relais.procedures.experience import OUTCOME, SCALE

KNOWN = tuple(
    f"person__{each}" for each in ("sex", "status", "disability", "language", "birth_year", "territory__path")
)


def ways_of(procedure: UUID, version: UUID | None = None, until: date | None = None) -> Caseload:
    """Give those whose case ended before a day: how, within how many days they got there, and the minutes volunteers noted.

    Days are of those who got what they came for: who gave up after three days was not served in three. Minutes are of those
    of whom any were noted.
    """
    ended = Case.objects.filter(procedure=procedure, person__erased_at=None, outcome__in=STOOD).order_by()
    ended = ended.filter(version=version) if version else ended
    ended = ended.filter(closed_on__lt=until) if until else ended
    rows = ended.annotate(spent=Sum("visits__minutes")).values_list(
        "outcome", "opened_on", "closed_on", "spent", *KNOWN
    )
    outcomes, days, minutes, known = [], list[int | None](), list[int | None](), []
    for outcome, opened, closed, spent, *answers in rows.iterator(chunk_size=10_000):
        outcomes.append(str(STOOD[Case.Outcome(outcome)]))
        days.append(max(0, (closed - opened).days) if outcome == Case.Outcome.GRANTED else None)
        minutes.append(spent)
        known.append(answers)
    measured = {"days": Numbers.of(days), "volunteer_minutes": Numbers.of(minutes)}
    return Caseload.of({}, {OUTCOME: Codes.of(outcomes), **measured, **_groups(known)}, people=len(outcomes))


def answers_of(procedure: UUID, version: UUID | None = None, until: date | None = None, least: int = 0) -> Caseload:
    """Give the latest answer of each case under each outcome, to the three questions on how hard it was.

    Of several versions together, what fewer than `least` said of one under one outcome is left out: whoever subtracts the
    versions told one by one finds nothing.
    """
    rows: Any = Strain.objects.filter(case__procedure=procedure, case__person__erased_at=None).order_by("told_on")
    rows = rows.filter(case__version=version) if version else rows
    rows = rows.filter(told_on__lt=until) if until else rows
    asked = ("case__version", "learning", "effort", "stress", *(f"case__{each}" for each in KNOWN))
    every = {(case, outcome): rest for case, outcome, *rest in rows.values_list("case", "outcome", *asked)}
    said = Counter((outcome, rest[0]) for (_case, outcome), rest in every.items())
    latest = {key: rest[1:] for key, rest in every.items() if version or said[key[1], rest[0]] >= least}
    scale = {name: Numbers.of([rest[place] for rest in latest.values()]) for place, name in enumerate(SCALE)}
    outcomes = Codes.of([outcome for _case, outcome in latest])
    groups = _groups([rest[len(SCALE) :] for rest in latest.values()])
    return Caseload.of({}, {OUTCOME: outcomes, **scale, **groups}, people=len(latest))


def _groups(known: Sequence[Sequence[Any]]) -> dict[str, Codes | Numbers]:
    """Give what people are grouped by, from what is known of each."""
    columns = list(zip(*known, strict=True)) if known else [()] * len(KNOWN)
    *words, born, paths = columns
    year = clock.today().year
    ages = Numbers.of([None if each is None else max(0, year - each) for each in born])
    named = zip(("sex", "status", "disability", "language"), words, strict=True)
    return {name: Codes.of([word or None for word in column]) for name, column in named} | {
        "age_band": ages.banded(list(AGE_BANDS.values()), list(AGE_BANDS)),
        "territory": Codes.of([region_of(path) if path else None for path in paths]),
    }
