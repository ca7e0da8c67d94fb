"""What is learnt and done on the way: proofs, steps, visits; entered when someone gets to it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases.models import Case, CaseEvidence, CaseStep, Visit
from relais.cases.services.opening import refuse_future
from relais.cases.services.revisions import lock_case, note_change, refuse_closed
from relais.cases.services.standing import place_case
from relais.journal import services as journal
from relais.kernel import clock, sounds
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.kernel.vault import Aad, seal, unseal
from relais.people.keys import key_of
from relais.procedures.models import EvidenceType, Step


@transaction.atomic
def set_evidence(
    *,
    case: Case,
    evidence_type: EvidenceType,
    state: int,
    by: User,
    why: str = "",
    happened_on: date | None = None,
    revision: int | None = None,
) -> CaseEvidence:
    """Say that the person holds a proof, cannot get it and why, or that nobody knows; older news never hides newer."""
    require(by, Verb.CASE_WORK, case)
    known = CaseEvidence.objects.filter(case=case, evidence_type=evidence_type).first()
    if known and (known.state, known.why) == (state, why) and happened_on in (None, known.happened_on):
        return known
    case = lock_case(case=case, revision=revision, touching=f"evidence:{evidence_type.key}")
    refuse_closed(case=case)
    _check_evidence(case, evidence_type, state, why)
    day = happened_on or clock.today(case.programme.time_zone)
    refuse_future(day=day)
    known = CaseEvidence.objects.filter(case=case, evidence_type=evidence_type).first()
    detail: dict[str, Any] = {"evidence": evidence_type.key, "state": int(state), "why": why, "on": day}
    if known and known.happened_on > day:
        journal.write("case.evidence_told_late", case, by=by, person_id=case.person_id, **detail)
        return known
    row = known or CaseEvidence(case=case, evidence_type=evidence_type)
    row.state, row.why, row.happened_on = state, why, day
    row.entered_at, row.entered_by = clock.now(), by
    row.save()
    place_case(case=case)
    note_change(case=case, by=by, verb="case.evidence_set", touches=f"evidence:{evidence_type.key}", **detail)
    return row


def _check_evidence(case: Case, evidence_type: EvidenceType, state: int, why: str) -> None:
    if evidence_type.procedure_id != case.procedure_id:
        raise Refusal(_("This proof belongs to another procedure."), next=_("Choose one the case asks for."))
    if state == CaseEvidence.State.CANNOT_GET and not why:
        raise Refusal(_("Say what stands in the way of this proof."), next=_("Choose the reason that comes closest."))
    if state != CaseEvidence.State.CANNOT_GET and why:
        raise Refusal(_("A reason is only kept for a proof that cannot be had."))


@transaction.atomic
def complete_step(*, case: Case, step: Step, done_on: date, by: User, revision: int | None = None) -> CaseStep:
    """Mark a step of the version as done, on the day it was."""
    require(by, Verb.CASE_WORK, case)
    done = CaseStep.objects.filter(case=case, step__key=step.key).first()
    if done and done.done_on == done_on:
        return done
    case = lock_case(case=case, revision=revision, touching=f"step:{step.key}")
    refuse_closed(case=case)
    refuse_future(day=done_on)
    if step.version_id != case.version_id:
        raise Refusal(_("This step belongs to another version of the procedure."), next=_("Look at the case again."))
    row = done or CaseStep(case=case, step=step)
    row.done_on, row.entered_at, row.entered_by = done_on, clock.now(), by
    row.save()
    note_change(case=case, by=by, verb="case.step_done", touches=f"step:{step.key}", step=step.key, on=done_on)
    return row


@transaction.atomic
def undo_step(*, case: Case, step: Step, by: User, revision: int | None = None) -> None:
    """Take back a step marked as done by mistake."""
    require(by, Verb.CASE_WORK, case)
    case = lock_case(case=case, revision=revision, touching=f"step:{step.key}")
    refuse_closed(case=case)
    gone, _kinds = CaseStep.objects.filter(case=case, step__key=step.key).delete()
    if gone:
        note_change(case=case, by=by, verb="case.step_undone", touches=f"step:{step.key}", step=step.key)


@transaction.atomic
def note_visit(
    *,
    case: Case,
    happened_on: date,
    by: User,
    words: str = "",
    voice: bytes = b"",
    minutes: int | None = None,
    visited_by: User | None = None,
    id: UUID | None = None,
) -> Visit:
    """Note a time with the person, in words or by voice, sealed under their key; also weeks later, also after the end."""
    require(by, Verb.CASE_WORK, case)
    if noted := sent_before(Visit, id, case=case):
        return noted
    if not (words.strip() or voice or minutes):
        raise Refusal(_("Write a word, speak one, or say how long it took."))
    if len(voice) > sounds.LARGEST:
        raise Refusal(_("The recording is too long."), next=_("Keep it under three minutes."))
    refuse_future(day=happened_on)
    case = lock_case(case=case)
    visit = Visit(id=id or uuid7(), case=case, happened_on=happened_on, minutes=minutes, by=visited_by or by)
    visit.entered_at, visit.entered_by = clock.now(), by
    key = key_of(case.person) if words.strip() or voice else b""
    visit.sealed = seal(key, words.strip().encode(), _place(visit, "sealed")) if words.strip() else None
    visit.voice_sealed = seal(key, sounds.cleaned(voice), _place(visit, "voice_sealed")) if voice else None
    visit.save(force_insert=True)
    note_change(case=case, by=by, verb="case.visited", touches=f"visit:{visit.pk}", visit=visit.pk, on=happened_on)
    return visit


@transaction.atomic
def hear_visit(*, visit: Visit, by: User) -> bytes:
    """Open the voice note of a visit, and write down that it was heard."""
    require(by, Verb.CASE_READ, visit.case)
    if visit.voice_sealed is None:
        raise Refusal(_("Nothing was spoken at this visit."))
    spoken = unseal(key_of(visit.case.person), bytes(visit.voice_sealed), _place(visit, "voice_sealed"))
    journal.write("case.visit_heard", visit.case, by=by, person_id=visit.case.person_id, visit=visit.pk)
    return spoken


def _place(visit: Visit, field: str) -> Aad:
    return Aad("cases.visit", visit.pk, field)
