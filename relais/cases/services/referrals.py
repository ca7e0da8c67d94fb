"""Another organisation's help: offered with the person's consent or a recorded reason, answered, closed with a note back."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases.models import Case, News, Referral
from relais.cases.services.news import tell
from relais.cases.services.revisions import lock_case, note_change, refuse_closed
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.kernel.vault import Aad, seal, unseal
from relais.organisations.models import Organisation
from relais.people.keys import key_of
from relais.people.models import Consent, ConsentText


@transaction.atomic
def offer_referral(
    *, case: Case, to: Organisation, need: str, by: User, override_reason: str = "", id: UUID | None = None
) -> Referral:
    """Ask another organisation to help; only with consent to that one, or with the reason to go without, written down."""
    require(by, Verb.REFERRAL_OFFER, case)
    offered: Referral | None = sent_before(Referral, id, case=case)
    if offered:
        return offered
    case = lock_case(case=case)
    refuse_closed(case=case)
    if to.pk == case.organisation_id:
        raise Refusal(_("The person is already with this organisation."), next=_("Choose another one."))
    consent = (
        Consent.objects.filter(person=case.person_id, recipient=to, purpose=ConsentText.Purpose.REFER)
        .in_force(clock.today())
        .first()
    )
    if consent is None and not override_reason.strip():
        raise Refusal(
            _("The person has not agreed to be referred to %(organisation)s.") % {"organisation": to},
            next=_("Ask for their consent first, or write down why it cannot wait."),
        )
    referral = Referral.objects.create(
        id=id or uuid7(),
        case=case,
        organisation_id=case.organisation_id,
        to=to,
        need=need,
        consent=consent,
        override_reason="" if consent else override_reason.strip(),
        offered_at=clock.now(),
        offered_by=by,
    )
    detail: dict[str, Any] = {"to": to.pk, "need": need, "with_consent": consent is not None}
    note_change(case=case, by=by, verb="case.referral_offered", touches=_subject(referral), **detail)
    return referral


@transaction.atomic
def answer_referral(*, referral: Referral, accept: bool, by: User, reason: str = "") -> Referral:
    """Take someone on, or say why not; whoever carries the case is told."""
    require(by, Verb.REFERRAL_ANSWER, referral)
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    state = Referral.State.ACCEPTED if accept else Referral.State.REFUSED
    if (referral.state, referral.reason) == (state, reason):
        return referral
    if referral.state != Referral.State.OFFERED:
        raise Refusal(_("This referral was already answered: %(state)s.") % {"state": referral.get_state_display()})
    if not accept and not reason:
        raise Refusal(_("Say why you cannot take this person on."))
    referral.state, referral.reason = state, "" if accept else reason
    referral.answered_at, referral.answered_by = clock.now(), by
    referral.save()
    _tell_and_write(referral, by, "referral.answered")
    return referral


@transaction.atomic
def close_referral(*, referral: Referral, note: str, by: User) -> Referral:
    """Say that the help was given, with a note back to whoever asked, sealed under the person's key."""
    require(by, Verb.REFERRAL_ANSWER, referral)
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    if referral.state == Referral.State.DONE:
        return referral
    if referral.state != Referral.State.ACCEPTED:
        raise Refusal(_("Only a referral that was accepted can be done."), next=_("Accept it first."))
    referral.state = Referral.State.DONE
    if note.strip():
        referral.note_sealed = seal(key_of(referral.case.person), note.strip().encode(), _place(referral))
    referral.save()
    _tell_and_write(referral, by, "referral.done")
    return referral


@transaction.atomic
def withdraw_referral(*, referral: Referral, by: User) -> Referral:
    """Take an offer back; the other organisation sees nothing of it any more."""
    require(by, Verb.REFERRAL_OFFER, referral)
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    if referral.state in (Referral.State.REFUSED, Referral.State.DONE):
        raise Refusal(_("This referral is over: %(state)s.") % {"state": referral.get_state_display()})
    if referral.state != Referral.State.WITHDRAWN:
        referral.state = Referral.State.WITHDRAWN
        referral.save(update_fields=["state"])
        case = lock_case(case=referral.case)
        note_change(case=case, by=by, verb="case.referral_withdrawn", touches=_subject(referral), referral=referral.pk)
    return referral


@transaction.atomic
def read_note(*, referral: Referral, by: User) -> str:
    """Open the note that came back, for whoever reaches the case, and write down that it was read."""
    require(by, Verb.CASE_READ, referral.case)
    if referral.note_sealed is None or referral.case.person.erased_at is not None:
        return ""
    words = unseal(key_of(referral.case.person), bytes(referral.note_sealed), _place(referral)).decode()
    journal.write("referral.note_read", referral, by=by, person_id=referral.case.person_id)
    return words


def _tell_and_write(referral: Referral, by: User, verb: str) -> None:
    tell(to=referral.case.companion, case=referral.case, kind=News.Kind.REFERRAL, by=by, state=referral.state)
    detail: dict[str, Any] = {
        "case": referral.case_id,
        "to": referral.to_id,
        "state": referral.state,
        "reason": referral.reason,
    }
    journal.write(verb, referral, by=by, person_id=referral.case.person_id, **detail)


def _subject(referral: Referral) -> str:
    return f"referral:{referral.pk}"


def _place(referral: Referral) -> Aad:
    return Aad("cases.referral", referral.pk, "note_sealed")
