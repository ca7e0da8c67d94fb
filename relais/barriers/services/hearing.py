"""Recording what was heard, and its author standing behind it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import OutOfReach, organisations_where, require
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers import sealing
from relais.barriers.models import Barrier
from relais.barriers.rules import MOST_PEOPLE
from relais.barriers.services.originals import as_first_told
from relais.barriers.telling import is_inside
from relais.cases.models import Case
from relais.journal import services as journal
from relais.kernel import clock, sounds
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict, Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import Organisation
from relais.places.models import Territory
from relais.procedures.models import EvidenceType, Procedure, Requirement, Step
from relais.programmes.models import Partner, Programme


@transaction.atomic
def record_barrier(
    *,
    kind: str,
    headline: str,
    by: User,
    case: Case | None = None,
    programme: Programme | None = None,
    organisation: Organisation | None = None,
    procedure: Procedure | None = None,
    step: Step | None = None,
    requirement: Requirement | None = None,
    evidence_type: EvidenceType | None = None,
    territory: Territory | None = None,
    sort: str = Barrier.Sort.BARRIER,
    account: str = "",
    effect: str = "",
    would_help: str = "",
    people_count: int = 1,
    language: str = "",
    observed_on: date | None = None,
    author: User | None = None,
    voice: bytes | None = None,
    id: UUID | None = None,
) -> Barrier:
    """Record what stopped or worried someone, from their case or on its own, in one's own name or for a companion.

    What is written for someone else waits for their approval. The same `id` with the same words can be sent again.
    """
    if case:
        require(by, Verb.BARRIER_RECORD, case)
        programme, organisation, procedure = case.programme, case.organisation, case.procedure
        territory = territory or case.person.territory
    if not programme or not organisation:
        raise Refusal(_("A barrier belongs to a programme and to the organisation that heard it; name both."))
    require(by, Verb.BARRIER_RECORD, organisation)
    require(by, Verb.BARRIER_RECORD, programme)
    if not Partner.objects.filter(programme=programme, organisation=organisation).exists():
        raise Refusal(_("This organisation does not take part in this programme."))
    step = step or (requirement.step if requirement else None)
    procedure = _one_procedure(procedure, step, requirement, evidence_type)
    author = author or _author_of(by, case, organisation)
    _check_author(by, author, organisation)
    observed_on = observed_on or clock.today(programme.time_zone)
    _check_length(voice)
    _check_words(headline, people_count, observed_on, clock.today(programme.time_zone))
    told = {
        "programme_id": programme.pk,
        "organisation_id": organisation.pk,
        "case_id": case.pk if case else None,
        "kind": kind,
        "sort": sort,
        "headline": headline.strip(),
        "account": account.strip(),
        "effect": effect.strip(),
        "would_help": would_help.strip(),
        "people_count": people_count,
        "observed_on": observed_on,
        "author_id": author.pk,
        "recorded_by_id": by.pk,
    }
    if known := sent_before(Barrier, id):
        return _same(known, told)
    at_once = author == by
    barrier = Barrier(
        id=id or uuid7(),
        **told,
        procedure=procedure,
        step=step,
        requirement=requirement,
        evidence_type=evidence_type,
        territory=territory,
        language=language,
        recorded_at=clock.now(),
        approved_at=clock.now() if at_once else None,
        approved_how=Barrier.Approval.TAP if at_once else "",
    )
    if voice:
        barrier.voice_sealed = sealing.seal(barrier, "voice_sealed", sounds.cleaned(voice))
    barrier.save(force_insert=True)
    journal.write(
        "barrier.recorded",
        barrier,
        by=by,
        person_id=case.person_id if case else None,
        kind=kind,
        sort=sort,
        for_someone_else=not at_once,
    )
    return barrier


@transaction.atomic
def approve_barrier(*, barrier: Barrier, by: User, voice: bytes | None = None) -> Barrier:
    """Its author stands behind what was written in their name, by a tap or by saying so; twice is as good as once."""
    require(by, Verb.BARRIER_APPROVE, barrier)
    barrier = Barrier.objects.select_for_update().get(pk=barrier.pk)
    if barrier.approved_at:
        return barrier
    _check_length(voice)
    barrier.approved_at = clock.now()
    barrier.approved_how = Barrier.Approval.VOICE if voice else Barrier.Approval.TAP
    if voice:
        barrier.approval_sealed = sealing.seal(barrier, "approval_sealed", sounds.cleaned(voice))
    barrier.save(update_fields=["approved_at", "approved_how", "approval_sealed"])
    journal.write("barrier.approved", barrier, by=by, how=barrier.approved_how)
    return barrier


@transaction.atomic
def hear_voice(*, barrier: Barrier, by: User) -> bytes:
    """Open the voice note for those inside the organisation, and write down who listened."""
    require(by, Verb.BARRIER_READ, barrier)
    if barrier.voice_sealed is None or not is_inside(by, barrier):
        raise OutOfReach(_("There is no voice note here."))
    sound = sealing.unseal(barrier, "voice_sealed")
    journal.write("barrier.voice_heard", barrier, by=by, person_id=barrier.case.person_id if barrier.case else None)
    return sound


def _one_procedure(
    procedure: Procedure | None, step: Step | None, requirement: Requirement | None, evidence: EvidenceType | None
) -> Procedure | None:
    """Give the procedure all of these belong to, or refuse."""
    if step and requirement and requirement.step_id != step.pk:
        raise Refusal(_("This requirement belongs to another step; pick one of this step."))
    named = [procedure, step and step.version.procedure, evidence and evidence.procedure]
    procedures = {one.pk: one for one in named if one}
    if len(procedures) > 1:
        raise Refusal(_("This step or paper belongs to another procedure; pick one of this procedure."))
    return next(iter(procedures.values()), None)


def _author_of(by: User, case: Case | None, organisation: Organisation) -> User:
    """Take who speaks for the author, unless they only write for others: then the companion of the case."""
    if organisation.pk in organisations_where(by, Verb.BARRIER_APPROVE):
        return by
    if case:
        return case.companion
    raise Refusal(
        _("Say which companion told you this."),
        why=_("You write for companions; each stays the author of what they heard, and approves it."),
    )


def _check_author(by: User, author: User, organisation: Organisation) -> None:
    if author != by and organisation.pk not in organisations_where(
        by, Verb.BARRIER_RECORD, Role.RELAY, Role.COORDINATOR
    ):
        raise Refusal(_("Only a relay or a coordinator writes in the name of someone else."))
    if organisation.pk not in organisations_where(author, Verb.BARRIER_APPROVE):
        raise Refusal(
            _("The author must be a companion of this organisation."),
            why=_("Someone has to stand behind what is written here."),
        )


def _check_words(headline: str, people_count: int, observed_on: date, today: date) -> None:
    if not headline.strip():
        raise Refusal(_("Say in a few words what stands in the way."))
    if observed_on > today:
        raise Refusal(_("This day has not come yet."), next=_("Write the day on which it happened."))
    if not 1 <= people_count <= MOST_PEOPLE:
        raise Refusal(_("Write how many people it stops: at least one, at most %(most)d.") % {"most": MOST_PEOPLE})


def _check_length(voice: bytes | None) -> None:
    if voice and len(voice) > sounds.LARGEST:
        raise Refusal(_("This recording is too long; tell it in under ten minutes."))


def _same(known: Barrier, told: dict[str, Any]) -> Barrier:
    """Give the row that was sent before, or refuse what only shares its identifier."""
    # A coordinator may since have taken a name out of the words: what was sent compares to what was first told.
    first = as_first_told(known)
    if all(first.get(name, getattr(known, name)) == value for name, value in told.items()):
        return known
    raise Conflict(
        _("Something else was already recorded under this identifier."),
        next=_("Open the page again and record it anew; what you typed is still in the form."),
    )
