"""Where roles come from, and who reaches organisations, members, invitations and tokens."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q

from relais.access.lock import Actor, organisations_where, reach, role_source
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.kernel import clock
from relais.organisations.models import ApiToken, Invitation, LentLine, Membership, Organisation


@role_source
def memberships(actor: Actor) -> Iterator[tuple[Role, UUID]]:
    """A membership that holds today gives its role in its organisation."""
    yield from Membership.objects.roles_of(actor, clock.today())


@reach(Verb.ORGANISATION_READ, Organisation)
def every_organisation(actor: Actor) -> Q:
    """Whoever belongs somewhere may read what any organisation says of itself."""
    return Q()


@reach(Verb.ORGANISATION_MANAGE, Organisation)
def own_organisation(actor: Actor) -> Q:
    """A coordinator, an authority or an administrator manages their own organisation."""
    return Q(pk__in=organisations_where(actor, Verb.ORGANISATION_MANAGE))


@reach(Verb.MEMBER_INVITE, Organisation)
def inviting_organisation(actor: Actor) -> Q:
    """One invites to one's own organisation."""
    return Q(pk__in=organisations_where(actor, Verb.MEMBER_INVITE))


@reach(Verb.MEMBER_READ, Membership)
def colleagues(actor: Actor) -> Q:
    """Whoever runs an organisation sees who belongs to it."""
    return Q(organisation__in=organisations_where(actor, Verb.MEMBER_READ))


@reach(Verb.MEMBER_RECOVER, Membership)
def colleagues_locked_out(actor: Actor) -> Q:
    """Whoever runs an organisation may give its members a new way in."""
    return Q(organisation__in=organisations_where(actor, Verb.MEMBER_RECOVER))


@reach(Verb.MEMBER_INVITE, Invitation)
def own_invitations(actor: Actor) -> Q:
    """Invitations of one's own organisation can be seen and withdrawn."""
    return Q(organisation__in=organisations_where(actor, Verb.MEMBER_INVITE))


@reach(Verb.ORGANISATION_MANAGE, LentLine)
def own_lines(actor: Actor) -> Q:
    """An organisation manages the lines it lends."""
    return Q(organisation__in=organisations_where(actor, Verb.ORGANISATION_MANAGE))


@reach(Verb.TOKEN_MANAGE, ApiToken)
def own_tokens(actor: Actor) -> Q:
    """An organisation manages its own tokens."""
    return Q(organisation__in=organisations_where(actor, Verb.TOKEN_MANAGE))


@reach(Verb.TOKEN_MANAGE, Organisation)
def tokens_of_organisation(actor: Actor) -> Q:
    """A token is made for one's own organisation."""
    return Q(pk__in=organisations_where(actor, Verb.TOKEN_MANAGE))
