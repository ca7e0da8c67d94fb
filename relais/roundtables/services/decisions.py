"""What the table decides and why, and putting an adopted draft in force."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.models import Barrier
from relais.barriers.services import answer_barrier
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import Organisation
from relais.procedures.models import ProcedureVersion
from relais.roundtables.models import AgendaItem, Consultation, ConsultationAnswer, Decision, Meeting, Notice
from relais.roundtables.replays import DraftReplay
from relais.roundtables.services.acting import acting_for
from relais.roundtables.services.notices import tell

BECAME = {
    Decision.Outcome.ADOPTED: Barrier.State.TAKEN_UP,
    Decision.Outcome.DECLINED: Barrier.State.DECLINED,
    Decision.Outcome.POSTPONED: Barrier.State.ON_TABLE,
}
LONGEST_ANSWER = 1000


@transaction.atomic
def decide(
    *,
    meeting: Meeting,
    title: str,
    outcome: str,
    reasons: str,
    by: User,
    organisation: Organisation | None = None,
    agenda_item: AgendaItem | None = None,
    version: ProcedureVersion | None = None,
    consultation: Consultation | None = None,
    what_became_of_answers: str = "",
    barriers: Iterable[Barrier] = (),
    decided_on: date | None = None,
    id: UUID | None = None,
) -> Decision:
    """Write down what was decided and why, and answer everyone who reported what it is about.

    Said twice with one id, it is one decision. Adopting a draft keeps what the replay foretold that day.
    """
    require(by, Verb.TABLE_DECIDE, meeting)
    deciding = acting_for(by=by, verb=Verb.TABLE_DECIDE, programme=meeting.programme, named=organisation)
    id = id or uuid7()
    made: Decision | None = sent_before(Decision, id, meeting=meeting)
    if made is not None:
        return made
    if outcome not in Decision.Outcome.values:
        raise Refusal(_("Say whether it is adopted, declined or postponed."))
    if not reasons.strip():
        raise Refusal(_("A decision needs its reasons."), why=_("Everyone who reported this will read them."))
    if version is not None:
        _refuse_what_cannot_be_decided(version, meeting, by)
    answers = what_became_of_answers.strip()
    _refuse_unheard_answers(version, consultation, meeting, answers)
    adopted = outcome == Decision.Outcome.ADOPTED
    decision = Decision.objects.create(
        id=id,
        programme=meeting.programme,
        organisation=deciding,
        meeting=meeting,
        agenda_item=agenda_item if agenda_item and agenda_item.meeting_id == meeting.pk else None,
        title=title.strip(),
        outcome=outcome,
        reasons=reasons.strip(),
        version=version,
        consultation=consultation,
        what_became_of_answers=answers,
        prediction=DraftReplay(version).forecast.as_data() if version is not None and adopted else None,
        decided_on=decided_on or clock.today(meeting.time_zone),
        decided_at=clock.now(),
        decided_by=by,
    )
    about = _barriers_of(barriers, agenda_item)
    decision.barriers.set(about)
    answer = f"{decision.title}. {decision.reasons}"
    answer_reporters(decision=decision, barriers=about, state=BECAME[Decision.Outcome(outcome)], answer=answer, by=by)
    journal.write("decision.made", decision, by=by, outcome=outcome, barriers=len(about))
    return decision


def _refuse_what_cannot_be_decided(version: ProcedureVersion, meeting: Meeting, by: User) -> None:
    require(by, Verb.PROCEDURE_READ, version)
    if version.procedure.programme_id != meeting.programme_id:
        raise Refusal(_("This draft belongs to another programme."))
    if version.state != ProcedureVersion.State.DRAFT:
        raise Refusal(_("This version is no longer a draft: it was already decided."))
    if version.shared_at is None:
        raise Refusal(
            _("This draft is not shared with the partners yet."),
            why=_("Nobody decides on what the others could not read."),
            next=_("Share it, and decide at this or the next table."),
        )


def _refuse_unheard_answers(
    version: ProcedureVersion | None, consultation: Consultation | None, meeting: Meeting, answers: str
) -> None:
    """Refuse a decision that is silent about people who were asked and answered."""
    if consultation is not None and consultation.programme_id != meeting.programme_id:
        raise Refusal(_("This consultation belongs to another programme."))
    if version is not None and consultation is None:
        heard = ConsultationAnswer.objects.filter(consultation__version=version)
        if heard.exists():
            raise Refusal(
                _("People were asked about this draft, and answered."),
                next=_("Choose the consultation, and say what became of the answers."),
            )
    if consultation is not None and not answers:
        raise Refusal(
            _("Say what became of the answers."), why=_("People were asked: they must learn what their answer did.")
        )


def _barriers_of(barriers: Iterable[Barrier], item: AgendaItem | None) -> list[Barrier]:
    """Give what a decision is about: what was named, and everything shared that says the same as its agenda item."""
    found = {barrier.pk: barrier for barrier in barriers}
    for barrier in barriers_behind(item=item) if item else ():
        found.setdefault(barrier.pk, barrier)
    return list(found.values())


def barriers_behind(*, item: AgendaItem) -> Iterable[Barrier]:
    """Give everything shared with the table that an agenda item speaks of, nothing where it speaks of something else."""
    shared = Barrier.objects.shared().filter(programme=item.meeting.programme_id)
    if item.barrier_group_id:
        return shared.filter(group=item.barrier_group_id)
    if item.barrier:
        return shared.saying_like(item.barrier.group_id, item.barrier.headline)
    if item.requirement:
        version = item.requirement.step.version
        return shared.filter(procedure=version.procedure_id, requirement__key=item.requirement.key)
    return shared.none()


def answer_reporters(
    *,
    decision: Decision,
    barriers: Iterable[Barrier],
    state: str,
    answer: str,
    by: User,
    in_force_from: date | None = None,
) -> None:
    """Answer barriers with a decision, and tell each who reported one where to read it."""
    authors: dict[User, list[Barrier]] = {}
    for barrier in barriers:
        answer_barrier(barrier=barrier, state=state, answer=answer[:LONGEST_ANSWER], by=by, in_force_from=in_force_from)
        authors.setdefault(barrier.author, []).append(barrier)
    for author, own in authors.items():
        tell(
            users=[author],
            programme=decision.programme,
            kind=Notice.Kind.BARRIER_ANSWERED,
            about=decision.pk,
            link=decision.get_absolute_url(),
            but=by,
            count=len(own),
            headline=own[0].headline,
            coded=own[0].coded,
            state=state,
        )
