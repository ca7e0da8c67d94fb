"""Another organisation's help: offered with consent or a recorded reason, answered, closed with a note back."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Schema, Status

from relais.access.verbs import Verb
from relais.api.cases import case_of
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Line, Long, Only
from relais.cases import services
from relais.cases.models import Case, Referral
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation

router = Router(tags=["referrals"])


class ReferralOut(ModelSchema):
    """An offer to help someone, and what was answered."""

    id: UUID

    class Meta:
        model = Referral
        fields = [
            *("id", "case", "organisation", "to", "need", "consent", "state", "reason"),
            *("offered_at", "answered_at"),
        ]


class ReferralNoteOut(Schema):
    """The note that came back, opened for this one answer."""

    words: str


class ReferralOnly(Only):
    """Which referrals: those offered to us, or those of our own cases."""

    side: Literal["received", "made"] = "received"
    state: Literal[*Referral.State.values] | None = None


class ReferralAsk(AskAgain):
    """Whom to ask for what; without consent, why it cannot wait."""

    to: UUID
    need: str = Field(min_length=1, max_length=40)
    override_reason: Line = ""


class ReferralAnswerAsk(Ask):
    """Whether to take someone on; if not, why."""

    accept: bool
    reason: str = Field("", max_length=40)


class NoteAsk(Ask):
    """A note back to whoever asked, sealed under the person's key."""

    note: Long = ""


def _of_cases(request: HttpRequest, verb: Verb) -> Any:
    return Referral.objects.filter(case__in=Case.objects.reachable_by(request.user, verb).values("pk"))


@router.get("referrals", response=Many[ReferralOut])
@reads
def referral_list(request: HttpRequest, only: Query[ReferralOnly], page: Query[Page]) -> Any:
    """List the referrals offered to one's organisation, or made for the cases within reach."""
    received = only.side == "received"
    rows = Referral.objects.reachable_by(request.user, Verb.REFERRAL_ANSWER)
    rows = rows if received else _of_cases(request, Verb.CASE_READ)
    rows = rows.filter(state=only.state) if only.state else rows
    return page_of(rows.order_by("-offered_at", "pk"), page)


@router.post("cases/{uuid:id}/referrals", response={201: ReferralOut})
@writes
def referral_offer(request: HttpRequest, id: UUID, ask: ReferralAsk) -> Any:
    """Ask another organisation to help; only with consent to that one, or with the reason to go without."""
    case = case_of(request, id, Verb.REFERRAL_OFFER)
    partners = Organisation.objects.filter(partnerships__programme=case.programme_id).distinct()
    values = {**ask.dict(), "to": named(partners, ask.to, "to")}
    return Status(201, services.offer_referral(case=case, by=request.user, **values))


@router.post("referrals/{uuid:id}/answer", response=ReferralOut)
@writes
def referral_answer(request: HttpRequest, id: UUID, ask: ReferralAnswerAsk) -> Any:
    """Take someone on, or say why not."""
    rows = Referral.objects.reachable_by(request.user, Verb.REFERRAL_ANSWER)
    return services.answer_referral(referral=found(rows, id), by=request.user, **ask.dict())


@router.post("referrals/{uuid:id}/close", response=ReferralOut)
@writes
def referral_close(request: HttpRequest, id: UUID, ask: NoteAsk) -> Any:
    """Say that the help was given, with a note back."""
    rows = Referral.objects.reachable_by(request.user, Verb.REFERRAL_ANSWER)
    return services.close_referral(referral=found(rows, id), by=request.user, **ask.dict())


@router.post("referrals/{uuid:id}/withdraw", response=ReferralOut)
@writes
def referral_withdraw(request: HttpRequest, id: UUID) -> Any:
    """Take an offer back."""
    rows = Referral.objects.reachable_by(request.user, Verb.REFERRAL_OFFER)
    return services.withdraw_referral(referral=found(rows, id), by=request.user)


@router.post("referrals/{uuid:id}/note", response=ReferralNoteOut)
@writes
def referral_note(request: HttpRequest, id: UUID) -> Any:
    """Open the note that came back, and write down that it was read."""
    referral = found(_of_cases(request, Verb.CASE_READ).select_related("case__person"), id)
    return {"words": services.read_note(referral=referral, by=request.user)}
