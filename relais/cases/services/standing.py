"""Keeping beside each case where it stands, so that lists can ask for it."""

from relais.cases.assessing import assess_case
from relais.cases.models import Case
from relais.kernel import clock
from relais.procedures.assess import Assessment


def place_case(*, case: Case) -> Assessment:
    """Put on the row of a case where it stands now; the caller saves it."""
    found = assess_case(case, clock.today())
    case.standing = found.standing.value
    return found
