"""A case begins, changes hands, ends, and may go on."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from relais.access.lock import organisations_where, require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases.models import Case, Dossier, News
from relais.cases.rules import may_still_reopen
from relais.cases.services.news import tell
from relais.cases.services.revisions import lock_case, note_change, refuse_closed
from relais.cases.services.standing import place_case
from relais.cases.who import word_of
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Conflict, Refusal
from relais.people.models import Person
from relais.procedures.gate import may_advise
from relais.procedures.models import Procedure, ProcedureVersion


@transaction.atomic
def open_case(
    *,
    person: Person,
    procedure: Procedure,
    opened_on: date,
    by: User,
    companion: User | None = None,
    id: UUID | None = None,
) -> Case:
    """Begin to accompany someone: who, through which procedure, since when; said twice with one id, it is one case."""
    # Whoever corrects or forgets the person meanwhile waits, and then finds the case.
    person = Person.objects.select_for_update(of=("self",)).select_related("territory").get(pk=person.pk)
    require(by, Verb.CASE_OPEN, person)
    if id is not None and (made := Case.objects.filter(pk=id).first()):
        return _again(made, person, procedure, opened_on)
    refuse_future(day=opened_on)
    if procedure.programme_id != person.programme_id:
        raise Refusal(
            _("This procedure belongs to another programme."), next=_("Choose one of the person's programme.")
        )
    version = _version_in_force(procedure)
    companion = companion or by
    refuse_untrained(adviser=companion, version=version)
    _refuse_stranger(companion, person)
    now = clock.now()
    case = Case(
        id=id or uuid7(),
        person=person,
        programme_id=procedure.programme_id,
        organisation_id=person.organisation_id,
        procedure=procedure,
        version=version,
        companion=companion,
        opened_on=opened_on,
        opened_at=now,
        opened_by=by,
        changed_at=now,
        who=word_of(person),
    )
    place_case(case=case)
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:
        return _at_the_same_time(case)
    tell(to=companion, case=case, kind=News.Kind.YOURS, by=by)
    detail: dict[str, Any] = {
        "procedure": procedure.key,
        "version": version.number,
        "companion": companion.pk,
        "opened_on": opened_on,
    }
    journal.write("case.opened", case, by=by, person_id=person.pk, **detail)
    return case


@transaction.atomic
def hand_over_case(*, case: Case, to: User, by: User, revision: int | None = None) -> Case:
    """Give a case to another volunteer who is trained on its version; both are told."""
    require(by, Verb.CASE_HAND_OVER, case)
    case = lock_case(case=case, revision=revision, touching="companion")
    if case.companion_id == to.pk:
        return case
    refuse_closed(case=case)
    refuse_untrained(adviser=to, version=case.version)
    _refuse_stranger(to, case.person)
    before, case.companion = case.companion, to
    note_change(case=case, by=by, verb="case.handed_over", touches="companion", before=before.pk, after=to.pk)
    tell(to=to, case=case, kind=News.Kind.YOURS, by=by)
    tell(to=before, case=case, kind=News.Kind.NOT_YOURS, by=by)
    return case


@transaction.atomic
def close_case(
    *, case: Case, outcome: str, closed_on: date, by: User, reason: str = "", revision: int | None = None
) -> Case:
    """End a case with what came of it and why; it may have ended days ago."""
    require(by, Verb.CASE_CLOSE, case)
    case = lock_case(case=case, revision=revision)
    if case.closed_at is not None and (case.outcome, case.closed_on) == (outcome, closed_on):
        return case
    refuse_closed(case=case)
    refuse_future(day=closed_on)
    if closed_on < case.opened_on:
        raise Refusal(_("The case cannot end before it began."), next=_("Enter a later day."))
    if Dossier.objects.filter(case=case).waiting().exists():
        raise Refusal(
            _("An authority still has this dossier."), next=_("Wait for its decision, or take the dossier back first.")
        )
    return end_case(case=case, outcome=outcome, closed_on=closed_on, by=by, reason=reason)


def end_case(*, case: Case, outcome: str, closed_on: date, by: User, reason: str = "") -> Case:
    """Write the end of a case that the caller holds locked and may end."""
    case.closed_at, case.closed_by, case.closed_on = clock.now(), by, closed_on
    case.outcome, case.outcome_reason = outcome, reason
    note_change(case=case, by=by, verb="case.closed", outcome=outcome, reason=reason, on=closed_on)
    return case


@transaction.atomic
def reopen_case(*, case: Case, by: User, revision: int | None = None) -> Case:
    """Take a case up again that was closed too early, in the version in force today."""
    require(by, Verb.CASE_CLOSE, case)
    case = lock_case(case=case, revision=revision)
    if case.closed_on is None:
        return case
    if not may_still_reopen(case.closed_on, clock.today(case.programme.time_zone)):
        raise Refusal(_("This case ended more than a year ago."), next=_("Open a new case for the person."))
    if Case.objects.open().filter(person=case.person_id, procedure=case.procedure_id).exists():
        raise Refusal(_("The person has another open case in this procedure."), next=_("Go on with that one."))
    if Dossier.objects.filter(case=case, state=Dossier.State.ACCEPTED).exists():
        raise Refusal(_("The authority accepted this dossier; the case stays closed."))
    case.closed_at = case.closed_by = case.closed_on = None
    case.outcome = case.outcome_reason = ""
    case.version = _version_in_force(case.procedure)
    place_case(case=case)
    note_change(case=case, by=by, verb="case.reopened", version=case.version.number)
    return case


def refuse_future(*, day: date) -> None:
    """Refuse a day that has not come; the day may already have begun further east."""
    if (day - clock.today()).days > 1:
        raise Refusal(_("This day has not come yet."), next=_("Enter the day it happened."))


def refuse_untrained(*, adviser: User, version: ProcedureVersion) -> None:
    """Refuse to let someone advise on a version they were not trained on."""
    if not may_advise(adviser, version, clock.today()):
        raise Refusal(
            _("%(who)s is not yet trained on this version of the procedure.") % {"who": adviser},
            why=_("Only volunteers trained on the version in force advise on it."),
            next=_("Take its short course under Training, or ask someone who has."),
        )


def _refuse_stranger(companion: User, person: Person) -> None:
    if person.organisation_id not in organisations_where(companion, Verb.CASE_WORK):
        raise Refusal(
            _("%(who)s does not accompany people in this organisation.") % {"who": companion},
            next=_("Choose one of its volunteers."),
        )


def _version_in_force(procedure: Procedure) -> ProcedureVersion:
    version: ProcedureVersion | None = ProcedureVersion.objects.filter(procedure=procedure).in_force().first()
    if version is None:
        raise Refusal(_("No version of this procedure is in force."), next=_("Choose another procedure."))
    return version


def _again(made: Case, person: Person, procedure: Procedure, opened_on: date) -> Case:
    """Answer what was answered the first time, if the same is said."""
    if (made.person_id, made.procedure_id, made.opened_on) != (person.pk, procedure.pk, opened_on):
        raise Conflict(_("This was sent before with other answers."), next=_("Start again from the person's page."))
    return made


def _at_the_same_time(case: Case) -> Case:
    """Someone was a moment faster: the same answer for the same case, a refusal for another one."""
    made = Case.objects.filter(pk=case.pk).first()
    if made is not None:
        return _again(made, case.person, case.procedure, case.opened_on)
    raise Refusal(
        _("This person already has an open case in this procedure."), next=_("Go on with it, from their page.")
    )
