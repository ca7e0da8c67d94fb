"""Drafts: made from the version in force, changed step by step, shared, commented; adopted only by a decision."""

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Amount, Ask, AskAgain, Said, Small, Texts
from relais.api.versions import RequirementOut, StepOut, VersionOut, VersionWholeOut, versions_of
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.procedures import services
from relais.procedures.models import EvidenceType, Procedure, ProcedureVersion, Requirement, Step
from relais.roundtables.models import DraftComment
from relais.roundtables.services import comment_on_draft

router = Router(tags=["drafts"])
Papers = Annotated[list[UUID], Field(max_length=20)]


class DraftAsk(AskAgain):
    """A draft of a procedure, as a copy of what is in force."""

    names: Texts = {}


class OrderAsk(Ask):
    """The keys of all steps, in the order they are to be done."""

    keys: list[Annotated[str, Field(max_length=60)]] = Field(max_length=60)


class IntoAsk(Ask):
    """The step with which another is to be done together."""

    into: UUID


class StepAsk(Ask):
    """A step to add at the end, or a step as it should be."""

    names: Texts = Field(min_length=1)
    about: Texts = {}
    place: Texts = {}
    channel: Literal[*Step.Channel.values] = "office"
    visits: Small = 1
    fee: Amount = Decimal(0)
    minutes: Small = 0
    waiting_days: Small = 0


class RequirementAsk(Ask):
    """One more thing to ask, met by a first list of evidence."""

    names: Texts = Field(min_length=1)
    why: Texts = {}
    legal_basis: str = Field("", max_length=200)
    must_keep: bool = False
    evidence_types: Papers = []


class AcceptAsk(Ask):
    """One more way to meet a requirement: all of these together."""

    evidence_types: Papers


class CommentAsk(AskAgain):
    """What an organisation says of a draft, of one of its changes (its key, as comparing versions gives it), or as an answer."""

    organisation: UUID | None = None
    text: Annotated[str, Field(min_length=1, max_length=2000)]
    change: str = ""
    answers: UUID | None = None


class CommentOut(ModelSchema):
    """What an organisation said of a draft."""

    id: UUID

    class Meta:
        model = DraftComment
        fields = ["id", "version", "organisation", "text", "change", "answers", "written_at"]


def _drafts(request: HttpRequest) -> Any:
    return ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_DRAFT)


def _steps(request: HttpRequest) -> Any:
    return Step.objects.filter(version__in=_drafts(request).values("pk")).select_related("version")


def _requirements(request: HttpRequest) -> Any:
    rows = Requirement.objects.filter(step__version__in=_drafts(request).values("pk"))
    return rows.select_related("step__version")


def _papers(step: Step, ids: list[UUID]) -> list[EvidenceType]:
    rows = EvidenceType.objects.filter(procedure=step.version.procedure_id)
    return [named(rows, id, "evidence_types") for id in dict.fromkeys(ids)]


def _whole(id: UUID) -> ProcedureVersion:
    return ProcedureVersion.objects.with_everything().get(pk=id)


@router.post("procedures/{uuid:id}/drafts", response={201: VersionWholeOut})
@writes
def draft_make(request: HttpRequest, id: UUID, ask: DraftAsk) -> Any:
    """Start a draft as a copy of the version in force."""
    procedure = found(Procedure.objects.reachable_by(request.user, Verb.PROCEDURE_DRAFT), id)
    made = services.draft_version(procedure=procedure, by=request.user, names=ask.names, id=ask.id)
    return Status(201, _whole(made.pk))


@router.post("versions/{uuid:id}/share", response=VersionOut)
@writes
def draft_share(request: HttpRequest, id: UUID) -> Any:
    """Show a draft to every partner."""
    return services.share_draft(version=found(_drafts(request), id), by=request.user)


@router.post("versions/{uuid:id}/discard", response=Said)
@writes
def draft_discard(request: HttpRequest, id: UUID) -> Any:
    """Throw a draft away that was never shared."""
    services.discard_draft(version=found(_drafts(request), id), by=request.user)
    return {}


@router.post("versions/{uuid:id}/steps", response={201: StepOut})
@writes
def step_add(request: HttpRequest, id: UUID, ask: StepAsk) -> Any:
    """Add a step at the end of a draft."""
    return Status(201, services.add_step(version=found(_drafts(request), id), by=request.user, **ask.dict()))


@router.put("steps/{uuid:id}", response=StepOut)
@writes
def step_change(request: HttpRequest, id: UUID, ask: StepAsk) -> Any:
    """Say where a step of a draft happens, and what it takes."""
    return services.change_step(step=found(_steps(request), id), by=request.user, **ask.dict())


@router.put("versions/{uuid:id}/order", response=VersionWholeOut)
@writes
def steps_reorder(request: HttpRequest, id: UUID, ask: OrderAsk) -> Any:
    """Put the steps of a draft in another order; every step is named once, by its key."""
    services.reorder_steps(version=found(_drafts(request), id), keys=ask.keys, by=request.user)
    return _whole(id)


@router.post("steps/{uuid:id}/merge", response=StepOut)
@writes
def step_merge(request: HttpRequest, id: UUID, ask: IntoAsk) -> Any:
    """Do a step of a draft together with another: what it asks is asked there, and it is gone."""
    step = found(_steps(request), id)
    into = named(_steps(request).filter(version=step.version_id), ask.into, "into")
    return services.merge_steps(step=step, into=into, by=request.user)


@router.delete("steps/{uuid:id}", response=Said)
@writes
def step_drop(request: HttpRequest, id: UUID) -> Any:
    """Take a step out of a draft with what it asks."""
    services.drop_step(step=found(_steps(request), id), by=request.user)
    return {}


@router.post("steps/{uuid:id}/requirements", response={201: RequirementOut})
@writes
def requirement_add(request: HttpRequest, id: UUID, ask: RequirementAsk) -> Any:
    """Ask for one more thing in a step of a draft."""
    step = found(_steps(request), id)
    values = {**ask.dict(), "evidence_types": _papers(step, ask.evidence_types)}
    return Status(201, services.add_requirement(step=step, by=request.user, **values))


@router.post("requirements/{uuid:id}/lists", response=RequirementOut)
@writes
def list_accept(request: HttpRequest, id: UUID, ask: AcceptAsk) -> Any:
    """Accept one more way to meet a requirement of a draft."""
    requirement = found(_requirements(request), id)
    papers = _papers(requirement.step, ask.evidence_types)
    services.accept_list(requirement=requirement, evidence_types=papers, by=request.user)
    return requirement


@router.delete("requirements/{uuid:id}", response=Said)
@writes
def requirement_drop(request: HttpRequest, id: UUID) -> Any:
    """Stop asking for something, unless the law asks for it."""
    services.drop_requirement(requirement=found(_requirements(request), id), by=request.user)
    return {}


@router.get("versions/{uuid:id}/comments", response=Many[CommentOut])
@reads
def comment_list(request: HttpRequest, id: UUID, page: Query[Page]) -> Any:
    """List what the partners said of a draft."""
    return page_of(found(versions_of(request), id).comments.order_by("written_at", "pk"), page)


@router.post("versions/{uuid:id}/comments", response={201: CommentOut})
@writes
def comment_write(request: HttpRequest, id: UUID, ask: CommentAsk) -> Any:
    """Say something about a draft for one's organisation."""
    version = found(ProcedureVersion.objects.reachable_by(request.user, Verb.DRAFT_COMMENT), id)
    organisation = named(Organisation.objects.all(), ask.organisation, "organisation")
    made = comment_on_draft(
        version=version, text=ask.text, by=request.user, organisation=organisation, id=ask.id, change=ask.change,
        answers=named(version.comments.all(), ask.answers, "answers"),
    )  # fmt: skip
    return Status(201, made)
