"""Keeping how hard someone found the way; said by them, on their own page or to whoever stands beside them."""

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import Actor, OutOfReach, require
from relais.access.verbs import Verb
from relais.cases.models import Case, Strain
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.people.actors import Themselves

STOOD = {
    Case.Outcome.GRANTED: Strain.Outcome.GRANTED,
    Case.Outcome.REFUSED: Strain.Outcome.REFUSED,
    Case.Outcome.NOT_ELIGIBLE: Strain.Outcome.REFUSED,
    Case.Outcome.GAVE_UP: Strain.Outcome.GAVE_UP,
    Case.Outcome.LOST: Strain.Outcome.GAVE_UP,
    Case.Outcome.MOVED: Strain.Outcome.GAVE_UP,
}


@transaction.atomic
def tell_strain(*, case: Case, learning: int, effort: int, stress: int, by: Actor) -> Strain:
    """Keep what someone says of how hard it was; said again the same day, the later answer stands.

    Nothing is kept of who typed it, and the journal holds no score.
    """
    if isinstance(by, Themselves):
        if by.pk != case.person_id or case.person.erased_at is not None:
            raise OutOfReach("")
    else:
        require(by, Verb.CASE_WORK, case)
    scores = {"learning": learning, "effort": effort, "stress": stress}
    if any(score not in Strain.Degree.values for score in scores.values()):
        raise Refusal(_("Give each question one of the five answers, or leave all three."))
    outcome = STOOD.get(Case.Outcome(case.outcome)) if case.outcome else Strain.Outcome.PENDING
    if outcome is None:
        raise Refusal(_("This case ended in a way that is not asked about."))
    today = clock.today(case.programme.time_zone)
    told, _new = Strain.objects.update_or_create(case=case, told_on=today, defaults={**scores, "outcome": outcome})
    journal.write("case.strain_told", case, by=by, person_id=case.person_id)
    return told
