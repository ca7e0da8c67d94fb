"""Publishing figures: what was published stays until the change is large enough to tell of nobody. Taking the way of cases along."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from json import dumps as json_of
from json import loads as read_json
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.procedures.models import Procedure
from relais.programmes.models import Programme
from relais.programmes.services import settle_counts
from relais.reports.models import Released
from relais.reports.ocel import json, sqlite
from relais.reports.ocel.trace import Trace
from relais.reports.queries import Move, moves_of
from relais.reports.rules import next_published

WRITERS = {".sqlite": sqlite.write, ".json": json.write}


@transaction.atomic(savepoint=False)
def publish(*, programme: Programme, figures: Mapping[str, int | None]) -> dict[str, int | None]:
    """Give each figure as everyone reads it now, and keep what is published for the first time or anew.

    Whoever reads the page every day, or asks for it in another way, sees the same figure until at least as many people as
    the programme's threshold have changed it.
    """
    today = clock.today(programme.time_zone)
    known = {row.figure: row for row in Released.objects.filter(programme=programme, figure__in=figures)}
    shown, new, changed = {}, [], []
    for figure, value in figures.items():
        row = known.get(figure)
        if row is None:
            new.append(Released(programme=programme, figure=figure, value=value, released_on=today))
            shown[figure] = value
            continue
        shown[figure] = next_published(row.value, value, programme.threshold)
        if shown[figure] != row.value:
            row.value, row.released_on = shown[figure], today
            changed.append(row)
    # Two who open the page at once publish the same figures: the second finds them there.
    Released.objects.bulk_create(new, ignore_conflicts=True)
    Released.objects.bulk_update(changed, ["value", "released_on"])
    return shown


def settled_moves(*, procedure: Procedure, by: str = "", version: UUID | None = None) -> tuple[list[Move], date]:
    """Give the moves of a procedure as they were last let out, and when: they hold still until enough people moved.

    Who is still somewhere waits longer each day; kept is since when, so that a day that goes by is no change.
    """
    counts, today = Counter[str](), clock.today(procedure.programme.time_zone)
    for move in moves_of(procedure.pk, today, by=by, version=version):
        days = move.days if move.to else (today - timedelta(days=move.days)).isoformat()
        counts[json_of([move.what, move.to, days, move.group])] += move.people
    about = f"moves {procedure.pk} {by} {version or ''}"
    kept, on = settle_counts(programme=procedure.programme, about=about, counts=counts)
    found = [(*read_json(key), people) for key, people in kept.items()]
    return [
        Move(what, to, days if to else (on - date.fromisoformat(days)).days, group, people)
        for what, to, days, group, people in found
    ], on


@transaction.atomic
def export_journey(*, procedure: Procedure, file: Path, by: User | None) -> dict[str, int]:
    """Write the way of every case as an OCEL 2.0 log; nobody in it can be found. Without `by`, it is who runs the machine.

    Gives how many events, objects and relations it holds. The ending of the name says which kind of file.
    """
    if by is not None:
        require(by, Verb.JOURNEY_EXPORT, procedure)
    write = WRITERS.get(file.suffix)
    if write is None:
        raise Refusal(_("%s is no log we can write.") % file.name, next=_("Let its name end in .sqlite or .json."))
    counts = write(Trace(procedure), file)
    events, objects = counts["events"], counts["objects"]
    journal.write("journey.exported", procedure, by=by, kind=file.suffix[1:], events=events, objects=objects)
    return counts
