"""Who reaches what is ranked: partners read, who stands beside people scores, both sides agree."""

from django.db.models import Q

from relais.access.lock import Actor, organisations_where, reach
from relais.access.verbs import Verb
from relais.barriers.access.programmes import of_programmes
from relais.barriers.models import Candidate, NeedsAssessment


@reach(Verb.NEEDS_READ, NeedsAssessment)
def assessments_of_own_programmes(actor: Actor) -> Q:
    """Members of a partner read the list, its weights and its reasons."""
    return of_programmes(actor, Verb.NEEDS_READ)


@reach(Verb.NEEDS_ASSESS, NeedsAssessment)
def assessments_one_contributes_to(actor: Actor) -> Q:
    """Who stands beside people proposes what to rank."""
    return of_programmes(actor, Verb.NEEDS_ASSESS)


@reach(Verb.NEEDS_AGREE, NeedsAssessment)
def assessments_one_agrees(actor: Actor) -> Q:
    """Coordinators and authorities set and agree the weights."""
    return of_programmes(actor, Verb.NEEDS_AGREE)


@reach(Verb.NEEDS_ASSESS, Candidate)
def candidates_of_own_organisation(actor: Actor) -> Q:
    """One scores what one's own organisation went to see."""
    return Q(organisation__in=organisations_where(actor, Verb.NEEDS_ASSESS))
