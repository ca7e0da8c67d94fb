"""Round tables: meetings, who is invited, and an agenda where each item has its reason."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Line, Moment, Only, Texts, Words
from relais.barriers.models import Barrier
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.procedures.models import ProcedureVersion
from relais.programmes.models import Programme
from relais.roundtables import services
from relais.roundtables.models import AgendaItem, Meeting

router = Router(tags=["round tables"])


class MeetingOut(ModelSchema):
    """One round table."""

    id: UUID
    names: Words
    place: Words

    class Meta:
        model = Meeting
        fields = [
            *("id", "series", "programme", "organisation", "occurrence_on", "names", "place", "starts_at", "minutes"),
            *("time_zone", "state", "reason", "public", "uid", "sequence", "changed_at", "minutes_text", "held_at"),
        ]


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


class MeetingOnly(Only):
    """Which round tables."""

    programme: UUID | None = None
    state: Literal[*Meeting.State.values] | None = None


class MeetingAsk(AskAgain):
    """A table to call."""

    organisation: UUID | None = None
    names: Texts = Field(min_length=1)
    place: Texts = {}
    starts_at: Moment
    minutes: int = Field(120, ge=5, le=1440)
    public: bool = False


class MoveAsk(Ask):
    """When and where it takes place instead."""

    starts_at: Moment
    place: Texts | None = None
    minutes: int | None = Field(None, ge=5, le=1440)


class CancelAsk(Ask):
    """Why it is called off."""

    reason: Annotated[Line, Field(min_length=1)]


class InviteAsk(Ask):
    """Members of the partners, and others by who they are for the table."""

    users: Annotated[list[UUID], Field(max_length=200)] = []
    labels: Annotated[list[Annotated[str, Field(min_length=1, max_length=120)]], Field(max_length=50)] = []


class InvitationAnswerAsk(Ask):
    """Whether one comes."""

    coming: bool


class MinutesAsk(Ask):
    """What was said; `seen` is the text the writer started from, so that nobody's words are overwritten."""

    text: str = Field(min_length=1, max_length=20_000)
    seen: str | None = Field(None, max_length=20_000)


class AgendaAsk(AskAgain):
    """Something to put on the agenda oneself."""

    title: str = Field("", max_length=200)
    barrier: UUID | None = None
    version: UUID | None = None


def meetings(request: HttpRequest, verb: Verb = Verb.TABLE_READ) -> Any:
    """Give the tables a verb reaches."""
    return Meeting.objects.reachable_by(request.user, verb).select_related("programme")


@router.get("meetings", response=Many[MeetingOut])
@reads
def meeting_list(request: HttpRequest, only: Query[MeetingOnly], page: Query[Page]) -> Any:
    """List the round tables of one's programmes, the latest first."""
    return page_of(meetings(request).filter(**only.dict(exclude_none=True)).order_by("-starts_at", "pk"), page)


@router.get("meetings/{uuid:id}", response=MeetingOut)
@reads
def meeting(request: HttpRequest, id: UUID) -> Any:
    """Show one round table with its minutes."""
    return found(meetings(request), id)


@router.post("programmes/{uuid:id}/meetings", response={201: MeetingOut})
@writes
def meeting_call(request: HttpRequest, id: UUID, ask: MeetingAsk) -> Any:
    """Call a table."""
    programme = found(Programme.objects.reachable_by(request.user, Verb.TABLE_MANAGE), id)
    values = {**ask.dict(), "organisation": named(Organisation.objects.all(), ask.organisation, "organisation")}
    return Status(201, services.call_meeting(programme=programme, by=request.user, **values))


@router.post("meetings/{uuid:id}/move", response=MeetingOut)
@writes
def meeting_move(request: HttpRequest, id: UUID, ask: MoveAsk) -> Any:
    """Put a table at another time or place, and tell everyone invited."""
    row = found(meetings(request, Verb.TABLE_MANAGE), id)
    return services.move_meeting(meeting=row, by=request.user, **ask.dict())


@router.post("meetings/{uuid:id}/cancel", response=MeetingOut)
@writes
def meeting_cancel(request: HttpRequest, id: UUID, ask: CancelAsk) -> Any:
    """Call a table off, and tell everyone invited why."""
    row = found(meetings(request, Verb.TABLE_MANAGE), id)
    return services.cancel_meeting(meeting=row, by=request.user, reason=ask.reason)


@router.post("meetings/{uuid:id}/invite", response=MeetingOut)
@writes
def meeting_invite(request: HttpRequest, id: UUID, ask: InviteAsk) -> Any:
    """Invite members of the partners, and others named for the table; nobody twice."""
    row = found(meetings(request, Verb.TABLE_MANAGE), id)
    users = [named(User.objects.filter(is_active=True), each, "users") for each in ask.users]
    services.invite(meeting=row, by=request.user, users=users, labels=ask.labels)
    return row


@router.post("meetings/{uuid:id}/answer", response=MeetingOut)
@writes
def meeting_answer(request: HttpRequest, id: UUID, ask: InvitationAnswerAsk) -> Any:
    """Say for oneself whether one comes."""
    row = found(meetings(request), id)
    services.answer_invitation(meeting=row, coming=ask.coming, by=request.user)
    return row


@router.put("meetings/{uuid:id}/minutes", response=MeetingOut)
@writes
def minutes_write(request: HttpRequest, id: UUID, ask: MinutesAsk) -> Any:
    """Write down what was said; the table is then held, and who came stays as it was noted."""
    row = found(meetings(request, Verb.TABLE_MANAGE), id)
    came = list(row.invitees.filter(answer="came"))
    return services.write_minutes(meeting=row, by=request.user, came=came, **ask.dict())


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
