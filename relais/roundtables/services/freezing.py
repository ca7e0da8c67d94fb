"""Keeping what the replay foretells on the day a rule changes, and of whom, before anyone's case moves to it."""

from datetime import date

from relais.cases.groupings import GROUPINGS
from relais.cases.index.roll import Roll
from relais.procedures.cohort import Cohort, said_of
from relais.procedures.models import ProcedureVersion
from relais.procedures.replay import replay
from relais.roundtables.forecast import forecast
from relais.roundtables.models import Decision, Foretold
from relais.roundtables.replays import DraftReplay


def freeze(*, decision: Decision, version: ProcedureVersion, on: date, roll: Roll) -> Foretold:
    """Replay a draft once more on the eve of being the rule, and keep its figures and what it says of each open case.

    The caller holds the right and the transaction, and has just read the roll of the cases. A version is frozen once, however often this is said.
    """
    kept = Foretold.objects.filter(version=version).first()
    if kept is not None:
        return kept
    asked = DraftReplay(version, on)
    draft, baseline = asked.terms
    found = replay(roll.caseload, draft, baseline, by=GROUPINGS)
    return Foretold.objects.create(
        decision=decision,
        version=version,
        baseline=asked.baseline,
        on=on,
        people=len(roll),
        figures=forecast(found, draft, baseline, asked.threshold).as_data(),
        cases=Cohort.of(roll.ids, said_of(roll.caseload, draft, baseline)).as_bytes(),
    )
