"""Courses and their short tests, and who is trained."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import AskAgain, Day, Only, Words
from relais.kernel.pages import reads, writes
from relais.missions import services
from relais.missions.models import Course, Question, Training
from relais.organisations.models import Organisation

router = Router(tags=["courses"])


class QuestionOut(ModelSchema):
    """One question of a short test; which choice is right is for after the answer."""

    id: UUID
    asks: Words
    choices: list[Words]

    class Meta:
        model = Question
        fields = ["id", "position", "asks", "choices"]


class CourseOut(ModelSchema):
    """What a volunteer must know."""

    id: UUID
    names: Words
    lesson: Words

    class Meta:
        model = Course
        fields = ["id", "key", "programme", "version", "names", "lesson", "minutes", "pass_mark", "days_valid"]


class CourseWholeOut(CourseOut):
    """A course with the questions of its test."""

    questions: list[QuestionOut]


class TrainingOut(ModelSchema):
    """Who took a course, when, with what result, until when it counts."""

    id: UUID

    class Meta:
        model = Training
        fields = [
            *("id", "course", "user", "organisation", "taken_on", "score", "passed"),
            *("expires_on", "recorded_at"),
        ]
        personal = {"user", "score", "passed"}
        verb = Verb.COURSE_READ


class CourseOnly(Only):
    """Which courses."""

    programme: UUID | None = None


class TrainingOnly(Only):
    """Which trainings."""

    course: UUID | None = None
    user: UUID | None = None


class AnswerAsk(AskAgain):
    """The chosen answer to each question, in the order of their positions."""

    answers: Annotated[dict[Annotated[str, Field(pattern=r"^\d{1,4}$")], int], Field(max_length=100)]


class TrainingAsk(AskAgain):
    """Who of which organisation took the course in a room."""

    user: UUID
    organisation: UUID
    taken_on: Day


@router.get("courses", response=Many[CourseOut])
@reads
def course_list(request: HttpRequest, only: Query[CourseOnly], page: Query[Page]) -> Any:
    """List the courses of one's programmes."""
    rows = Course.objects.reachable_by(request.user, Verb.COURSE_READ).filter(**only.dict(exclude_none=True))
    return page_of(rows.for_lists(), page)


@router.get("courses/{uuid:id}", response=CourseWholeOut)
@reads
def course(request: HttpRequest, id: UUID) -> Any:
    """Show one course with its lesson and its test."""
    return found(Course.objects.reachable_by(request.user, Verb.COURSE_READ).prefetch_related("questions"), id)


@router.post("courses/{uuid:id}/test", response={201: TrainingOut})
@writes
def test_take(request: HttpRequest, id: UUID, ask: AnswerAsk) -> Any:
    """Answer the questions of a course for oneself."""
    row = found(Course.objects.reachable_by(request.user, Verb.COURSE_TAKE), id)
    answers = {int(position): choice for position, choice in ask.answers.items()}
    return Status(201, services.take_test(course=row, answers=answers, by=request.user, id=ask.id))


@router.get("trainings", response=Many[TrainingOut])
@reads
def training_list(request: HttpRequest, only: Query[TrainingOnly], page: Query[Page]) -> Any:
    """List one's own trainings, and for a coordinator those of the organisation."""
    rows = Training.objects.reachable_by(request.user, Verb.COURSE_READ).filter(**only.dict(exclude_none=True))
    return page_of(rows.order_by("-taken_on", "pk"), page)


@router.post("courses/{uuid:id}/trainings", response={201: TrainingOut})
@writes
def training_record(request: HttpRequest, id: UUID, ask: TrainingAsk) -> Any:
    """Write down that a volunteer of one's organisation took a course in a room."""
    row = found(Course.objects.reachable_by(request.user, Verb.TRAINING_RECORD), id)
    organisations = Organisation.objects.reachable_by(request.user, Verb.TRAINING_RECORD)
    organisation = named(organisations, ask.organisation, "organisation")
    members = User.objects.filter(memberships__organisation=organisation).distinct()
    values = {"user": named(members, ask.user, "user"), "taken_on": ask.taken_on, "id": ask.id}
    return Status(201, services.record_training(course=row, organisation=organisation, by=request.user, **values))
