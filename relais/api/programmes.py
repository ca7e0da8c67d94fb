"""Programmes, their partners, and the three linked elements of co-creation."""

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import AskAgain, Day, Only, Said, Texts, Words
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.programmes import services
from relais.programmes.models import Contribution, Interaction, Outcome, Partner, Programme, Stage

router = Router(tags=["programmes"])


class PartnerOut(ModelSchema):
    """An organisation that takes part."""

    id: UUID

    class Meta:
        model = Partner
        fields = ["id", "organisation", "part", "since"]


class InteractionOut(ModelSchema):
    """Who takes part at a stage, and how far."""

    id: UUID
    who: Words
    how: Words

    class Meta:
        model = Interaction
        fields = ["id", "stage", "who", "depth", "how"]


class OutcomeOut(ModelSchema):
    """What the partnership changes, and the figure that shows it."""

    id: UUID
    what: Words

    class Meta:
        model = Outcome
        fields = ["id", "position", "what", "indicator"]


class ProgrammeOut(ModelSchema):
    """A partnership between volunteers and public authorities."""

    id: UUID
    names: Words
    summary: Words
    languages: list[str]

    class Meta:
        model = Programme
        fields = [
            *("id", "slug", "names", "summary", "country", "time_zone", "languages", "threshold"),
            *("pack", "pack_version", "started_on"),
        ]


class ProgrammeWholeOut(ProgrammeOut):
    """A programme with its partners, who takes part how far, and what it changes."""

    partners: list[PartnerOut]
    interactions: list[InteractionOut]
    outcomes: list[OutcomeOut]


class ContributionOut(ModelSchema):
    """What volunteers or the state bring."""

    id: UUID
    what: Words

    class Meta:
        model = Contribution
        fields = ["id", "programme", "organisation", "side", "kind", "stage", "what", "amount", "unit", "on"]


class ContributionOnly(Only):
    """Which contributions."""

    stage: Literal[*Stage.values] | None = None
    side: Literal[*Contribution.Side.values] | None = None


class ContributionAsk(AskAgain):
    """What a partner brought."""

    organisation: UUID
    kind: Literal[*Contribution.Kind.values]
    stage: Literal[*Stage.values]
    what: Texts
    on: Day
    amount: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)] | None = None
    unit: str = Field("", max_length=30)


def _programmes(request: HttpRequest) -> Any:
    return Programme.objects.reachable_by(request.user, Verb.PROGRAMME_READ)


@router.get("programmes", response=Many[ProgrammeOut])
@reads
def programme_list(request: HttpRequest, page: Query[Page]) -> Any:
    """List the programmes one's organisation takes part in."""
    return page_of(_programmes(request), page)


@router.get("programmes/{uuid:id}", response=ProgrammeWholeOut)
@reads
def programme(request: HttpRequest, id: UUID) -> Any:
    """Show one programme whole."""
    return found(_programmes(request).prefetch_related("partners", "interactions", "outcomes"), id)


@router.get("programmes/{uuid:id}/contributions", response=Many[ContributionOut])
@reads
def contribution_list(request: HttpRequest, id: UUID, only: Query[ContributionOnly], page: Query[Page]) -> Any:
    """List what volunteers and the state bring to a programme."""
    rows = found(_programmes(request), id).contributions.filter(**only.dict(exclude_none=True))
    return page_of(rows.order_by("-on", "pk"), page)


@router.post("programmes/{uuid:id}/contributions", response={201: ContributionOut})
@writes
def contribution_record(request: HttpRequest, id: UUID, ask: ContributionAsk) -> Any:
    """Record what one's own organisation brought."""
    row = found(Programme.objects.reachable_by(request.user, Verb.CONTRIBUTION_RECORD), id)
    values = {**ask.dict(), "organisation": named(Organisation.objects.all(), ask.organisation, "organisation")}
    return Status(201, services.record_contribution(programme=row, by=request.user, **values))


@router.delete("contributions/{uuid:id}", response=Said)
@writes
def contribution_withdraw(request: HttpRequest, id: UUID) -> Any:
    """Take back a contribution recorded by mistake."""
    row = found(Contribution.objects.reachable_by(request.user, Verb.CONTRIBUTION_RECORD), id)
    services.withdraw_contribution(contribution=row, by=request.user)
    return {}
