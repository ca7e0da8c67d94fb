"""Lets some of the people of a demonstration say how hard they found the way."""

from random import Random

from relais.cases.models import Case, Strain
from relais.cases.services.straining import STOOD
from relais.programmes.models import Programme

ANSWERED = 0.35
MIDDLE = {"granted": (3, 3, 2), "refused": (4, 4, 4), "gave_up": (4, 5, 5), "pending": (4, 4, 4)}


def say_how_hard(programme: Programme, draw: Random) -> None:
    """Write the answers of about one in three; who got there remembers it as easier."""
    rows = []
    for case in Case.objects.filter(programme=programme).order_by("opened_on", "pk"):
        stood = STOOD.get(case.outcome, "") if case.outcome else Strain.Outcome.PENDING
        if not stood or draw.random() > ANSWERED:
            continue
        scores = [min(5, max(1, middle + draw.choice([-1, -1, 0, 0, 0, 1]))) for middle in MIDDLE[stood]]
        told_on = case.closed_on or case.opened_on
        rows.append(
            Strain(case=case, outcome=stood, told_on=told_on, learning=scores[0], effort=scores[1], stress=scores[2])
        )
    Strain.objects.bulk_create(rows)
