"""Organisations, who belongs to them, and the lines they lend."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Query, Router

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, Line, Only, Texts, Words
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.organisations import services
from relais.organisations.models import LentLine, Membership, Organisation
from relais.places.models import Territory

router = Router(tags=["organisations"])


class OrganisationOut(ModelSchema):
    """What an organisation says of itself."""

    id: UUID
    names: Words
    about: Words

    class Meta:
        model = Organisation
        fields = ["id", "slug", "kind", "names", "about", "parent", "territory", "address", "phone", "email"]


class MemberOut(ModelSchema):
    """Who belongs to an organisation, as what."""

    id: UUID
    called: str

    class Meta:
        model = Membership
        fields = ["id", "organisation", "user", "role", "territory", "since", "until"]
        personal = {"user"}
        verb = Verb.MEMBER_READ

    @staticmethod
    def resolve_called(row: Membership) -> str:
        """Say what colleagues call them."""
        return str(row.user)


class LineOut(ModelSchema):
    """A number or an address lent to people who have none."""

    id: UUID
    label: Words

    class Meta:
        model = LentLine
        fields = ["id", "organisation", "kind", "value", "label", "ended_on"]


class OrganisationOnly(Only):
    """Which organisations."""

    kind: Literal[*Organisation.Kind.values] | None = None
    programme: UUID | None = None


class OrganisationAsk(Ask):
    """What an organisation says of itself anew."""

    names: Texts
    about: Texts = {}
    territory: UUID | None = None
    address: Line = ""
    phone: str = ""
    email: str = ""


@router.get("organisations", response=Many[OrganisationOut])
@reads
def organisation_list(request: HttpRequest, only: Query[OrganisationOnly], page: Query[Page]) -> Any:
    """List the organisations one may read about."""
    rows = Organisation.objects.reachable_by(request.user, Verb.ORGANISATION_READ)
    if only.kind:
        rows = rows.filter(kind=only.kind)
    if only.programme:
        rows = rows.filter(pk__in=Organisation.objects.filter(partnerships__programme=only.programme))
    return page_of(rows, page)


@router.get("organisations/{uuid:id}", response=OrganisationOut)
@reads
def organisation(request: HttpRequest, id: UUID) -> Any:
    """Show one organisation."""
    return found(Organisation.objects.reachable_by(request.user, Verb.ORGANISATION_READ), id)


@router.put("organisations/{uuid:id}", response=OrganisationOut)
@writes
def organisation_describe(request: HttpRequest, id: UUID, ask: OrganisationAsk) -> Any:
    """Say anew what an organisation is and how to reach it."""
    row = found(Organisation.objects.reachable_by(request.user, Verb.ORGANISATION_MANAGE), id)
    values = {**ask.dict(), "territory": named(Territory.objects.all(), ask.territory, "territory")}
    return services.describe_organisation(organisation=row, by=request.user, **values)


@router.get("organisations/{uuid:id}/members", response=Many[MemberOut])
@reads
def member_list(request: HttpRequest, id: UUID, page: Query[Page]) -> Any:
    """List who belongs to an organisation today."""
    found(Organisation.objects.reachable_by(request.user, Verb.ORGANISATION_READ), id)
    rows = Membership.objects.reachable_by(request.user, Verb.MEMBER_READ).filter(organisation=id)
    return page_of(rows.current(clock.today()).select_related("user").order_by("role", "pk"), page)


@router.get("organisations/{uuid:id}/lines", response=Many[LineOut])
@reads
def line_list(request: HttpRequest, id: UUID, page: Query[Page]) -> Any:
    """List the lines an organisation lends, for whoever tends them."""
    found(Organisation.objects.reachable_by(request.user, Verb.ORGANISATION_READ), id)
    rows = LentLine.objects.reachable_by(request.user, Verb.MESSAGE_SEND).filter(organisation=id)
    return page_of(rows.still_lent(), page)
