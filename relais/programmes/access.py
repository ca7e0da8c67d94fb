"""Who reaches programmes and what is recorded of them."""

from django.db.models import Q

from relais.access.lock import Actor, organisations_where, reach
from relais.access.verbs import Verb
from relais.programmes.models import Contribution, Partner, Programme


def partner_programmes(actor: Actor, verb: Verb) -> Q:
    """Keep the programmes where an organisation in which the actor holds the verb is a partner."""
    partners = Partner.objects.filter(organisation__in=organisations_where(actor, verb))
    return Q(pk__in=partners.values("programme"))


@reach(Verb.PROGRAMME_READ, Programme)
def own_programmes(actor: Actor) -> Q:
    """Members of a partner read the programme."""
    return partner_programmes(actor, Verb.PROGRAMME_READ)


@reach(Verb.PROGRAMME_MANAGE, Programme)
def managed_programmes(actor: Actor) -> Q:
    """An administrator of a partner manages the programme."""
    return partner_programmes(actor, Verb.PROGRAMME_MANAGE)


@reach(Verb.CONTRIBUTION_RECORD, Programme)
def programmes_contributed_to(actor: Actor) -> Q:
    """Partners record what they bring to their own programmes."""
    return partner_programmes(actor, Verb.CONTRIBUTION_RECORD)


@reach(Verb.REPORT_READ, Programme)
def reported_programmes(actor: Actor) -> Q:
    """Members of a partner read its reports."""
    return partner_programmes(actor, Verb.REPORT_READ)


@reach(Verb.CONTRIBUTION_RECORD, Contribution)
def own_contributions(actor: Actor) -> Q:
    """A partner keeps its own contributions current."""
    return Q(organisation__in=organisations_where(actor, Verb.CONTRIBUTION_RECORD))
