"""Versions of procedures: what they ask, what changed between two, and whom a draft would let through."""

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Query, Router, Schema

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, page_of
from relais.api.shapes import Only, Words
from relais.kernel.pages import reads, writes
from relais.procedures.compare import compare
from relais.procedures.describe import caution_words, change_words
from relais.procedures.models import ProcedureVersion, Requirement, Step
from relais.procedures.rows import terms_of
from relais.procedures.rules import warnings
from relais.roundtables.forecast import Forecast
from relais.roundtables.replays import DraftReplay

router = Router(tags=["versions"])


class RequirementOut(ModelSchema):
    """What a step asks; met by any one of its lists, each by all it names."""

    id: UUID
    names: Words
    why: Words
    condition: list[dict[str, Any]]
    any_of: list[list[str]]

    class Meta:
        model = Requirement
        fields = ["id", "key", "position", "names", "why", "legal_basis", "must_keep", "condition"]

    @staticmethod
    def resolve_any_of(row: Requirement) -> list[list[str]]:
        """Name the evidence of each list by its key."""
        return [sorted(paper.key for paper in each.evidence_types.all()) for each in row.lists.all()]


class StepOut(ModelSchema):
    """Something to do somewhere, and what is asked there."""

    id: UUID
    names: Words
    about: Words
    place: Words
    requirements: list[RequirementOut]

    class Meta:
        model = Step
        fields = [
            *("id", "key", "position", "names", "about", "channel", "place"),
            *("visits", "fee", "minutes", "waiting_days"),
        ]


class VersionOut(ModelSchema):
    """What a procedure asks, as it was, is, or might be."""

    id: UUID
    names: Words
    note: Words

    class Meta:
        model = ProcedureVersion
        fields = [
            *("id", "procedure", "number", "state", "names", "note", "currency", "based_on"),
            *("in_force_from", "retired_on", "retired_because", "open_cases", "drafted_at", "shared_at"),
        ]


class CautionOut(Schema):
    """One thing that may be wrong with a version, as a code and in words that say what to do."""

    flaw: str
    words: str


class VersionWholeOut(VersionOut):
    """A version with its steps and all they ask."""

    steps: list[StepOut]
    cautions: list[CautionOut]

    @staticmethod
    def resolve_cautions(row: ProcedureVersion) -> list[dict[str, str]]:
        """Say what may be wrong with it, before it is replayed."""
        attributes = row.procedure.attributes
        return [
            {"flaw": each.flaw.value, "words": caution_words(each, attributes)}
            for each in warnings(terms_of(row), attributes)
        ]


@dataclass(frozen=True)
class ReplayOut(Forecast):
    """Whom a version lets through and whom it shuts out; `cautions` say what to put right before believing it."""

    cautions: list[CautionOut]


class ChangeOut(Schema):
    """One change, as codes and in words."""

    key: str
    kind: str
    direction: str
    step: str
    requirement: str
    evidence: str
    words: str


class VersionOnly(Only):
    """Which versions."""

    procedure: UUID | None = None
    state: Literal[*ProcedureVersion.State.values] | None = None


def versions_of(request: HttpRequest) -> Any:
    """Give the versions one may read."""
    return ProcedureVersion.objects.reachable_by(request.user, Verb.PROCEDURE_READ)


@router.get("versions", response=Many[VersionOut])
@reads
def version_list(request: HttpRequest, only: Query[VersionOnly], page: Query[Page]) -> Any:
    """List versions of procedures: what is in force, what was, and drafts one may read."""
    rows = versions_of(request).filter(**only.dict(exclude_none=True))
    return page_of(rows.order_by("procedure", "-number", "pk"), page)


@router.get("versions/{uuid:id}", response=VersionWholeOut)
@reads
def version(request: HttpRequest, id: UUID) -> Any:
    """Show one version with its steps and all they ask."""
    return found(versions_of(request).with_everything(), id)


@router.get("versions/{uuid:before}/compare/{uuid:after}", response=list[ChangeOut])
@reads
def version_compare(request: HttpRequest, before: UUID, after: UUID) -> Any:
    """List what changes from one version to another, in plain words."""
    rows = versions_of(request).with_everything()
    one = found(rows, before)
    other = found(rows.filter(procedure=one.procedure_id), after)
    old, new = terms_of(one), terms_of(other)
    return [
        {
            "key": each.key,
            "kind": each.kind.value,
            "direction": each.direction.value,
            **{name: getattr(getattr(each, name), "key", "") for name in ("step", "requirement", "evidence")},
            "words": change_words(each, old, new, one.procedure.attributes),
        }
        for each in compare(old, new)
    ]


@router.get("versions/{uuid:id}/replay", response=ReplayOut)
@writes  # what is let out is kept, so that the next look tells of nobody
def version_replay(request: HttpRequest, id: UUID) -> Any:
    """Say how many people a version lets through or shuts out beside the one in force, small counts hidden and others rounded down."""
    rows = ProcedureVersion.objects.reachable_by(request.user, Verb.CASELOAD_REPLAY)
    replay = DraftReplay(found(rows.select_related("procedure__programme"), id))
    cautions = [CautionOut(flaw=flaw.value, words=words) for flaw, words in replay.cautions]
    return ReplayOut(**vars(replay.forecast), cautions=cautions)
