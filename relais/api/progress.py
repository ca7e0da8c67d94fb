"""What is learnt and done in a case: evidence, steps, visits; entered when someone gets to it."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Schema, Status

from relais.access.verbs import Verb
from relais.api.cases import case_of
from relais.api.paging import Many, Page, found, page_of
from relais.api.shapes import Ask, AskAgain, Day, Long, Revision, Said, Sound, revision_of
from relais.cases import services
from relais.cases.models import Case, CaseEvidence, CaseStep, Visit
from relais.kernel.pages import reads, writes
from relais.procedures.models import EvidenceType, Step

router = Router(tags=["cases"])
STATES = {"unknown": 0, "held": 1, "cannot_get": 2}
WORDS = {number: word for word, number in STATES.items()}
Key = Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]+$", max_length=60)]


class EvidenceOut(ModelSchema):
    """What is known of one proof in a case."""

    id: UUID
    key: str
    state: Literal["unknown", "held", "cannot_get"]

    class Meta:
        model = CaseEvidence
        fields = ["id", "case", "evidence_type", "why", "happened_on", "entered_at", "state"]

    @staticmethod
    def resolve_key(row: CaseEvidence) -> str:
        """Name the kind of evidence."""
        return row.evidence_type.key

    @staticmethod
    def resolve_state(row: CaseEvidence) -> str:
        """Say the state as a word."""
        return WORDS[row.state]


class StepDoneOut(ModelSchema):
    """A step this person has behind them."""

    id: UUID
    key: str

    class Meta:
        model = CaseStep
        fields = ["id", "case", "step", "done_on", "entered_at"]

    @staticmethod
    def resolve_key(row: CaseStep) -> str:
        """Name the step."""
        return row.step.key


class VisitOut(ModelSchema):
    """That someone was with the person, and when; not what was noted."""

    id: UUID

    class Meta:
        model = Visit
        fields = ["id", "case", "happened_on", "minutes", "entered_at"]


class VisitReadOut(Schema):
    """What was noted at a visit, opened for this one answer."""

    id: UUID
    words: str


class EvidenceAsk(Ask):
    """Whether the person holds a proof, or what stands in the way."""

    state: Literal["unknown", "held", "cannot_get"]
    why: Literal["", *CaseEvidence.Why.values] = ""
    happened_on: Day | None = None


class StepDoneAsk(Ask):
    """On which day a step was done."""

    done_on: Day


class VisitAsk(AskAgain):
    """A time with the person."""

    happened_on: Day
    words: Long = ""
    minutes: int | None = Field(None, ge=1, le=1440)
    voice: Sound | None = None


def _step(case: Case, key: str) -> Step:
    return found(Step.objects.filter(version=case.version_id), key=key)


@router.get("cases/{uuid:id}/evidence", response=list[EvidenceOut])
@reads
def evidence_list(request: HttpRequest, id: UUID) -> Any:
    """List what is known of each proof."""
    return list(case_of(request, id).evidence.select_related("evidence_type").order_by("evidence_type__key"))


@router.put("cases/{uuid:id}/evidence/{slug:key}", response=EvidenceOut)
@writes
def evidence_set(request: HttpRequest, id: UUID, key: Key, ask: EvidenceAsk, if_match: Revision = None) -> Any:
    """Say that the person holds a proof, cannot get it and why, or that nobody knows."""
    case = case_of(request, id, Verb.CASE_WORK)
    kind = found(EvidenceType.objects.filter(procedure=case.procedure_id), key=key)
    values = {**ask.dict(), "state": STATES[ask.state], "revision": revision_of(request)}
    return services.set_evidence(case=case, evidence_type=kind, by=request.user, **values)


@router.get("cases/{uuid:id}/steps", response=list[StepDoneOut])
@reads
def step_done_list(request: HttpRequest, id: UUID) -> Any:
    """List the steps done."""
    return list(case_of(request, id).steps.select_related("step").order_by("done_on", "pk"))


@router.put("cases/{uuid:id}/steps/{slug:key}", response=StepDoneOut)
@writes
def step_complete(request: HttpRequest, id: UUID, key: Key, ask: StepDoneAsk, if_match: Revision = None) -> Any:
    """Mark a step as done, on the day it was."""
    case = case_of(request, id, Verb.CASE_WORK)
    values = {"done_on": ask.done_on, "revision": revision_of(request)}
    return services.complete_step(case=case, step=_step(case, key), by=request.user, **values)


@router.delete("cases/{uuid:id}/steps/{slug:key}", response=Said)
@writes
def step_undo(request: HttpRequest, id: UUID, key: Key, if_match: Revision = None) -> Any:
    """Take back a step marked as done by mistake."""
    case = case_of(request, id, Verb.CASE_WORK)
    services.undo_step(case=case, step=_step(case, key), by=request.user, revision=revision_of(request))
    return {}


@router.get("cases/{uuid:id}/visits", response=Many[VisitOut])
@reads
def visit_list(request: HttpRequest, id: UUID, page: Query[Page]) -> Any:
    """List when someone was with the person; what was noted stays sealed."""
    return page_of(case_of(request, id).visits.order_by("-happened_on", "-entered_at", "pk"), page)


@router.post("cases/{uuid:id}/visits", response={201: VisitOut})
@writes
def visit_note(request: HttpRequest, id: UUID, ask: VisitAsk) -> Any:
    """Note a time with the person, sealed under their key; also weeks later."""
    return Status(
        201,
        services.note_visit(case=case_of(request, id, Verb.CASE_WORK), by=request.user, **ask.dict(exclude_none=True)),
    )


@router.post("cases/{uuid:id}/visits/read", response=list[VisitReadOut])
@writes
def visit_read(request: HttpRequest, id: UUID) -> Any:
    """Open what was noted at the visits of a case, and write down that it was read."""
    words = services.read_visits(case=case_of(request, id), by=request.user)
    return [{"id": pk, "words": said} for pk, said in words.items()]
