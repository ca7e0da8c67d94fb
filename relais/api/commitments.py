"""What was promised by whom, by when, and whether it was kept."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Status

from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.api.consultations import partner
from relais.api.decisions import decisions
from relais.api.meetings import meetings
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Day, Line, Only
from relais.kernel import clock
from relais.kernel.pages import reads, writes
from relais.programmes.models import Programme
from relais.roundtables import services
from relais.roundtables.models import Commitment

router = Router(tags=["commitments"])


class CommitmentOut(ModelSchema):
    """Who promised what by when."""

    id: UUID

    class Meta:
        model = Commitment
        fields = [
            *("id", "programme", "organisation", "meeting", "decision", "owner", "what", "due_on"),
            *("made_at", "done_on", "dropped_reason"),
        ]
        personal = {"owner"}
        verb = Verb.TABLE_READ


class CommitmentOnly(Only):
    """Which commitments."""

    programme: UUID | None = None
    state: Literal["pending", "overdue"] | None = None


class CommitmentAsk(AskAgain):
    """A promise."""

    organisation: UUID
    what: Annotated[Line, Field(min_length=1)]
    due_on: Day
    owner: UUID | None = None
    meeting: UUID | None = None
    decision: UUID | None = None


class FulfilAsk(Ask):
    """On which day it was kept; today, when not said."""

    done_on: Day | None = None


class DropAsk(Ask):
    """Why a promise will not be kept."""

    reason: Annotated[Line, Field(min_length=1)]


def _promises(request: HttpRequest) -> Any:
    return Commitment.objects.reachable_by(request.user, Verb.COMMITMENT_FULFIL)


@router.get("commitments", response=Many[CommitmentOut])
@reads
def commitment_list(request: HttpRequest, only: Query[CommitmentOnly], page: Query[Page]) -> Any:
    """List what was promised, the first due first."""
    rows = Commitment.objects.reachable_by(request.user, Verb.TABLE_READ)
    rows = rows.filter(programme=only.programme) if only.programme else rows
    rows = rows.pending() if only.state == "pending" else rows
    rows = rows.overdue(clock.today()) if only.state == "overdue" else rows
    return page_of(rows.order_by("due_on", "pk"), page)


@router.post("programmes/{uuid:id}/commitments", response={201: CommitmentOut})
@writes
def commitment_make(request: HttpRequest, id: UUID, ask: CommitmentAsk) -> Any:
    """Write down who promised what by when."""
    about = {
        "organisation": partner(ask.organisation),
        "owner": named(User.objects.filter(is_active=True), ask.owner, "owner"),
        "meeting": named(meetings(request), ask.meeting, "meeting"),
        "decision": named(decisions(request), ask.decision, "decision"),
    }
    programme = found(Programme.objects.reachable_by(request.user, Verb.COMMITMENT_MAKE), id)
    return Status(201, services.make_commitment(programme=programme, by=request.user, **{**ask.dict(), **about}))


@router.post("commitments/{uuid:id}/fulfil", response=CommitmentOut)
@writes
def commitment_fulfil(request: HttpRequest, id: UUID, ask: FulfilAsk) -> Any:
    """Say that a promise was kept, and on which day."""
    return services.fulfil_commitment(commitment=found(_promises(request), id), by=request.user, **ask.dict())


@router.post("commitments/{uuid:id}/drop", response=CommitmentOut)
@writes
def commitment_drop(request: HttpRequest, id: UUID, ask: DropAsk) -> Any:
    """Say that a promise will not be kept, and why."""
    return services.drop_commitment(commitment=found(_promises(request), id), by=request.user, reason=ask.reason)
