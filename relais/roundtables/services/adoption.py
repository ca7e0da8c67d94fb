"""Putting an adopted draft in force: the rule changes, open cases follow, and everyone concerned learns what it did."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.models import Barrier
from relais.cases.index.roll import read_roll
from relais.cases.models import Case
from relais.cases.services.reassessing import Moved, reassess_cases
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.procedures.assess import Standing
from relais.procedures.models import ProcedureVersion
from relais.procedures.services import adopt_version
from relais.roundtables.models import Decision, Notice
from relais.roundtables.services.decisions import answer_reporters
from relais.roundtables.services.freezing import freeze
from relais.roundtables.services.notices import tell


@transaction.atomic
def adopt_draft(*, decision: Decision, by: User, from_day: date | None = None) -> ProcedureVersion:
    """Put the draft a decision adopted in force; only the authority that answers for the service may.

    What the replay foretells that day is kept with the cases it is about. The version before it retires, open cases are
    assessed again under the new one, companions learn what changed for whom, and each who reported one of the barriers it
    answers is told.
    """
    version = decision.version
    if version is None or decision.outcome != Decision.Outcome.ADOPTED:
        raise Refusal(
            _("There is no draft to put in force here."), why=_("This decision did not adopt one."),
            next=_("Decide on the draft first, with reasons."),
        )  # fmt: skip
    held: ProcedureVersion = ProcedureVersion.objects.select_for_update().get(pk=version.pk)
    if held.state != ProcedureVersion.State.DRAFT:
        return held
    require(by, Verb.PROCEDURE_ADOPT, held)
    today = clock.today(decision.programme.time_zone)
    from_day = from_day or today
    if from_day > today:
        raise Refusal(
            _("This day is still to come."),
            why=_("People go through the version in force: it changes on the day it changes, not before."),
            next=_("Come back on that day; a commitment reminds you."),
        )
    roll = read_roll(Case.objects.counted(held.procedure_id), held.procedure_id, today)
    freeze(decision=decision, version=held, on=today, roll=roll)
    adopt_version(version=held, by=by, from_day=from_day)
    moved = reassess_cases(version=held, by=by, roll=roll)
    _tell_companions(decision, moved, by)
    solved = [each for each in decision.barriers.select_related("author") if each.state == Barrier.State.TAKEN_UP]
    answer = f"{decision.title}. {decision.reasons}"
    answer_reporters(
        decision=decision, barriers=solved, state=Barrier.State.SOLVED, answer=answer, by=by, in_force_from=from_day
    )
    journal.write("draft.adopted", decision, by=by, version=held.pk, cases=moved.cases, barriers=len(solved))
    return held


def _tell_companions(decision: Decision, moved: Moved, by: User) -> None:
    """Tell each companion how many of their people go on, and how many are newly stopped."""
    for companion in User.objects.filter(pk__in=list(moved.became)):
        ways = moved.became[companion.pk]
        tell(
            users=[companion],
            programme=decision.programme,
            kind=Notice.Kind.IN_FORCE,
            about=decision.pk,
            link=decision.get_absolute_url(),
            but=by,
            name=decision.title,
            people=ways.total(),
            better=sum(cases for way, cases in ways.items() if _goes_on(way)),
            worse=sum(cases for (before, after), cases in ways.items() if _goes_on((after, before))),
        )


def _goes_on(way: tuple[str, str]) -> bool:
    """Say whether a case that was stopped is stopped no more."""
    before, after = way
    return before == Standing.BLOCKED.value != after
