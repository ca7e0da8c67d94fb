"""Keeping what the replay foretells on the day a rule changes, and of whom, before anyone's case moves to it."""

from datetime import date

from relais.cases.index.roll import Roll
from relais.procedures.cohort import Cohort, said_of
from relais.procedures.models import ProcedureVersion
from relais.roundtables.models import Decision, Foretold
from relais.roundtables.replays import DraftReplay


def freeze(*, decision: Decision, version: ProcedureVersion, on: date, roll: Roll) -> Foretold:
    """Replay a draft once more on the eve of being the rule, and keep its figures and what it says of each open case.

    The figures are those the table could read; whom they are held against is who is on their way that day. The caller holds
    the right and the transaction. A version is frozen once, however often this is said.
    """
    kept = Foretold.objects.filter(version=version).first()
    if kept is not None:
        return kept
    asked = DraftReplay(version)
    draft, baseline = asked.terms
    return Foretold.objects.create(
        decision=decision,
        version=version,
        baseline=asked.baseline,
        on=on,
        people=len(roll),
        figures=asked.forecast.as_data(),
        cases=Cohort.of(roll.ids, said_of(roll.caseload, draft, baseline)).as_bytes(),
    )
