"""Cases: one person through one version of a procedure, beside someone."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.api.assessments import AssessmentOut, told
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Day, Only, Revision, revision_of
from relais.cases import services
from relais.cases.assessing import assess_case
from relais.cases.filtering import filtered
from relais.cases.models import Case
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.people.models import Person
from relais.places.models import Territory
from relais.procedures.models import Procedure

router = Router(tags=["cases"])
STANDINGS = ("open", "ready", "returned", "authority", "blocked", "closed")


class CaseOut(ModelSchema):
    """A case by the code of its person; `revision` is its ETag."""

    id: UUID
    code: str

    class Meta:
        model = Case
        fields = [
            *("id", "person", "programme", "organisation", "procedure", "version", "companion", "opened_on"),
            *("opened_at", "revision", "changed_at", "standing", "closed_at", "closed_on", "outcome", "outcome_reason"),
        ]
        personal = {"person", "companion"}
        verb = Verb.CASE_READ

    @staticmethod
    def resolve_code(row: Case) -> str:
        """Give the code on the person's card."""
        return row.person.code


class CaseOnly(Only):
    """Which cases: the sentence above the desk's list."""

    standing: Literal[STANDINGS] = "open"
    place: UUID | None = Field(None, description="A territory and everything inside it.")
    days: int | None = Field(None, ge=1, le=3650, description="Nothing was noted for so many days.")
    companion: UUID | None = None
    programme: UUID | None = None
    procedure: UUID | None = None


class CaseAsk(AskAgain):
    """Three answers: who, through which procedure, since when; and beside whom, if not oneself."""

    person: UUID
    procedure: UUID
    opened_on: Day
    companion: UUID | None = None


class HandOverAsk(Ask):
    """Who carries the case from now on."""

    to: UUID


class CloseCaseAsk(Ask):
    """What came of it."""

    outcome: Literal[*Case.Outcome.values]
    closed_on: Day
    reason: str = Field("", max_length=40)


def case_of(request: HttpRequest, id: UUID, verb: Verb = Verb.CASE_READ) -> Case:
    """Give a case within reach."""
    return found(Case.objects.reachable_by(request.user, verb).for_lists(), id)


def _colleague(case_organisation: UUID, id: UUID | None, field: str) -> User | None:
    rows = User.objects.filter(memberships__organisation=case_organisation).distinct()
    return named(rows, id, field)


@router.get("cases", response=Many[CaseOut])
@reads
def case_list(request: HttpRequest, only: Query[CaseOnly], page: Query[Page]) -> Any:
    """List the cases within reach, by the desk's own filters."""
    chosen = {
        "standing": only.standing,
        "days": only.days,
        "place": named(Territory.objects.all(), only.place, "place"),
        "companion": named(User.objects.all(), only.companion, "companion"),
    }
    rows = filtered(Case.objects.reachable_by(request.user, Verb.CASE_READ), chosen, clock.now())
    rows = rows.filter(**only.dict(include={"programme", "procedure"}, exclude_none=True))
    return page_of(rows.for_lists(), page)


@router.get("cases/{uuid:id}", response=CaseOut)
@reads
def case(request: HttpRequest, response: HttpResponse, id: UUID) -> Any:
    """Show one case, with its revision as ETag."""
    row = case_of(request, id)
    response["ETag"] = f'"{row.revision}"'
    return row


@router.get("cases/{uuid:id}/assessment", response=AssessmentOut)
@reads
def case_assess(request: HttpRequest, id: UUID) -> Any:
    """Say where a case stands, why, what to do next, and what is left to do."""
    row = case_of(request, id)
    return told(assess_case(row, clock.today(row.programme.time_zone)))


@router.post("cases", response={201: CaseOut})
@writes
def case_open(request: HttpRequest, ask: CaseAsk) -> Any:
    """Begin to accompany someone through the version in force."""
    people = Person.objects.reachable_by(request.user, Verb.CASE_OPEN).select_related("programme", "territory")
    person = named(people, ask.person, "person")
    procedures = Procedure.objects.reachable_by(request.user, Verb.PROCEDURE_READ)
    opened = services.open_case(
        person=person,
        procedure=named(procedures, ask.procedure, "procedure"),
        opened_on=ask.opened_on,
        by=request.user,
        companion=_colleague(person.organisation_id, ask.companion, "companion"),
        id=ask.id,
    )
    return Status(201, opened)


@router.post("cases/{uuid:id}/hand-over", response=CaseOut)
@writes
def case_hand_over(request: HttpRequest, id: UUID, ask: HandOverAsk, if_match: Revision = None) -> Any:
    """Give a case to another volunteer trained on its version."""
    row = case_of(request, id, Verb.CASE_HAND_OVER)
    to = _colleague(row.organisation_id, ask.to, "to")
    return services.hand_over_case(case=row, to=to, by=request.user, revision=revision_of(request))


@router.post("cases/{uuid:id}/close", response=CaseOut)
@writes
def case_close(request: HttpRequest, id: UUID, ask: CloseCaseAsk, if_match: Revision = None) -> Any:
    """End a case with what came of it and why."""
    row = case_of(request, id, Verb.CASE_CLOSE)
    return services.close_case(case=row, by=request.user, revision=revision_of(request), **ask.dict())


@router.post("cases/{uuid:id}/reopen", response=CaseOut)
@writes
def case_reopen(request: HttpRequest, id: UUID, if_match: Revision = None) -> Any:
    """Take a case up again that was closed too early."""
    row = case_of(request, id, Verb.CASE_CLOSE)
    return services.reopen_case(case=row, by=request.user, revision=revision_of(request))
