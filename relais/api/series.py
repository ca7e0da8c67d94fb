"""Series of meetings: started, changed and ended; their tables plan themselves."""

from datetime import time
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Day, Line, Only, Texts, Words
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.programmes.models import Programme
from relais.roundtables import services
from relais.roundtables.models import Series

router = Router(tags=["series"])


Hour = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["14:30"])]
"""An hour on the wall of the place where a table meets; it has no time zone of its own, so it is not JSON Schema's `time`."""


class SeriesOut(ModelSchema):
    """One rhythm of meetings; `rhythm` says the rule in the language asked for."""

    id: UUID
    names: Words
    place: Words
    rhythm: str
    starts_at_time: Hour

    @staticmethod
    def resolve_starts_at_time(series: Series) -> str:
        """Write the hour as people do."""
        return f"{series.starts_at_time:%H:%M}"

    class Meta:
        model = Series
        fields = [
            *("id", "key", "programme", "organisation", "territory", "names", "place", "rrule", "starts_on", "minutes"),
            *("time_zone", "holiday_rule", "public", "ended_on", "ended_because", "changed_at"),
        ]


class SeriesOnly(Only):
    """Which series."""

    programme: UUID | None = None


class Rhythm(Ask):
    """What a series is; the rule is RFC 5545 without the hour, which is local."""

    names: Texts = Field(min_length=1)
    place: Texts = {}
    rrule: str = Field(min_length=1, max_length=200)
    starts_on: Day
    starts_at_time: Hour
    minutes: int = Field(120, ge=5, le=1440)
    holiday_rule: Literal[*Series.HolidayRule.values] = "after"
    public: bool = False
    users: Annotated[list[UUID], Field(max_length=200)] = []
    labels: Annotated[list[Annotated[str, Field(min_length=1, max_length=120)]], Field(max_length=50)] = []


class SeriesAsk(AskAgain, Rhythm):
    """A series to start."""

    organisation: UUID | None = None


class ChangeAsk(Rhythm):
    """What a series becomes, and why, if tables in the calendar fall away."""

    reason: str = Field("", max_length=300)


class EndAsk(Ask):
    """From which day there is no table, and why."""

    ended_on: Day | None = None
    reason: Annotated[Line, Field(min_length=1)]


def _rows(request: HttpRequest, verb: Verb = Verb.TABLE_READ) -> Any:
    return Series.objects.reachable_by(request.user, verb).select_related("programme__country")


def _plan(ask: Rhythm) -> services.Plan:
    said = {name: getattr(ask, name) for name in Rhythm.model_fields if name != "users"}
    users = [named(User.objects.filter(is_active=True), each, "users") for each in ask.users]
    return services.Plan(**{**said, "starts_at_time": time.fromisoformat(ask.starts_at_time), "users": users})


@router.get("series", response=Many[SeriesOut])
@reads
def series_list(request: HttpRequest, only: Query[SeriesOnly], page: Query[Page]) -> Any:
    """List the series of one's programmes."""
    return page_of(_rows(request).filter(**only.dict(exclude_none=True)).order_by("key", "pk"), page)


@router.get("series/{uuid:id}", response=SeriesOut)
@reads
def series(request: HttpRequest, id: UUID) -> Any:
    """Show one series."""
    return found(_rows(request), id)


@router.post("programmes/{uuid:id}/series", response={201: SeriesOut})
@writes
def series_make(request: HttpRequest, id: UUID, ask: SeriesAsk) -> Any:
    """Start a series, and put its first half year in the calendar."""
    programme = found(Programme.objects.reachable_by(request.user, Verb.TABLE_MANAGE), id)
    organisation = named(Organisation.objects.all(), ask.organisation, "organisation")
    made = services.make_series(
        programme=programme, plan=_plan(ask), by=request.user, organisation=organisation, id=ask.id
    )
    return Status(201, made)


@router.put("series/{uuid:id}", response=SeriesOut)
@writes
def series_change(request: HttpRequest, id: UUID, ask: ChangeAsk) -> Any:
    """Change a series; tables in the calendar follow, and everyone invited is told once."""
    row = found(_rows(request, Verb.TABLE_MANAGE), id)
    return services.change_series(series=row, plan=_plan(ask), by=request.user, reason=ask.reason)


@router.post("series/{uuid:id}/end", response=SeriesOut)
@writes
def series_end(request: HttpRequest, id: UUID, ask: EndAsk) -> Any:
    """End a series; its tables from that day on are cancelled with the reason."""
    row = found(_rows(request, Verb.TABLE_MANAGE), id)
    return services.end_series(series=row, by=request.user, reason=ask.reason, ended_on=ask.ended_on)
