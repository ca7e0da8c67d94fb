"""The filter most rights here are made of."""

from django.db.models import Q

from relais.access.lock import Actor, organisations_where
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.programmes.models import Partner


def of_programmes(actor: Actor, verb: Verb, *roles: Role) -> Q:
    """Keep what belongs to a programme in which an organisation where the actor holds the verb is a partner."""
    partners = Partner.objects.filter(organisation__in=organisations_where(actor, verb, *roles))
    return Q(programme__in=partners.values("programme"))
