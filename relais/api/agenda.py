"""An agenda where each item has its reason."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Router, Status

from relais.access.verbs import Verb
from relais.api.meetings import meetings
from relais.api.paging import found, named
from relais.api.shapes import AskAgain
from relais.barriers.models import Barrier
from relais.kernel.pages import reads, writes
from relais.procedures.models import ProcedureVersion
from relais.roundtables import services
from relais.roundtables.models import AgendaItem

router = Router(tags=["agenda"])


class AgendaItemOut(ModelSchema):
    """Something to talk about, the reason it is there, and the figure behind it."""

    id: UUID
    detail: dict[str, Any]

    class Meta:
        model = AgendaItem
        fields = [
            *("id", "meeting", "position", "reason", "title", "figure", "compared_to", "barrier_group", "barrier"),
            *("version", "requirement", "consultation", "commitment", "detail", "notes", "kept"),
        ]


class AgendaAsk(AskAgain):
    """Something to put on the agenda oneself."""

    title: str = Field("", max_length=200)
    barrier: UUID | None = None
    version: UUID | None = None


@router.get("meetings/{uuid:id}/agenda", response=list[AgendaItemOut])
@reads
def agenda(request: HttpRequest, id: UUID) -> Any:
    """List what the table talks about, each item with its reason."""
    return list(found(meetings(request), id).agenda.order_by("position", "pk"))


@router.post("meetings/{uuid:id}/agenda/propose", response=list[AgendaItemOut])
@writes
def agenda_propose(request: HttpRequest, id: UUID) -> Any:
    """Propose an agenda with reasons; asked again, the figures are renewed and nothing dropped returns."""
    row = found(meetings(request, Verb.TABLE_MANAGE), id)
    services.propose_agenda(meeting=row, by=request.user)
    return list(row.agenda.order_by("position", "pk"))


@router.post("meetings/{uuid:id}/agenda", response={201: AgendaItemOut})
@writes
def agenda_add(request: HttpRequest, id: UUID, ask: AgendaAsk) -> Any:
    """Put something on the agenda oneself."""
    barriers = Barrier.objects.reachable_by(request.user, Verb.BARRIER_READ).shared()
    versions = ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_READ)
    about = {"barrier": named(barriers, ask.barrier, "barrier"), "version": named(versions, ask.version, "version")}
    row = found(meetings(request), id)
    return Status(201, services.add_agenda_item(meeting=row, by=request.user, **{**ask.dict(), **about}))


@router.post("agenda/{uuid:id}/keep", response=AgendaItemOut)
@writes
def agenda_keep(request: HttpRequest, id: UUID) -> Any:
    """Take something back on the agenda."""
    return services.keep_agenda_item(item=_item(request, id), by=request.user)


@router.post("agenda/{uuid:id}/drop", response=AgendaItemOut)
@writes
def agenda_drop(request: HttpRequest, id: UUID) -> Any:
    """Leave something out; it can be taken back."""
    return services.drop_agenda_item(item=_item(request, id), by=request.user)


def _item(request: HttpRequest, id: UUID) -> AgendaItem:
    tables = meetings(request, Verb.TABLE_MANAGE).values("pk")
    return found(AgendaItem.objects.filter(meeting__in=tables).select_related("meeting__programme"), id)
