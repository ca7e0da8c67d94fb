"""Every dossier that comes back is heard, in the same transaction in which the authority gives it back."""

from django.db import transaction

from relais.accounts.models import User
from relais.barriers.models import Barrier
from relais.barriers.wording import counted_as
from relais.cases.models import Dossier
from relais.cases.returns import hears_returns
from relais.journal import services as journal
from relais.kernel import clock


@hears_returns
def _hear(dossier: Dossier, by: User) -> None:
    hear_returned_dossier(dossier=dossier, by=by)


@transaction.atomic
def hear_returned_dossier(*, dossier: Dossier, by: User) -> Barrier:
    """Hear a return as a barrier of the association that handed the dossier over, told by the authority's own reason.

    Nobody has to approve a coded decision; what the authority remarked stays inside until a coordinator shares it.
    """
    known: Barrier | None = Barrier.objects.filter(dossier=dossier).first()
    if known:
        return known
    case, requirement = dossier.case, dossier.requirement
    coded = {"reason": dossier.reason, "requirement": requirement.names if requirement else None}
    barrier = Barrier.objects.create(
        programme=case.programme,
        organisation_id=dossier.organisation_id,
        kind=Barrier.Kind.RETURNED,
        case=case,
        dossier=dossier,
        procedure=case.procedure,
        step=requirement.step if requirement else None,
        requirement=requirement,
        territory=case.person.territory,
        headline=counted_as(coded),
        coded=coded,
        account=dossier.remark,
        observed_on=dossier.decided_on or clock.today(case.programme.time_zone),
        recorded_at=clock.now(),
        recorded_by=by,
        author=case.companion,
        approved_at=clock.now(),
        approved_how=Barrier.Approval.CODED,
    )
    journal.write("barrier.recorded", barrier, by=by, person_id=case.person_id, kind=barrier.kind, dossier=dossier.pk)
    return barrier
