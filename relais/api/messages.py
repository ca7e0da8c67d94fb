"""What is written to and by people, and what arrives on a line lent to them."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Schema, Status

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Long, Moment, Only
from relais.kernel.pages import reads, writes
from relais.organisations.models import LentLine
from relais.people import services
from relais.people.models import Message, Person

router = Router(tags=["messages"])
SHOWN = ["id", "organisation", "person", "way", "lent_line", "at", "entered_at", "seen_at", "passed_on_at"]


class MessageOut(ModelSchema):
    """That something was written, when, and whether it was passed on; not the words."""

    id: UUID

    class Meta:
        model = Message
        fields = SHOWN
        personal = {"person", "lent_line"}
        verb = Verb.MESSAGE_READ


class MessageReadOut(Schema):
    """A message with its words, opened for this one answer."""

    message: MessageOut
    words: str


class MessageOnly(Only):
    """Which messages."""

    waiting: bool = Field(False, description="Only what nobody saw yet.")
    unassigned: bool = Field(False, description="Only those whose person is not known yet.")
    way: Literal[*Message.Way.values] | None = None


class IncomingAsk(AskAgain):
    """What arrived on a lent line; `line` is the number or address as people dial or write it."""

    line: str = Field(min_length=3, max_length=200)
    words: Long
    at: Moment | None = None


class WriteAsk(AskAgain):
    """Words to a person."""

    words: Long


class ReadAsk(Ask):
    """Which messages to open; the journal keeps that they were."""

    messages: list[UUID] = Field(min_length=1, max_length=100)


class AssignAsk(Ask):
    """Whom a message is for."""

    person: UUID


def _messages(request: HttpRequest) -> Any:
    return Message.objects.reachable_by(request.user, Verb.MESSAGE_READ)


@router.get("messages", response=Many[MessageOut])
@reads
def message_list(request: HttpRequest, only: Query[MessageOnly], page: Query[Page]) -> Any:
    """List what was written, without the words."""
    rows = _messages(request)
    rows = rows.waiting() if only.waiting else rows
    rows = rows.unassigned() if only.unassigned else rows
    rows = rows.filter(way=only.way) if only.way else rows
    return page_of(rows.order_by("-at", "pk"), page)


@router.post("messages/incoming", response={201: MessageOut})
@writes
def message_receive(request: HttpRequest, ask: IncomingAsk) -> Any:
    """Take in what a gateway received on a lent line; it lands with the companion of the person it is for."""
    lines = LentLine.objects.reachable_by(request.user, Verb.MESSAGE_SEND).still_lent()
    line = found_by_value(lines, ask.line)
    return Status(201, services.receive_message(lent_line=line, words=ask.words, by=request.user, at=ask.at, id=ask.id))


def found_by_value(lines: Any, written: str) -> LentLine:
    """Find a line however its number was spaced."""
    wanted = _bare(written)
    match = next((line for line in lines if _bare(line.value) == wanted), None)
    return match or named(lines.none(), UUID(int=0), "line")


def _bare(value: str) -> str:
    return "".join(sign for sign in value.lower() if sign not in " -()./")


@router.post("messages/read", response=list[MessageReadOut])
@writes
def message_read(request: HttpRequest, ask: ReadAsk) -> Any:
    """Open the words of some messages, with one line in the journal; those out of reach are left out."""
    rows = list(_messages(request).filter(pk__in=ask.messages).order_by("-at", "pk"))
    return services.read_inbox(messages=rows, by=request.user)


@router.post("people/{uuid:id}/messages", response={201: MessageOut})
@writes
def message_send(request: HttpRequest, id: UUID, ask: WriteAsk) -> Any:
    """Write to a person, who finds it on their own page."""
    person = found(Person.objects.reachable_by(request.user, Verb.MESSAGE_SEND), id)
    return Status(201, services.send_message(person=person, words=ask.words, by=request.user, id=ask.id))


@router.post("messages/{uuid:id}/assign", response=MessageOut)
@writes
def message_assign(request: HttpRequest, id: UUID, ask: AssignAsk) -> Any:
    """Say whom a message in the organisation's inbox is for."""
    people = Person.objects.reachable_by(request.user, Verb.MESSAGE_SEND)
    person = named(people, ask.person, "person")
    return services.assign_message(message=found(_messages(request), id), person=person, by=request.user)


@router.post("messages/{uuid:id}/pass-on", response=MessageOut)
@writes
def message_pass_on(request: HttpRequest, id: UUID) -> Any:
    """Say that the person was told what arrived for them."""
    return services.pass_on_message(message=found(_messages(request), id), by=request.user)
