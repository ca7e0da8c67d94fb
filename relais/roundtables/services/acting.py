"""For which organisation someone speaks at a table."""

from uuid import UUID

from django.utils.translation import gettext as _

from relais.access.lock import organisations_where
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.kernel.refusals import Refusal
from relais.organisations.models import Organisation
from relais.programmes.models import Programme


def acting_for(*, by: User, verb: Verb, programme: Programme, named: Organisation | None = None) -> Organisation:
    """Give the partner someone speaks for: the one they name, or the first of theirs; refuse if there is none."""
    own = organisations_where(by, verb)
    partners = Organisation.objects.filter(pk__in=own, partnerships__programme=programme).distinct()
    chosen = partners.filter(pk=named.pk) if named else partners
    found: Organisation | None = chosen.order_by("slug").first()
    if found is None:
        raise Refusal(
            _("You cannot do this for that organisation."),
            why=_("It takes part in this programme with someone else's account, or not at all."),
            next=_("Choose an organisation you belong to."),
        )
    return found


def partner_of(*, programme: Programme, organisation: Organisation) -> Organisation:
    """Give an organisation back if it is a partner of the programme; refuse otherwise."""
    if not programme.partners.filter(organisation=organisation).exists():
        raise Refusal(
            _("%(organisation)s is not a partner of this programme.") % {"organisation": organisation},
            next=_("Choose one of the partners."),
        )
    return organisation


def members_of_partners(*, programme: Programme, ids: list[UUID] | None = None) -> "list[User]":
    """Give who belongs today to a partner of a programme, if asked only some of them."""
    users = User.objects.filter(
        is_active=True, kind=User.Kind.PERSON, memberships__organisation__partnerships__programme=programme
    )
    users = users.filter(memberships__until=None)
    return list((users if ids is None else users.filter(pk__in=ids)).distinct().order_by("display_name"))
