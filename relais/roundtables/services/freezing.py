"""Keeping what the replay foretells on the day a rule changes, and of whom, before anyone's case moves to it."""

from datetime import date

from relais.cases.caseload import GROUPINGS, cases_and_caseload
from relais.procedures.cohort import Cohort, said_of
from relais.procedures.models import ProcedureVersion
from relais.procedures.replay import replay
from relais.roundtables.forecast import forecast
from relais.roundtables.models import Decision, Foretold
from relais.roundtables.replays import DraftReplay


def freeze(*, decision: Decision, version: ProcedureVersion, on: date) -> Foretold:
    """Replay a draft once more on the eve of being the rule, and keep its figures and what it says of each open case.

    The caller holds the right and the transaction. A version is frozen once, however often this is said.
    """
    kept = Foretold.objects.filter(version=version).first()
    if kept is not None:
        return kept
    asked = DraftReplay(version, on)
    draft, baseline = asked.terms
    ids, people = cases_and_caseload(version.procedure, today=on)
    found = replay(people, draft, baseline, by=GROUPINGS)
    return Foretold.objects.create(
        decision=decision,
        version=version,
        baseline=asked.baseline,
        on=on,
        people=len(ids),
        figures=forecast(found, draft, baseline, asked.threshold).as_data(),
        cases=Cohort.of(ids, said_of(people, draft, baseline)).as_bytes(),
    )
