"""What an authority does with a dossier: accept it, or give it back with a reason that is heard."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases.models import Case, Dossier, News
from relais.cases.returns import hear_return
from relais.cases.services.news import tell
from relais.cases.services.opening import end_case, refuse_future
from relais.cases.services.revisions import lock_case, note_change
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.procedures.models import Requirement


@transaction.atomic
def accept_dossier(*, dossier: Dossier, by: User, decided_on: date | None = None, remark: str = "") -> Dossier:
    """Grant what the person came for; the case ends there, with the day of the decision."""
    dossier, is_new = _locked(dossier, by, Dossier.State.ACCEPTED)
    if not is_new:
        return dossier
    _decide(dossier, by, decided_on, state=Dossier.State.ACCEPTED, remark=remark)
    assert dossier.decided_on is not None
    end_case(case=dossier.case, outcome=Case.Outcome.GRANTED, closed_on=dossier.decided_on, by=by)
    tell(to=dossier.case.companion, case=dossier.case, kind=News.Kind.ACCEPTED, by=by)
    return dossier


@transaction.atomic
def return_dossier(
    *,
    dossier: Dossier,
    reason: str,
    by: User,
    requirement: Requirement | None = None,
    remark: str = "",
    decided_on: date | None = None,
) -> Dossier:
    """Give a dossier back and say why; whoever accompanies the person is told, and the return is heard as a barrier."""
    dossier, is_new = _locked(dossier, by, Dossier.State.RETURNED)
    if not is_new and dossier.reason == reason:
        return dossier
    if not reason:
        raise Refusal(_("Say why the dossier goes back."), next=_("Choose the reason that comes closest."))
    if reason == Dossier.ReturnReason.OTHER and not remark.strip():
        raise Refusal(_("Tell the reason in words."))
    if requirement is not None and requirement.step.version_id != dossier.case.version_id:
        raise Refusal(_("This requirement is not one of the version the person goes through."))
    _decide(
        dossier,
        by,
        decided_on,
        state=Dossier.State.RETURNED,
        reason=reason,
        requirement=requirement,
        remark=remark.strip(),
    )
    tell(to=dossier.case.companion, case=dossier.case, kind=News.Kind.RETURNED, by=by, reason=reason)
    hear_return(dossier, by)
    return dossier


def _locked(dossier: Dossier, by: User, wanted: Dossier.State) -> tuple[Dossier, bool]:
    """Hold the case and its dossier; say whether it is still to be decided. The same decision twice is one decision."""
    require(by, Verb.DOSSIER_READ, dossier)
    case = lock_case(case=dossier.case)
    dossier.refresh_from_db()
    dossier.case = case
    if dossier.state == wanted and dossier.decided_by_id == by.pk:
        return dossier, False
    if dossier.state in (Dossier.State.ACCEPTED, Dossier.State.RETURNED):
        raise Refusal(
            _("This dossier was decided already: %(state)s.") % {"state": dossier.get_state_display()},
            next=_("Look at it again under History."),
        )
    require(by, Verb.DOSSIER_DECIDE, dossier)
    return dossier, True


def _decide(dossier: Dossier, by: User, decided_on: date | None, **answer: object) -> None:
    day = decided_on or clock.today(dossier.case.programme.time_zone)
    refuse_future(day=day)
    if day < dossier.batch.handed_on:
        raise Refusal(_("The decision cannot come before the dossier was handed over."), next=_("Enter a later day."))
    for name, value in answer.items():
        setattr(dossier, name, value)
    dossier.decided_on, dossier.decided_at, dossier.decided_by = day, clock.now(), by
    dossier.save()
    detail = {"dossier": dossier.pk, "state": dossier.state, "reason": dossier.reason, "on": day}
    note_change(case=dossier.case, by=by, verb="case.dossier_decided", touches="dossier", **detail)
