"""Asking the people concerned before a decision, and gathering what they answer."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.deidentify import find_identifying
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import Organisation
from relais.procedures.models import ProcedureVersion
from relais.programmes.models import Programme
from relais.roundtables.models import Consultation, ConsultationAnswer
from relais.roundtables.services.acting import acting_for

MOST_PEOPLE = 1000
"""More people than one volunteer can have spoken with: a slip of the finger."""


@transaction.atomic
def ask_consultation(
    *,
    programme: Programme,
    question: str,
    asked_of: str,
    opens_on: date,
    closes_on: date,
    by: User,
    version: ProcedureVersion | None = None,
    organisation: Organisation | None = None,
    id: UUID | None = None,
) -> Consultation:
    """Ask the people concerned something before it is decided; said twice with one id, it is asked once."""
    require(by, Verb.CONSULTATION_ASK, programme)
    asking = acting_for(by=by, verb=Verb.CONSULTATION_ASK, programme=programme, named=organisation)
    id = id or uuid7()
    asked: Consultation | None = sent_before(Consultation, id, programme=programme)
    if asked is not None:
        return asked
    if closes_on < opens_on:
        raise Refusal(_("It would close before it opens."), next=_("Choose a later closing day."))
    if version is not None:
        require(by, Verb.PROCEDURE_READ, version)
        _refuse_no_draft(version, programme)
    consultation = Consultation.objects.create(
        id=id,
        programme=programme,
        organisation=asking,
        version=version,
        question=question.strip(),
        asked_of=asked_of.strip(),
        opens_on=opens_on,
        closes_on=closes_on,
        asked_by=by,
        asked_at=clock.now(),
    )
    journal.write("consultation.asked", consultation, by=by, version=version.pk if version else None)
    return consultation


def _refuse_no_draft(version: ProcedureVersion, programme: Programme) -> None:
    if version.procedure.programme_id != programme.pk:
        raise Refusal(_("This draft belongs to another programme."))
    if version.state != ProcedureVersion.State.DRAFT:
        raise Refusal(
            _("This version is no longer a draft."),
            why=_("People are asked before a decision, not after it."),
            next=_("Draft a change, and ask about that."),
        )
    if version.shared_at is None:
        raise Refusal(
            _("This draft is not shared with the partners yet."),
            next=_("Share it first: whoever takes the question to people must be able to read it."),
        )


@transaction.atomic
def answer_consultation(
    *,
    consultation: Consultation,
    choice: str,
    by: User,
    people_count: int = 1,
    reasons: str = "",
    organisation: Organisation | None = None,
    id: UUID | None = None,
) -> ConsultationAnswer:
    """Bring back what people answered and why; sent twice with one id, it counts once.

    Phones are offline for days: answers count until a decision says what became of them, also after the closing day.
    """
    require(by, Verb.CONSULTATION_ANSWER, consultation)
    programme = consultation.programme
    gathered_for = acting_for(by=by, verb=Verb.CONSULTATION_ANSWER, programme=programme, named=organisation)
    id = id or uuid7()
    given: ConsultationAnswer | None = sent_before(ConsultationAnswer, id, consultation=consultation)
    if given is not None:
        return given
    if choice not in ConsultationAnswer.Choice.values:
        raise Refusal(_("Say whether it would help, worries them, or would not help."))
    if not 1 <= people_count <= MOST_PEOPLE:
        raise Refusal(
            _("Between 1 and %(most)s people can answer at once.") % {"most": MOST_PEOPLE},
            next=_("Enter those you spoke with; others enter theirs."),
        )
    if choice != ConsultationAnswer.Choice.FOR and not reasons.strip():
        raise Refusal(_("Say what worries them, in their words."), why=_("The table must be able to answer it."))
    if find_identifying(reasons, ()):
        raise Refusal(
            _("The reason holds something by which a person could be known."),
            why=_("What is shared is read by people outside your organisation."),
            next=_("Say what stands in the way, without a name, a number or a date."),
        )
    _refuse_too_early_or_late(consultation)
    answer = ConsultationAnswer.objects.create(
        id=id,
        consultation=consultation,
        organisation=gathered_for,
        choice=choice,
        people_count=people_count,
        reasons=reasons.strip(),
        gathered_by=by,
        gathered_at=clock.now(),
    )
    journal.write("consultation.answered", answer, by=by, consultation=consultation.pk, people=people_count)
    return answer


def _refuse_too_early_or_late(consultation: Consultation) -> None:
    if clock.today(consultation.programme.time_zone) < consultation.opens_on:
        raise Refusal(_("This question is not open yet."), next=_("Ask people from the day it opens."))
    if consultation.decisions.exists():
        raise Refusal(
            _("This question is closed."),
            why=_("The table decided, and said what became of the answers."),
            next=_("Record what people say as a concern, so that the table hears it."),
        )
