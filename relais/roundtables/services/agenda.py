"""What is on the agenda: proposed with its reason and figures, kept, left out, added, put in order."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.models import Barrier
from relais.journal import services as journal
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.procedures.models import ProcedureVersion
from relais.roundtables.models import AgendaItem, Meeting
from relais.roundtables.proposals import proposals_for

LINKS = ("barrier_group_id", "barrier_id", "requirement_id", "version_id", "consultation_id", "commitment_id")


@transaction.atomic
def propose_agenda(*, meeting: Meeting, by: User | None) -> list[AgendaItem]:
    """Propose what the table should talk about, with reasons; asked again, the figures are renewed and nothing returns.

    What someone left out stays out, and what someone added stays as it is. `by` is None for the worker of the machine.
    """
    if by is not None:
        _prepare(meeting, by)
    known = {
        (item.reason, *(getattr(item, link) for link in LINKS), item.detail.get("indicator")): item
        for item in meeting.agenda.all()
    }
    position, proposed = _last(meeting), []
    for proposal in proposals_for(meeting):
        values = proposal.values()
        links = (values.get(link) for link in LINKS)
        item = known.get((values["reason"], *links, proposal.detail.get("indicator")))
        if item is None:
            position += 1
            item = AgendaItem(meeting=meeting, position=position)
        for name, value in values.items():
            setattr(item, name, value)
        item.save()
        proposed.append(item)
    journal.write("agenda.proposed", meeting, by=by, items=len(proposed))
    return proposed


@transaction.atomic
def add_agenda_item(
    *,
    meeting: Meeting,
    by: User,
    title: str = "",
    barrier: Barrier | None = None,
    version: ProcedureVersion | None = None,
    id: UUID | None = None,
) -> AgendaItem:
    """Put something on the agenda oneself: who prepares the table may, and whoever is invited to it."""
    require(by, Verb.TABLE_READ, meeting)
    if not meeting.invitees.filter(user=by).exists():
        require(by, Verb.TABLE_MANAGE, meeting)
    _open(meeting)
    links: dict[str, Any] = {}
    if barrier is not None:
        require(by, Verb.BARRIER_READ, barrier)
        links["barrier_group" if barrier.group_id else "barrier"] = barrier.group or barrier
    if version is not None:
        require(by, Verb.PROCEDURE_READ, version)
        links["version"] = version
    title = title.strip() or (barrier.words if barrier else "")
    if not title and not links:
        raise Refusal(_("Say what you want to talk about."))
    linked = meeting.agenda.filter(**links).first() if links and not id else None
    if (item := sent_before(AgendaItem, id, meeting=meeting) or linked) is not None:
        item.kept = True
        item.save(update_fields=["kept"])
        return item
    position, reason = _last(meeting) + 1, AgendaItem.Reason.ADDED
    item = AgendaItem.objects.create(
        id=id or uuid7(), meeting=meeting, position=position, reason=reason, title=title[:200], **links
    )
    journal.write("agenda.added", meeting, by=by, item=item.pk)
    return item


@transaction.atomic
def keep_agenda_item(*, item: AgendaItem, by: User) -> AgendaItem:
    """Take something back on the agenda."""
    return _set_kept(item, by, kept=True)


@transaction.atomic
def drop_agenda_item(*, item: AgendaItem, by: User) -> AgendaItem:
    """Leave something out; it can be taken back."""
    return _set_kept(item, by, kept=False)


def _set_kept(item: AgendaItem, by: User, *, kept: bool) -> AgendaItem:
    _prepare(item.meeting, by)
    if item.kept != kept:
        item.kept = kept
        item.save(update_fields=["kept"])
        journal.write("agenda.kept" if kept else "agenda.dropped", item.meeting, by=by, item=item.pk)
    return item


@transaction.atomic
def reorder_agenda(*, meeting: Meeting, order: Sequence[UUID], by: User) -> list[AgendaItem]:
    """Put the agenda in an order; what the list does not name comes after it, as it stood."""
    _prepare(meeting, by)
    place = {id: number for number, id in enumerate(order)}
    items = sorted(meeting.agenda.select_for_update(), key=lambda item: (place.get(item.pk, len(place)), item.position))
    for position, item in enumerate(items, start=1):
        item.position = position
    AgendaItem.objects.bulk_update(items, ["position"])
    journal.write("agenda.reordered", meeting, by=by)
    return items


@transaction.atomic
def raise_agenda_item(*, item: AgendaItem, by: User, up: bool = True) -> list[AgendaItem]:
    """Move something one place up, or down, among what is kept."""
    kept = [each.pk for each in item.meeting.agenda.filter(kept=True).order_by("position", "id")]
    if item.pk in kept:
        here = kept.index(item.pk)
        kept.insert(max(0, here + (-1 if up else 1)), kept.pop(here))
    return reorder_agenda(meeting=item.meeting, order=kept, by=by)


def _prepare(meeting: Meeting, by: User) -> None:
    require(by, Verb.TABLE_MANAGE, meeting)
    _open(meeting)


def _open(meeting: Meeting) -> None:
    if meeting.state != Meeting.State.PLANNED:
        raise Refusal(
            _("The agenda of this round table is closed."),
            why=_("It is %(state)s.") % {"state": meeting.get_state_display()},
            next=_("Put it on the agenda of the next one."),
        )


def _last(meeting: Meeting) -> int:
    last: int = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    return last
