"""Who belongs to an organisation, who is invited to it, and which programs it lets in."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Schema, Status

from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.api.organisations import MemberOut
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Said
from relais.kernel.pages import reads, writes
from relais.organisations import services
from relais.organisations.models import ApiToken, Invitation, Membership, Organisation
from relais.organisations.services.invitations import DAYS_OPEN, LONGEST_DAYS_OPEN
from relais.places.models import Territory

router = Router(tags=["organisations"])
Roles = Literal[*(role.value for role in Role)]


class InvitationOut(ModelSchema):
    """A one-time way in: to which role, for whom, until when, and whether it was used."""

    id: UUID

    class Meta:
        model = Invitation
        fields = [
            *("id", "organisation", "role", "territory", "label"),
            *("created_at", "expires_at", "used_at", "withdrawn_at"),
        ]
        personal = {"label"}
        verb = Verb.MEMBER_INVITE


class InvitedOut(Schema):
    """A new invitation with its way in, which is told this once and kept nowhere."""

    invitation: InvitationOut
    way_in: str


class TokenOut(ModelSchema):
    """A program one let in, without its key."""

    id: UUID

    class Meta:
        model = ApiToken
        fields = ["id", "organisation", "name", "created_at", "expires_at", "revoked_at", "last_used_on"]


class RoleAsk(Ask):
    """What a member is from today."""

    role: Roles


class InvitationAsk(AskAgain):
    """Whom to invite, as what."""

    role: Roles
    label: str = Field("", max_length=120)
    territory: UUID | None = None
    days: int = Field(DAYS_OPEN, ge=1, le=LONGEST_DAYS_OPEN)


def _organisation(request: HttpRequest, id: UUID, verb: Verb) -> Organisation:
    return found(Organisation.objects.reachable_by(request.user, verb), id)


def _member(request: HttpRequest, id: UUID) -> Membership:
    rows = Membership.objects.reachable_by(request.user, Verb.MEMBER_RECOVER)
    return found(rows.select_related("user", "organisation"), id)


@router.put("members/{uuid:id}", response=MemberOut)
@writes
def member_change(request: HttpRequest, id: UUID, ask: RoleAsk) -> Any:
    """Give a member another role from today; the old one stays in the record."""
    return services.change_role(membership=_member(request, id), role=ask.role, by=request.user)


@router.post("members/{uuid:id}/end", response=Said)
@writes
def member_end(request: HttpRequest, id: UUID) -> Any:
    """Let someone go: from now on they reach nothing here, and what they did stays."""
    services.end_membership(membership=_member(request, id), by=request.user)
    return {}


@router.get("organisations/{uuid:id}/invitations", response=Many[InvitationOut])
@reads
def invitation_list(request: HttpRequest, id: UUID, page: Query[Page]) -> Any:
    """List whom an organisation invited."""
    _organisation(request, id, Verb.MEMBER_INVITE)
    rows = Invitation.objects.reachable_by(request.user, Verb.MEMBER_INVITE).filter(organisation=id, recovers=None)
    return page_of(rows.order_by("-created_at", "pk"), page)


@router.post("organisations/{uuid:id}/invitations", response={201: InvitedOut})
@writes
def member_invite(request: HttpRequest, id: UUID, ask: InvitationAsk) -> Any:
    """Invite someone, and give the one-time way in; sent twice, the second is refused: it cannot be told again."""
    organisation = _organisation(request, id, Verb.MEMBER_INVITE)
    values = {**ask.dict(), "territory": named(Territory.objects.all(), ask.territory, "territory")}
    invitation, token = services.invite_member(organisation=organisation, by=request.user, **values)
    return Status(201, {"invitation": invitation, "way_in": token})


@router.post("invitations/{uuid:id}/withdraw", response=Said)
@writes
def invitation_withdraw(request: HttpRequest, id: UUID) -> Any:
    """Take an invitation back, so that it leads nowhere."""
    invitation = found(Invitation.objects.reachable_by(request.user, Verb.MEMBER_INVITE), id)
    services.withdraw_invitation(invitation=invitation, by=request.user)
    return {}


@router.get("organisations/{uuid:id}/tokens", response=Many[TokenOut])
@reads
def token_list(request: HttpRequest, id: UUID, page: Query[Page]) -> Any:
    """List the programs an organisation let in."""
    _organisation(request, id, Verb.TOKEN_MANAGE)
    rows = ApiToken.objects.reachable_by(request.user, Verb.TOKEN_MANAGE).filter(organisation=id)
    return page_of(rows.order_by("-created_at", "pk"), page)


@router.post("tokens/{uuid:id}/revoke", response=Said)
@writes
def token_revoke(request: HttpRequest, id: UUID) -> Any:
    """Shut a program out at once."""
    rows = ApiToken.objects.reachable_by(request.user, Verb.TOKEN_MANAGE)
    services.revoke_token(token=found(rows.select_related("user"), id), by=request.user)
    return {}
