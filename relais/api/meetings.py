"""Round tables: called, moved, cancelled, who is invited, and what was said."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Line, Moment, Only, Revision, Texts, Words, revision_of
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.programmes.models import Programme
from relais.roundtables import services
from relais.roundtables.models import Meeting

router = Router(tags=["meetings"])


class MeetingOut(ModelSchema):
    """One round table; `revision` is its ETag and counts how often its minutes were written."""

    id: UUID
    names: Words
    place: Words

    class Meta:
        model = Meeting
        fields = [
            *("id", "series", "programme", "organisation", "occurrence_on", "names", "place", "starts_at", "minutes"),
            *("time_zone", "state", "reason", "public", "uid", "sequence", "changed_at", "minutes_text", "held_at"),
            "revision",
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
    """What was said."""

    text: str = Field(min_length=1, max_length=20_000)


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
def meeting(request: HttpRequest, response: HttpResponse, id: UUID) -> Any:
    """Show one round table with its minutes, and their revision as ETag."""
    row = found(meetings(request), id)
    response["ETag"] = f'"{row.revision}"'
    return row


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
def minutes_write(request: HttpRequest, id: UUID, ask: MinutesAsk, if_match: Revision = None) -> Any:
    """Write down what was said; the table is then held, and who came stays as it was noted."""
    row = found(meetings(request, Verb.TABLE_MANAGE), id)
    came = list(row.invitees.filter(answer="came"))
    return services.write_minutes(meeting=row, by=request.user, came=came, text=ask.text, revision=revision_of(request))
