"""Takes complete files to the authority, lets it decide, and ends cases; for the demonstration's writer."""

from datetime import date, timedelta

from relais.barriers.models import Barrier
from relais.barriers.wording import counted_as
from relais.cases.assessing import digits_of
from relais.cases.models import Batch, Case, Dossier
from relais.cases.rules import batch_number
from relais.journal.services import Line
from relais.packs.services.demo.lived import Lived, Stage


def hand_over(stage: Stage, start: date, end: date) -> date:
    """Take complete files to the authority, one batch a day of handing over; gives the day up to which it has decided.

    A file that comes back and goes over again within these days is decided in between.
    """
    due: dict[date, list[Lived]] = {}
    for lived in stage.people:
        for day in lived.life.handed_on:
            if start <= day < end:
                due.setdefault(day, []).append(lived)
    for day in sorted(due):
        if any(lived.dossiers and lived.dossiers[-1].state == Dossier.State.HANDED for lived in due[day]):
            decide(stage, start, day)
            start = day
        at = stage.instant(day)
        number = batch_number(day.year, stage.batches.get(day.year, 0))
        stage.batches[day.year] = stage.batches.get(day.year, 0) + 1
        clerk = stage.cast.personas["authority"]
        batch = Batch.objects.create(
            organisation=stage.association,
            authority=stage.authority,
            procedure=stage.procedure,
            number=number,
            handed_on=day,
            handed_at=at,
            handed_by=stage.cast.personas["coordinator"],
            received_at=at + timedelta(hours=3),
            received_by=clerk,
        )
        for lived in due[day]:
            lived.dossiers.append(
                Dossier(
                    case=lived.case,
                    batch=batch,
                    organisation=stage.association,
                    authority=stage.authority,
                    consent=lived.consent,
                )
            )
        Dossier.objects.bulk_create(lived.dossiers[-1] for lived in due[day])
        stage.lines.append(Line("batch.handed", batch, batch.handed_by, at, detail={"dossiers": len(due[day])}))
    return start


def decide(stage: Stage, start: date, end: date) -> None:
    """Let the authority accept, or give back with a reason; what comes back is heard as a barrier."""
    clerk, decided, heard = stage.cast.personas["authority"], [], []
    for lived in stage.people:
        life = lived.life
        for day, state in ((life.returned_on, Dossier.State.RETURNED), (life.granted_on, Dossier.State.ACCEPTED)):
            if not start <= day < end:
                continue
            dossier = lived.dossiers[-1]
            dossier.state, dossier.decided_on, dossier.decided_at = state, day, stage.instant(day)
            dossier.decided_by = clerk
            if state is Dossier.State.RETURNED:
                dossier.reason = life.return_reason
                heard.append(_returned(stage, lived, dossier, day))
            else:
                end_case(stage, lived, day, Case.Outcome.GRANTED)
            decided.append(dossier)
            verb = "dossier.returned" if state is Dossier.State.RETURNED else "dossier.accepted"
            stage.note(verb, dossier, at=dossier.decided_at, actor=clerk, lived=lived, reason=dossier.reason)
    fields = ["state", "reason", "decided_on", "decided_at", "decided_by"]
    Dossier.objects.bulk_update(decided, fields, batch_size=200)
    Barrier.objects.bulk_create(heard)


def _returned(stage: Stage, lived: Lived, dossier: Dossier, day: date) -> Barrier:
    at, by = stage.instant(day), lived.case.companion
    coded = {"reason": str(dossier.reason), "requirement": None}
    return Barrier(
        programme=stage.programme,
        organisation=stage.association,
        kind=Barrier.Kind.RETURNED,
        case=lived.case,
        dossier=dossier,
        procedure=stage.procedure,
        territory=lived.person.territory,
        headline=counted_as(coded),
        coded=coded,
        observed_on=day,
        recorded_at=at,
        recorded_by=by,
        author=by,
        approved_at=at,
        approved_how=Barrier.Approval.CODED,
        shared_at=at,
        shared_by=stage.cast.personas["coordinator"],
    )


def close(stage: Stage, start: date, end: date) -> None:
    """End the cases of people who left, and of those who became citizens."""
    for lived in stage.people:
        if start <= lived.life.gone_on < end and lived.case.closed_at is None:
            end_case(stage, lived, lived.life.gone_on, lived.life.gone_how)
    closed = [lived.case for lived in stage.people if lived.case.closed_on and start <= lived.case.closed_on < end]
    known = digits_of(case.pk for case in closed)
    for case in closed:
        case.known = known[case.pk]
    fields = ["closed_at", "closed_by", "closed_on", "outcome", "standing", "known", "changed_at"]
    Case.objects.bulk_update(closed, fields, batch_size=200)


def end_case(stage: Stage, lived: Lived, day: date, outcome: str) -> None:
    """Put the end of a case on its row."""
    case, at = lived.case, stage.instant(day)
    case.closed_at = case.changed_at = at
    case.closed_by, case.closed_on, case.outcome = case.companion, day, outcome
    case.standing = "passes" if outcome == Case.Outcome.GRANTED else case.standing
    stage.note("case.closed", case, at=at, actor=case.companion, lived=lived, outcome=outcome)
