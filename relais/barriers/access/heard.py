"""Who reaches what was heard: fully those who heard it and their coordinator; partners only what was shared."""

from django.db.models import Q

from relais.access.lock import Actor, filter_for, organisations_where, reach
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.barriers.access.programmes import of_programmes
from relais.barriers.models import Barrier, BarrierGroup
from relais.cases.models import Case
from relais.organisations.models import Organisation
from relais.programmes.access import partner_programmes
from relais.programmes.models import Programme

# Companions and relays read their own; what the table hears of it reaches them as an answer.
READ_WHAT_WAS_SHARED = (Role.COORDINATOR, Role.AUTHORITY, Role.EVIDENCE_OFFICER, Role.ADMINISTRATOR)


@reach(Verb.BARRIER_READ, Barrier)
def barriers_one_heard_or_wrote_down(actor: Actor) -> Q:
    """A companion reaches what they heard, a relay what they wrote for others, while they belong to the organisation."""
    own = Q(author=actor) | Q(recorded_by=actor)
    return own & Q(organisation__in=organisations_where(actor, Verb.BARRIER_READ))


@reach(Verb.BARRIER_READ, Barrier)
def barriers_of_own_organisation(actor: Actor) -> Q:
    """A coordinator reaches everything their organisation heard."""
    return Q(organisation__in=organisations_where(actor, Verb.BARRIER_READ, Role.COORDINATOR))


@reach(Verb.BARRIER_READ, Barrier)
def barriers_on_the_table(actor: Actor) -> Q:
    """Partners reach what was shared with the table, and see of it what `telling.tell` lets through."""
    return of_programmes(actor, Verb.BARRIER_READ, *READ_WHAT_WAS_SHARED) & Q(shared_at__isnull=False)


@reach(Verb.BARRIER_RECORD, Case)
def cases_one_hears_from(actor: Actor) -> Q:
    """A companion hears from the people they stand beside; relays and coordinators write for their organisation."""
    own = Q(companion=actor, organisation__in=organisations_where(actor, Verb.BARRIER_RECORD))
    whole = organisations_where(actor, Verb.BARRIER_RECORD, Role.RELAY, Role.COORDINATOR)
    return own | Q(organisation__in=whole)


@reach(Verb.BARRIER_RECORD, Organisation)
def organisations_one_hears_for(actor: Actor) -> Q:
    """One hears for the organisation one belongs to."""
    return Q(pk__in=organisations_where(actor, Verb.BARRIER_RECORD))


@reach(Verb.BARRIER_RECORD, Programme)
def programmes_one_hears_for(actor: Actor) -> Q:
    """What is heard belongs to a programme in which one's organisation is a partner."""
    return partner_programmes(actor, Verb.BARRIER_RECORD)


@reach(Verb.BARRIER_APPROVE, Barrier)
def barriers_in_ones_own_name(actor: Actor) -> Q:
    """Only its author stands behind a barrier."""
    return Q(author=actor, organisation__in=organisations_where(actor, Verb.BARRIER_APPROVE))


@reach(Verb.BARRIER_SHARE, Barrier)
def barriers_one_may_share(actor: Actor) -> Q:
    """A coordinator decides what leaves the organisation."""
    return Q(organisation__in=organisations_where(actor, Verb.BARRIER_SHARE))


@reach(Verb.BARRIER_GROUP, Barrier)
def barriers_one_may_group(actor: Actor) -> Q:
    """A coordinator puts together what their organisation heard and what others shared."""
    own = Q(organisation__in=organisations_where(actor, Verb.BARRIER_GROUP))
    return own | (of_programmes(actor, Verb.BARRIER_GROUP) & Q(shared_at__isnull=False))


@reach(Verb.TABLE_DECIDE, Barrier)
def barriers_one_may_answer(actor: Actor) -> Q:
    """Who decides at the table answers what was shared with it; a coordinator also what stayed in the organisation."""
    shared = of_programmes(actor, Verb.TABLE_DECIDE) & Q(shared_at__isnull=False)
    return shared | Q(organisation__in=organisations_where(actor, Verb.TABLE_DECIDE, Role.COORDINATOR))


@reach(Verb.BARRIER_READ, BarrierGroup)
def groups_of_what_one_reads(actor: Actor) -> Q:
    """Who reads one barrier of a group knows of the group."""
    return Q(pk__in=Barrier.objects.filter(filter_for(actor, Verb.BARRIER_READ, Barrier)).values("group"))


@reach(Verb.BARRIER_GROUP, BarrierGroup)
def groups_one_may_change(actor: Actor) -> Q:
    """Who may group one barrier of a group may add to it."""
    return Q(pk__in=Barrier.objects.filter(filter_for(actor, Verb.BARRIER_GROUP, Barrier)).values("group"))
