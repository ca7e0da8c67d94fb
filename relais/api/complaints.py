"""What people say went wrong in how they were treated, and the answers they get."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Schema, Status

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, page_of
from relais.api.shapes import Ask, AskAgain, Long, Only
from relais.kernel.pages import reads, writes
from relais.people import services
from relais.people.models import Complaint, Person

router = Router(tags=["complaints"])


class ComplaintOut(ModelSchema):
    """That someone complained, when, and until when they are answered; not the words."""

    id: UUID

    class Meta:
        model = Complaint
        fields = ["id", "organisation", "person", "made_at", "answer_due_on", "answered_at"]
        personal = {"person"}
        verb = Verb.COMPLAINT_READ


class FiledOut(ModelSchema):
    """That a complaint was taken, for whoever took it."""

    id: UUID

    class Meta:
        model = Complaint
        fields = ["id", "organisation", "made_at", "answer_due_on", "answered_at"]


class ComplaintReadOut(Schema):
    """A complaint with its words and its answer, opened for this one answer."""

    complaint: ComplaintOut
    words: str
    answer: str


class ComplaintOnly(Only):
    """Which complaints."""

    open: bool = Field(False, description="Only those not answered yet.")


class ComplaintAsk(AskAgain):
    """What went wrong, in the person's words."""

    words: Long


class ComplaintReadAsk(Ask):
    """Which complaints to open; the journal keeps that they were."""

    complaints: list[UUID] = Field(min_length=1, max_length=100)


class ComplaintAnswerAsk(Ask):
    """What the person is answered."""

    words: Long


def _complaints(request: HttpRequest, verb: Verb = Verb.COMPLAINT_READ) -> Any:
    return Complaint.objects.reachable_by(request.user, verb).select_related("person")


@router.get("complaints", response=Many[ComplaintOut])
@reads
def complaint_list(request: HttpRequest, only: Query[ComplaintOnly], page: Query[Page]) -> Any:
    """List the complaints made to one's organisation, without the words."""
    rows = _complaints(request)
    return page_of((rows.filter(answered_at=None) if only.open else rows).order_by("-made_at", "pk"), page)


@router.post("people/{uuid:id}/complaints", response={201: FiledOut})
@writes
def complaint_file(request: HttpRequest, id: UUID, ask: ComplaintAsk) -> Any:
    """Take a complaint for someone, sealed under their key; a coordinator answers it."""
    person = found(Person.objects.reachable_by(request.user, Verb.PERSON_READ).select_related("programme"), id)
    return Status(201, services.file_complaint(person=person, words=ask.words, by=request.user, id=ask.id))


@router.post("complaints/read", response=list[ComplaintReadOut])
@writes
def complaint_read(request: HttpRequest, ask: ComplaintReadAsk) -> Any:
    """Open the words of some complaints, with one line in the journal; those out of reach are left out."""
    rows = list(_complaints(request).filter(pk__in=ask.complaints).order_by("-made_at", "pk"))
    return services.read_complaints(complaints=rows, by=request.user)


@router.post("complaints/{uuid:id}/answer", response=ComplaintOut)
@writes
def complaint_answer(request: HttpRequest, id: UUID, ask: ComplaintAnswerAsk) -> Any:
    """Answer a complaint once; the person reads it on their own page."""
    complaint = found(_complaints(request, Verb.COMPLAINT_ANSWER), id)
    return services.answer_complaint(complaint=complaint, words=ask.words, by=request.user)
