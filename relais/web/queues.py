"""What waits for someone: one queue a kind of work, each counted through the same lock that opens its page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from relais.access.lock import Actor, may
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.models import Barrier
from relais.cases.models import Appointment, Case, Dossier, FollowUp, Referral
from relais.kernel import clock
from relais.kernel.counting import how_many
from relais.people.models import Complaint, Consent, DuplicatePair, Message, Person
from relais.roundtables.models import Commitment, Consultation, Decision
from relais.web.navigation import address

OFFICE_TAKES_LONG = timedelta(days=14)


@dataclass(frozen=True)
class Queue:
    """A kind of work: who has it, which rows, how it is said, and the page that does it."""

    verb: Verb
    rows: Callable[[Actor, date], Any]
    said: Any
    page: str
    icon: str
    query: str = ""
    note: Any = ""


@dataclass(frozen=True)
class Waiting:
    """So many of a kind of work wait, and where they are done."""

    count: int
    said: str
    href: str
    icon: str
    note: str


def _cases(actor: Actor) -> Any:
    return Case.objects.reachable_by(actor, Verb.CASE_WORK)


def _in_cases(model: Any, actor: Actor) -> Any:
    # Asked of the few that are due, one by one: the list of all open cases is long.
    return model.objects.filter(Exists(_cases(actor).open().filter(pk=OuterRef("case"))))


WORK = [
    Queue(
        Verb.DOSSIER_DECIDE,
        lambda actor, _today: Dossier.objects.reachable_by(actor, Verb.DOSSIER_DECIDE).waiting(),
        ngettext_lazy("dossier to decide", "dossiers to decide", "count"),
        "cases:dossiers",
        "dossier",
    ),
    Queue(
        Verb.PROCEDURE_ADOPT,
        lambda actor, _today: Decision.objects.reachable_by(actor, Verb.TABLE_READ).awaiting_force(),
        ngettext_lazy("adopted draft to put in force", "adopted drafts to put in force", "count"),
        "roundtables:decisions",
        "decision",
    ),
    Queue(
        Verb.CASE_WORK,
        lambda actor, _today: _cases(actor).came_back(),
        ngettext_lazy("dossier came back", "dossiers came back", "count"),
        "cases:list",
        "returned",
        "?standing=returned",
        _("The reason is on the case: put it right and hand it over again."),
    ),
    Queue(
        Verb.DOSSIER_SUBMIT,
        lambda actor, _today: Case.objects.reachable_by(actor, Verb.DOSSIER_SUBMIT).ready_to_hand(),
        ngettext_lazy("complete file to hand over", "complete files to hand over", "count"),
        "cases:hand_over",
        "dossier",
    ),
    Queue(
        Verb.BARRIER_APPROVE,
        lambda actor, _today: Barrier.objects.reachable_by(actor, Verb.BARRIER_APPROVE).to_approve(actor),
        ngettext_lazy("report written in your name to approve", "reports written in your name to approve", "count"),
        "barriers:approve",
        "report",
    ),
    Queue(
        Verb.BARRIER_SHARE,
        lambda actor, _today: Barrier.objects.reachable_by(actor, Verb.BARRIER_SHARE).to_share(),
        ngettext_lazy("barrier to bring to the table", "barriers to bring to the table", "count"),
        "barriers:share",
        "barrier",
        note=_("Read them once more for names before others see them."),
    ),
    Queue(
        Verb.REFERRAL_ANSWER,
        lambda actor, _today: Referral.objects.reachable_by(actor, Verb.REFERRAL_ANSWER).waiting(),
        ngettext_lazy("person referred to you", "people referred to you", "count"),
        "cases:referrals",
        "handover",
    ),
    Queue(
        Verb.MESSAGE_READ,
        lambda actor, _today: Message.objects.reachable_by(actor, Verb.MESSAGE_READ).waiting(),
        ngettext_lazy("message to read", "messages to read", "count"),
        "people:inbox",
        "message",
    ),
    Queue(
        Verb.CONSULTATION_ANSWER,
        lambda actor, today: Consultation.objects.reachable_by(actor, Verb.CONSULTATION_ANSWER).open_on(today),
        ngettext_lazy("question to ask the people concerned", "questions to ask the people concerned", "count"),
        "roundtables:consultations",
        "question",
    ),
    Queue(
        Verb.PERSON_MERGE,
        lambda actor, _today: DuplicatePair.objects.reachable_by(actor, Verb.PERSON_MERGE).to_look_at(),
        ngettext_lazy("pair that may be one person", "pairs that may be one person", "count"),
        "people:duplicates",
        "duplicate",
    ),
    Queue(
        Verb.CONSENT_CONFIRM,
        lambda actor, today: Consent.objects.reachable_by(actor, Verb.CONSENT_CONFIRM).to_confirm(today),
        ngettext_lazy("consent to confirm", "consents to confirm", "count"),
        "people:consents",
        "consent",
        note=_("They lapse by themselves when nobody asks the person."),
    ),
    Queue(
        Verb.PIN_UNLOCK,
        lambda actor, _today: Person.objects.reachable_by(actor, Verb.PIN_UNLOCK).with_locked_pin(),
        ngettext_lazy("locked PIN", "locked PINs", "count"),
        "people:list",
        "lock",
        "?show=locked",
    ),
    Queue(
        Verb.PERSON_FORGET,
        lambda actor, _today: Person.objects.reachable_by(actor, Verb.PERSON_FORGET).asking_to_be_forgotten(),
        ngettext_lazy("person asks to be forgotten", "people ask to be forgotten", "count"),
        "people:list",
        "erase",
        "?show=asked",
    ),
]

LATE = [
    Queue(
        Verb.COMPLAINT_ANSWER,
        lambda actor, today: (
            Complaint.objects.reachable_by(actor, Verb.COMPLAINT_ANSWER).open().filter(answer_due_on__lt=today)
        ),
        ngettext_lazy("complaint past its day", "complaints past their day", "count"),
        "people:complaints",
        "late",
    ),
    Queue(
        Verb.COMMITMENT_FULFIL,
        lambda actor, today: Commitment.objects.reachable_by(actor, Verb.COMMITMENT_FULFIL).overdue(today),
        ngettext_lazy("commitment past its day", "commitments past their day", "count"),
        "roundtables:commitments",
        "commitment",
    ),
    Queue(
        Verb.DOSSIER_READ,
        lambda actor, today: (
            Dossier.objects.reachable_by(actor, Verb.DOSSIER_READ).waiting().handed_before(today - OFFICE_TAKES_LONG)
        ),
        ngettext_lazy(
            "dossier waits for a decision for more than two weeks",
            "dossiers wait for a decision for more than two weeks",
            "count",
        ),
        "cases:dossiers",
        "waiting",
    ),
    Queue(
        Verb.CASE_WORK,
        lambda actor, today: _in_cases(FollowUp, actor).overdue(today),
        ngettext_lazy("follow-up past its day", "follow-ups past their day", "count"),
        "cases:follow_ups",
        "late",
    ),
    Queue(
        Verb.CASE_WORK,
        lambda actor, _today: _in_cases(Appointment, actor).to_tell(clock.now()),
        ngettext_lazy("appointment gone by: what became of it?", "appointments gone by: what became of them?", "count"),
        "cases:list",
        "appointment",
        "?appointment=to_tell",
    ),
]


def waiting(actor: User, today: date) -> tuple[list[Waiting], list[Waiting]]:
    """Give what is late and what waits for someone, asked in one question; only kinds of work that have something."""
    mine = [queue for queue in (*LATE, *WORK) if may(actor, queue.verb)]
    if not mine:
        return [], []
    asked = [how_many(queue.rows(actor, today)) for queue in mine]
    counts = User.objects.filter(pk=actor.pk).values_list(*asked).get()
    found = [(queue, count) for queue, count in zip(mine, counts, strict=True) if count]
    late = [_line(queue, count) for queue, count in found if queue in LATE]
    return late, [_line(queue, count) for queue, count in found if queue in WORK]


def _line(queue: Queue, count: int) -> Waiting:
    return Waiting(count, queue.said % {"count": count}, address(queue.page) + queue.query, queue.icon, queue.note)
