"""Who someone is: opened by one explicit operation, for those who may know it, and journaled each time."""

from base64 import b64encode
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Router, Schema, Status

from relais.access.verbs import Verb
from relais.api.paging import found, named
from relais.api.people import AnswersAsk, IdentityAsk, PersonOut
from relais.api.shapes import Ask, AskAgain, Picture, Said
from relais.kernel.pages import writes
from relais.organisations.models import LentLine
from relais.people import services
from relais.people.models import Contact, Person
from relais.people.reasons import ASKED_FOR

router = Router(tags=["identities"])


class PaperOut(Schema):
    """A document someone holds."""

    kind: str
    number: str


class ReachedOut(Schema):
    """A way to reach someone."""

    id: UUID
    kind: str
    value: str
    who_answers: str
    safe_to_contact: bool | None
    best_time: str


class IdentityOut(Schema):
    """Who someone is, unsealed for this one answer."""

    called: str
    other_names: list[str]
    born_on: date | None
    papers: list[PaperOut]
    contacts: list[ReachedOut]


class RevealAsk(Ask):
    """Why an identity is opened, as one of a few codes; the person reads it in words, in who read their file."""

    why: Literal[*ASKED_FOR]


class CorrectAsk(Ask):
    """Who someone is, put right."""

    identity: IdentityAsk
    answers: AnswersAsk | None = None


class PinOut(Schema):
    """A new PIN, to be handed to the person now; it is kept only as a hash."""

    pin: str


class ContactAsk(AskAgain):
    """A way to reach someone: their own, or a line of the organisation."""

    kind: Literal[*Contact.Kind.values] = "phone"
    value: str = Field("", max_length=200)
    lent_line: UUID | None = None
    who_answers: Literal[*Contact.Answers.values] = "self"
    safe_to_contact: bool | None = None
    best_time: str = Field("", max_length=80)


class ContactOut(ModelSchema):
    """That there is a way to reach someone, without the number."""

    id: UUID

    class Meta:
        model = Contact
        fields = ["id", "kind", "added_at", "ended_at"]


class PortraitAsk(Ask):
    """A picture of someone who wishes it kept, and whether they want it on their card."""

    picture: Picture
    on_card: bool = False


class PortraitOut(Schema):
    """The small picture that is kept, in base64; empty if there is none."""

    picture: str


def _person(request: HttpRequest, id: UUID, verb: Verb) -> Person:
    return found(Person.objects.reachable_by(request.user, verb), id)


@router.post("people/{uuid:id}/reveal", response=IdentityOut)
@writes
def reveal(request: HttpRequest, id: UUID, ask: RevealAsk) -> Any:
    """Open who someone is and how to reach them, and write down that it was read and why."""
    person = _person(request, id, Verb.PERSON_IDENTIFY)
    facts = services.reveal(person=person, by=request.user, why=ask.why)
    reached = services.reveal_contacts(person=person, by=request.user, why=ask.why)
    contacts = [
        {
            **{name: getattr(each.contact, name) for name in ReachedOut.model_fields if name != "value"},
            "value": each.value,
        }
        for each in reached
    ]
    papers = [{"kind": paper.kind, "number": paper.number} for paper in facts.papers]
    return {
        "called": facts.called,
        "other_names": list(facts.other_names),
        "born_on": facts.born_on,
        "papers": papers,
        "contacts": contacts,
    }


@router.put("people/{uuid:id}/identity", response=PersonOut)
@writes
def identity_correct(request: HttpRequest, id: UUID, ask: CorrectAsk) -> Any:
    """Put right who someone is; the answers stay as they are when none are sent."""
    person = _person(request, id, Verb.PERSON_CORRECT)
    answers = ask.answers.answers() if ask.answers else {}
    return services.correct_identity(person=person, by=request.user, facts=ask.identity.facts(), **answers)


@router.post("people/{uuid:id}/contacts", response={201: ContactOut})
@writes
def contact_add(request: HttpRequest, id: UUID, ask: ContactAsk) -> Any:
    """Add a way to reach someone."""
    lines = LentLine.objects.reachable_by(request.user, Verb.MESSAGE_SEND).still_lent()
    values = {**ask.dict(), "lent_line": named(lines, ask.lent_line, "lent_line")}
    return Status(
        201, services.add_contact(person=_person(request, id, Verb.PERSON_CORRECT), by=request.user, **values)
    )


@router.post("contacts/{uuid:id}/end", response=ContactOut)
@writes
def contact_end(request: HttpRequest, id: UUID) -> Any:
    """Say that a contact no longer works, or is no longer safe."""
    people = Person.objects.reachable_by(request.user, Verb.PERSON_CORRECT)
    contact = found(Contact.objects.filter(person__in=people.values("pk")).select_related("person"), id)
    return services.end_contact(contact=contact, by=request.user)


@router.post("people/{uuid:id}/pin", response=PinOut)
@writes
def pin_set(request: HttpRequest, id: UUID) -> Any:
    """Give someone a PIN, told this once; to replace one they hold takes a coordinator."""
    return {"pin": services.set_pin(person=_person(request, id, Verb.PERSON_CORRECT), by=request.user)}


@router.post("people/{uuid:id}/unlock", response=Said)
@writes
def pin_unlock(request: HttpRequest, id: UUID) -> Any:
    """Open a code that was closed after too many wrong PINs."""
    services.unlock_pin(person=_person(request, id, Verb.PIN_UNLOCK), by=request.user)
    return {}


@router.post("people/{uuid:id}/forget", response=Said)
@writes
def person_forget(request: HttpRequest, id: UUID) -> Any:
    """Destroy the key of someone who asked to be forgotten; what is counted stays true."""
    services.forget_person(person=_person(request, id, Verb.PERSON_FORGET), by=request.user)
    return {}


@router.put("people/{uuid:id}/portrait", response=Said)
@writes
def portrait_keep(request: HttpRequest, id: UUID, ask: PortraitAsk) -> Any:
    """Keep a small picture of someone, sealed under their key."""
    services.keep_portrait(person=_person(request, id, Verb.PERSON_CORRECT), by=request.user, **ask.dict())
    return {}


@router.post("people/{uuid:id}/portrait/reveal", response=PortraitOut)
@writes
def portrait_reveal(request: HttpRequest, id: UUID, ask: RevealAsk) -> Any:
    """Open the picture of someone for who stands beside them, and write down that it was seen and why."""
    person = _person(request, id, Verb.PERSON_CORRECT)
    return {"picture": b64encode(services.reveal_portrait(person=person, by=request.user, why=ask.why)).decode()}


@router.delete("people/{uuid:id}/portrait", response=Said)
@writes
def portrait_drop(request: HttpRequest, id: UUID) -> Any:
    """Throw the picture of someone away."""
    services.drop_portrait(person=_person(request, id, Verb.PERSON_CORRECT), by=request.user)
    return {}
