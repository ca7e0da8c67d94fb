"""Complete dossiers go over to an authority, alone or in a batch, under each person's consent."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relais.access.lock import OutOfReach, require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases.assessing import assess_cases
from relais.cases.models import Batch, Case, Dossier
from relais.cases.rules import batch_number
from relais.cases.services.opening import refuse_future
from relais.cases.services.revisions import lock_case, note_change
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.codes import show_code
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict, Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import Organisation
from relais.people.models import Consent, ConsentText
from relais.procedures.assess import Standing

CODES_TOLD = 5


@transaction.atomic
def hand_dossiers(
    *, cases: Iterable[Case], authority: Organisation, by: User, handed_on: date | None = None, id: UUID | None = None
) -> Batch:
    """Hand complete dossiers to an authority with one manifest: all of them, or none and the reason."""
    chosen = _chosen(cases, by)
    if handed := sent_before(Batch, id):
        return _again(handed, chosen)
    first = chosen[0]
    day = handed_on or clock.today(first.programme.time_zone)
    refuse_future(day=day)
    _refuse_other_authority(first, authority)
    consents = _refuse_incomplete(chosen, authority, day)
    # Batches of one organisation are numbered one after the other, so they wait for each other here.
    Organisation.objects.select_for_update().get(pk=first.organisation_id)
    before = Batch.objects.filter(organisation=first.organisation_id, number__startswith=f"{day.year}-").count()
    batch = Batch.objects.create(
        id=id or uuid7(),
        organisation_id=first.organisation_id,
        authority=authority,
        procedure_id=first.procedure_id,
        number=batch_number(day.year, before),
        handed_on=day,
        handed_at=clock.now(),
        handed_by=by,
    )
    for case in chosen:
        _hand(case, batch, consents[case.person_id], by)
    journal.write("batch.handed", batch, by=by, number=batch.number, authority=authority.pk, dossiers=len(chosen))
    return batch


def _chosen(cases: Iterable[Case], by: User) -> list[Case]:
    wanted = [case.pk for case in cases]
    reached = Case.objects.filter(pk__in=wanted).reachable_by(by, Verb.DOSSIER_SUBMIT)
    chosen = list(reached.select_for_update(of=("self",)).for_lists())
    if len(chosen) < len(set(wanted)):
        raise OutOfReach(
            _("You cannot hand over some of these dossiers."), next=_("Choose those of your organisation.")
        )
    if not chosen:
        raise Refusal(_("No dossier was chosen."), next=_("Tick at least one."))
    if len({(case.procedure_id, case.organisation_id) for case in chosen}) > 1:
        raise Refusal(_("A batch holds dossiers of one procedure."), next=_("Make one batch for each."))
    return chosen


def _refuse_other_authority(case: Case, authority: Organisation) -> None:
    competent = case.procedure.service.authority_id
    if competent not in (authority.pk, authority.parent_id):
        raise Refusal(
            _("%(authority)s does not decide on this procedure.") % {"authority": authority},
            next=_("Choose the authority that does, or one of its offices."),
        )


def _refuse_incomplete(cases: list[Case], authority: Organisation, day: date) -> Mapping[UUID, Consent]:
    """Refuse unless each case is complete, open, not yet handed over, and the person agrees."""
    found = assess_cases(cases, day)
    waiting = set(Dossier.objects.waiting().filter(case__in=cases).values_list("case", flat=True))
    agreed = Consent.objects.filter(
        person__in=[case.person_id for case in cases], recipient=authority, purpose=ConsentText.Purpose.SHARE_DOSSIER
    ).in_force(clock.today())
    consents = {consent.person_id: consent for consent in agreed}
    _refuse_some(_("%(codes)s: closed."), [case for case in cases if case.closed_at])
    _refuse_some(_("%(codes)s: already with an authority."), [case for case in cases if case.pk in waiting])
    unfinished = [case for case in cases if found[case.pk].standing != Standing.PASSES]
    _refuse_some(_("%(codes)s: something is still missing."), unfinished)
    silent = [case for case in cases if case.person_id not in consents]
    _refuse_some(_("%(codes)s: the person has not agreed that this authority sees the file."), silent)
    return consents


def _refuse_some(why: str, cases: list[Case]) -> None:
    if cases:
        codes = ", ".join(show_code(case.person.code) for case in cases[:CODES_TOLD]) + (
            "…" if len(cases) > CODES_TOLD else ""
        )
        what = ngettext("%(count)s dossier cannot go over.", "%(count)s dossiers cannot go over.", len(cases))
        raise Refusal(
            what % {"count": len(cases)}, why=why % {"codes": codes}, next=_("Leave them out, or complete them.")
        )


def _hand(case: Case, batch: Batch, consent: Consent, by: User) -> None:
    dossier = Dossier.objects.create(
        case=case, batch=batch, organisation_id=batch.organisation_id, authority_id=batch.authority_id, consent=consent
    )
    detail = {"dossier": dossier.pk, "batch": batch.number, "authority": batch.authority_id}
    note_change(case=case, by=by, verb="case.dossier_handed", touches="dossier", **detail)


def _again(batch: Batch, cases: list[Case]) -> Batch:
    if set(Dossier.objects.filter(batch=batch).values_list("case", flat=True)) != {case.pk for case in cases}:
        raise Conflict(_("This batch was handed over before with other dossiers."), next=_("Make a new one."))
    return batch


@transaction.atomic
def receive_batch(*, batch: Batch, by: User) -> Batch:
    """Sign, for the authority, that a batch arrived."""
    require(by, Verb.DOSSIER_DECIDE, batch)
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.received_at is None:
        batch.received_at, batch.received_by = clock.now(), by
        batch.save(update_fields=["received_at", "received_by"])
        journal.write("batch.received", batch, by=by, number=batch.number)
    return batch


@transaction.atomic
def withdraw_dossier(*, dossier: Dossier, by: User) -> Dossier:
    """Take a dossier back before the authority decided; it sees nothing of it any more."""
    require(by, Verb.DOSSIER_SUBMIT, dossier)
    case = lock_case(case=dossier.case)
    dossier.refresh_from_db()
    if dossier.state == Dossier.State.WITHDRAWN:
        return dossier
    if dossier.state != Dossier.State.HANDED:
        raise Refusal(_("The authority has decided already: %(state)s.") % {"state": dossier.get_state_display()})
    dossier.state = Dossier.State.WITHDRAWN
    dossier.save(update_fields=["state"])
    note_change(case=case, by=by, verb="case.dossier_withdrawn", touches="dossier", dossier=dossier.pk)
    return dossier
