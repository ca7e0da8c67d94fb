"""Every dossier that comes back is heard, in the same transaction in which the authority gives it back."""

from django.db import transaction
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relais.accounts.models import User
from relais.barriers.models import Barrier
from relais.cases.models import Dossier
from relais.cases.returns import hears_returns
from relais.journal import services as journal
from relais.kernel import clock

LONGEST_HEADLINE = 120


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
        headline=_headline(dossier),
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


def _headline(dossier: Dossier) -> str:
    """Say the coded reason in the first language of the programme, so that the same reason is the same headline."""
    languages = dossier.case.programme.languages or ["en"]
    with translation.override(languages[0]):
        reason = capfirst(dossier.get_reason_display())
        if dossier.requirement is None:
            return _("Came back: %(reason)s") % {"reason": reason}
        told = _("Came back: %(reason)s (%(requirement)s)") % {"reason": reason, "requirement": dossier.requirement}
        return told[:LONGEST_HEADLINE]
