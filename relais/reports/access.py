"""Who takes what leaves as a file."""

from django.db.models import Q

from relais.access.lock import Actor, reach
from relais.access.verbs import Verb
from relais.procedures.models import Procedure
from relais.programmes.access import partner_programmes
from relais.programmes.models import Programme


@reach(Verb.JOURNEY_EXPORT, Procedure)
def procedures_whose_way_one_may_take_along(actor: Actor) -> Q:
    """Coordinators and evidence officers of a partner take the way of cases along: nobody in it can be found."""
    return Q(programme__in=Programme.objects.filter(partner_programmes(actor, Verb.JOURNEY_EXPORT)))
