"""Who reaches the directory."""

from django.db.models import Q

from relais.access.lock import Actor, organisations_where, reach
from relais.access.verbs import Verb
from relais.directory.models import Office
from relais.programmes.access import partner_programmes
from relais.programmes.models import Partner, Programme


@reach(Verb.OFFICE_READ, Office)
def offices_of_own_programmes(actor: Actor) -> Q:
    """Members of a partner read the programme's directory."""
    partners = Partner.objects.filter(organisation__in=organisations_where(actor, Verb.OFFICE_READ))
    return Q(programme__in=partners.values("programme"))


@reach(Verb.OFFICE_MANAGE, Office)
def offices_one_keeps_current(actor: Actor) -> Q:
    """Coordinators and authorities of the programme keep its directory current."""
    partners = Partner.objects.filter(organisation__in=organisations_where(actor, Verb.OFFICE_MANAGE))
    return Q(programme__in=partners.values("programme"))


@reach(Verb.OFFICE_MANAGE, Programme)
def programmes_whose_directory_one_keeps(actor: Actor) -> Q:
    """Coordinators and authorities of a partner add to its directory."""
    return partner_programmes(actor, Verb.OFFICE_MANAGE)
