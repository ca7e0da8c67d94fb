"""What the table tells of a barrier: when it was talked about, what was decided, what came in force, who got through."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relais.access.lock import Actor
from relais.access.verbs import Verb
from relais.barriers.models import Barrier
from relais.barriers.thread import Station, thread_source
from relais.cases.models import Case
from relais.procedures.models import ProcedureVersion
from relais.roundtables.models import AgendaItem, Decision, Meeting


@thread_source
def stations(barrier: Barrier, reader: Actor) -> Iterator[Station]:
    """Follow a barrier over the agenda, the decision and the procedure to the people it opened the way for."""
    yield from _talked_about(barrier, reader)
    decisions = Decision.objects.reachable_by(reader, Verb.TABLE_READ).filter(barriers=barrier)
    for decision in decisions.select_related("version__procedure", "meeting"):
        what = _("%(outcome)s: %(title)s") % {
            "outcome": capfirst(decision.get_outcome_display()),
            "title": decision.title,
        }
        state = "blocked" if decision.outcome == Decision.Outcome.DECLINED else "done"
        yield Station(decision.decided_at, what, decision.reasons, decision.get_absolute_url(), state=state)
        if decision.outcome == Decision.Outcome.ADOPTED and decision.version:
            yield from _in_force(decision.version, barrier.programme.threshold)


def _talked_about(barrier: Barrier, reader: Actor) -> Iterator[Station]:
    about = AgendaItem.objects.filter(barrier=barrier)
    if barrier.group_id:
        about |= AgendaItem.objects.filter(barrier_group=barrier.group_id)
    meetings = Meeting.objects.reachable_by(reader, Verb.TABLE_READ)
    for meeting in meetings.filter(pk__in=about.filter(kept=True).values("meeting")):
        yield Station(
            meeting.starts_at,
            _("On the agenda of %(meeting)s") % {"meeting": meeting},
            href=meeting.get_absolute_url(),
            state="done" if meeting.state == Meeting.State.HELD else "here",
        )


def _in_force(version: ProcedureVersion, threshold: int) -> Iterator[Station]:
    if version.in_force_from is None:
        return
    through = Case.objects.filter(version=version, outcome=Case.Outcome.GRANTED).count()
    words = ngettext("%(count)d person got through.", "%(count)d people got through.", through) % {"count": through}
    yield Station(
        version.in_force_from,
        _("In force: %(version)s") % {"version": version},
        words if through >= threshold else "",
        reverse("procedures:version", args=[version.pk]),
    )
