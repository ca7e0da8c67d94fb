"""The directory: places to go to, kept current by who knows them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, Day, Only, Texts, Words
from relais.directory import services
from relais.directory.models import Office
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.places.models import Territory
from relais.programmes.models import Programme

router = Router(tags=["offices"])


class OfficeOut(ModelSchema):
    """A place to go to: hours, what it asks for, how safe people found it, when someone last confirmed this."""

    id: UUID
    names: Words
    address: Words
    hours: Words
    asks_for: Words
    safety: Words

    class Meta:
        model = Office
        fields = [
            *("id", "key", "programme", "organisation", "territory", "names", "address", "hours", "asks_for"),
            *("safety", "step_free", "phone", "confirmed_on", "closed_on"),
        ]


class OfficeOnly(Only):
    """Which offices."""

    programme: UUID | None = None
    territory: UUID | None = None
    closed: bool = False


class ToldAsk(Ask):
    """What the directory says of an office."""

    names: Texts = Field(min_length=1)
    address: Texts = {}
    hours: Texts = {}
    asks_for: Texts = {}
    safety: Texts = {}
    step_free: bool | None = None
    phone: str = Field("", max_length=40)
    territory: UUID

    def told(self, *ours: str) -> dict[str, Any]:
        """Give it with the territory it names."""
        values = self.dict(exclude=set(ours))
        return {**values, "territory": named(Territory.objects.all(), self.territory, "territory")}


class OfficeAsk(ToldAsk):
    """An office to put on the list."""

    id: UUID
    organisation: UUID
    key: str = Field(pattern=r"^[a-z0-9-]+$", max_length=60)


class CloseAsk(Ask):
    """Since when nobody should go there; without a day it is open again."""

    closed_on: Day | None = None


def _kept(request: HttpRequest) -> Any:
    return Office.objects.reachable_by(request.user, Verb.OFFICE_MANAGE).select_related("programme")


@router.get("offices", response=Many[OfficeOut])
@reads
def office_list(request: HttpRequest, only: Query[OfficeOnly], page: Query[Page]) -> Any:
    """List the places of one's programmes; the closed ones when asked for."""
    rows = Office.objects.reachable_by(request.user, Verb.OFFICE_READ)
    rows = rows.filter(**only.dict(exclude_none=True, exclude={"closed"}))
    return page_of(rows if only.closed else rows.open_to_people(), page)


@router.get("offices/{uuid:id}", response=OfficeOut)
@reads
def office(request: HttpRequest, id: UUID) -> Any:
    """Show one place."""
    return found(Office.objects.reachable_by(request.user, Verb.OFFICE_READ), id)


@router.post("programmes/{uuid:id}/offices", response={201: OfficeOut})
@writes
def office_add(request: HttpRequest, id: UUID, ask: OfficeAsk) -> Any:
    """Put a place on a programme's list; whoever adds it has seen it."""
    programme = found(Programme.objects.reachable_by(request.user, Verb.OFFICE_MANAGE), id)
    organisation = named(Organisation.objects.all(), ask.organisation, "organisation")
    values = ask.told("organisation")
    return Status(201, services.add_office(programme=programme, organisation=organisation, by=request.user, **values))


@router.put("offices/{uuid:id}", response=OfficeOut)
@writes
def office_correct(request: HttpRequest, id: UUID, ask: ToldAsk) -> Any:
    """Change what the list says of a place."""
    return services.correct_office(office=found(_kept(request), id), by=request.user, **ask.told())


@router.post("offices/{uuid:id}/confirm", response=OfficeOut)
@writes
def office_confirm(request: HttpRequest, id: UUID) -> Any:
    """Say that everything on the list is still true."""
    return services.confirm_office(office=found(_kept(request), id), by=request.user)


@router.post("offices/{uuid:id}/close", response=OfficeOut)
@writes
def office_close(request: HttpRequest, id: UUID, ask: CloseAsk) -> Any:
    """Note that nobody should go there any more, or that it is open again."""
    return services.close_office(office=found(_kept(request), id), closed_on=ask.closed_on, by=request.user)
