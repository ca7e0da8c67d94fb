"""Complete dossiers handed to an authority in batches, and what it decided."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Day, Line, Only
from relais.cases import services
from relais.cases.models import Batch, Case, Dossier
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.procedures.models import Requirement

router = Router(tags=["dossiers"])


class DossierOut(ModelSchema):
    """One complete case handed over: its code, where it stands, and why it came back."""

    id: UUID
    code: str

    class Meta:
        model = Dossier
        fields = [
            *("id", "case", "batch", "organisation", "authority", "state", "reason", "requirement", "remark"),
            *("decided_on", "decided_at"),
        ]
        personal = {"remark"}
        verb = Verb.DOSSIER_READ

    @staticmethod
    def resolve_code(row: Dossier) -> str:
        """Give the code on the person's card."""
        return row.case.person.code


class BatchOut(ModelSchema):
    """Dossiers handed over together, and how many wait, were accepted, and came back."""

    id: UUID
    dossier_count: int
    handed: int
    accepted: int
    returned: int
    withdrawn: int

    class Meta:
        model = Batch
        fields = [
            *("id", "organisation", "authority", "procedure", "number", "handed_on", "handed_at", "received_at"),
        ]


class DossierOnly(Only):
    """Which dossiers."""

    state: Literal[*Dossier.State.values] | None = None
    batch: UUID | None = None


class BatchAsk(AskAgain):
    """Which complete cases go over to which authority: all of them, or none and the reason."""

    cases: Annotated[list[UUID], Field(min_length=1, max_length=500)]
    authority: UUID
    handed_on: Day | None = None


class AcceptDossierAsk(Ask):
    """That an authority grants what the person came for."""

    decided_on: Day | None = None
    remark: Line = ""


class ReturnAsk(Ask):
    """Why a dossier goes back; what is coded is heard as a barrier."""

    reason: Literal[*Dossier.ReturnReason.values]
    requirement: UUID | None = None
    remark: Line = ""
    decided_on: Day | None = None


def _batches(request: HttpRequest, verb: Verb = Verb.DOSSIER_READ) -> Any:
    return Batch.objects.reachable_by(request.user, verb).for_lists()


def _dossiers(request: HttpRequest, verb: Verb = Verb.DOSSIER_READ) -> Any:
    rows = Dossier.objects.reachable_by(request.user, verb)
    return rows.select_related("case__person", "case__programme", "batch").order_by("batch__handed_on", "id")


@router.get("batches", response=Many[BatchOut])
@reads
def batch_list(request: HttpRequest, page: Query[Page]) -> Any:
    """List the batches one's organisation handed over or received."""
    return page_of(_batches(request), page)


@router.get("batches/{uuid:id}", response=BatchOut)
@reads
def batch(request: HttpRequest, id: UUID) -> Any:
    """Show one batch."""
    return found(_batches(request), id)


@router.post("batches", response={201: BatchOut})
@writes
def batch_hand(request: HttpRequest, ask: BatchAsk) -> Any:
    """Hand complete dossiers to an authority with one manifest."""
    handed = services.hand_dossiers(
        cases=[Case(pk=pk) for pk in ask.cases],
        authority=named(Organisation.objects.filter(kind="authority"), ask.authority, "authority"),
        by=request.user,
        handed_on=ask.handed_on,
        id=ask.id,
    )
    return Status(201, _batches(request).get(pk=handed.pk))


@router.post("batches/{uuid:id}/receive", response=BatchOut)
@writes
def batch_receive(request: HttpRequest, id: UUID) -> Any:
    """Sign, for the authority, that a batch arrived."""
    services.receive_batch(batch=found(_batches(request, Verb.DOSSIER_DECIDE), id), by=request.user)
    return _batches(request).get(pk=id)


@router.get("dossiers", response=Many[DossierOut])
@reads
def dossier_list(request: HttpRequest, only: Query[DossierOnly], page: Query[Page]) -> Any:
    """List the dossiers within reach, those that wait longest first."""
    return page_of(_dossiers(request).filter(**only.dict(exclude_none=True)), page)


@router.get("dossiers/{uuid:id}", response=DossierOut)
@reads
def dossier(request: HttpRequest, id: UUID) -> Any:
    """Show one dossier."""
    return found(_dossiers(request), id)


@router.post("dossiers/{uuid:id}/accept", response=DossierOut)
@writes
def dossier_accept(request: HttpRequest, id: UUID, ask: AcceptDossierAsk) -> Any:
    """Grant what the person came for; the case ends there."""
    row = found(_dossiers(request), id)
    return services.accept_dossier(dossier=row, by=request.user, **ask.dict())


@router.post("dossiers/{uuid:id}/return", response=DossierOut)
@writes
def dossier_return(request: HttpRequest, id: UUID, ask: ReturnAsk) -> Any:
    """Give a dossier back and say why; whoever accompanies the person is told."""
    row = found(_dossiers(request), id)
    asked = Requirement.objects.filter(step__version=row.case.version_id).select_related("step")
    values = {**ask.dict(), "requirement": named(asked, ask.requirement, "requirement")}
    return services.return_dossier(dossier=row, by=request.user, **values)


@router.post("dossiers/{uuid:id}/withdraw", response=DossierOut)
@writes
def dossier_withdraw(request: HttpRequest, id: UUID) -> Any:
    """Take a dossier back before the authority decided."""
    return services.withdraw_dossier(dossier=found(_dossiers(request, Verb.DOSSIER_SUBMIT), id), by=request.user)
