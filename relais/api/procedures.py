"""Procedures of public services, with their versions and the evidence they speak of."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import ModelSchema, Query, Router

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, page_of
from relais.api.shapes import Only, Words
from relais.api.versions import VersionOut, versions_of
from relais.kernel.pages import reads
from relais.procedures.models import EvidenceType, Procedure, ProcedureVersion

router = Router(tags=["procedures"])


class EvidenceTypeOut(ModelSchema):
    """A kind of proof, and what it takes to get one."""

    id: UUID
    names: Words
    about: Words

    class Meta:
        model = EvidenceType
        fields = ["id", "key", "names", "about", "pictogram", "visits", "fee", "minutes", "days", "held_by_state"]


class ProcedureOut(ModelSchema):
    """One way to a public service; `cpsv` is where what is in force stands as CPSV-AP."""

    id: UUID
    names: Words
    about: Words
    attributes: dict[str, Any]
    cpsv: str

    class Meta:
        model = Procedure
        fields = ["id", "key", "service", "programme", "names", "about", "attributes"]

    @staticmethod
    def resolve_cpsv(row: Procedure) -> str:
        """Give the address of the JSON-LD."""
        return reverse("procedures:jsonld", args=[row.programme.slug, row.key])


class ProcedureWholeOut(ProcedureOut):
    """A procedure with its versions one may read, and the evidence they speak of."""

    versions: list[VersionOut]
    evidence_types: list[EvidenceTypeOut]

    @staticmethod
    def resolve_versions(row: Procedure) -> list[ProcedureVersion]:
        """Give the versions within reach, the newest first."""
        return list(row.shown_versions)


class ProcedureOnly(Only):
    """Which procedures."""

    programme: UUID | None = None


@router.get("procedures", response=Many[ProcedureOut])
@reads
def procedure_list(request: HttpRequest, only: Query[ProcedureOnly], page: Query[Page]) -> Any:
    """List the procedures of one's programmes."""
    rows = Procedure.objects.reachable_by(request.user, Verb.PROCEDURE_READ).filter(**only.dict(exclude_none=True))
    return page_of(rows.select_related("programme").by_name(), page)


@router.get("procedures/{uuid:id}", response=ProcedureWholeOut)
@reads
def procedure(request: HttpRequest, id: UUID) -> Any:
    """Show one procedure with its versions and evidence."""
    rows = Procedure.objects.reachable_by(request.user, Verb.PROCEDURE_READ)
    return found(rows.with_versions(versions_of(request)).prefetch_related("evidence_types"), id)
