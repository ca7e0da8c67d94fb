"""Who reaches round tables, consultations, decisions and commitments."""

from django.db.models import Q

from relais.access.lock import Actor, organisations_where, reach
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.programmes.access import partner_programmes
from relais.programmes.models import Partner, Programme
from relais.roundtables.models import Commitment, Consultation, Decision, Meeting, Series


def _of_own_programmes(actor: Actor, verb: Verb) -> Q:
    partners = Partner.objects.filter(organisation__in=organisations_where(actor, verb))
    return Q(programme__in=partners.values("programme"))


@reach(Verb.TABLE_READ, Series)
@reach(Verb.TABLE_READ, Meeting)
@reach(Verb.TABLE_READ, Decision)
@reach(Verb.TABLE_READ, Consultation)
@reach(Verb.TABLE_READ, Commitment)
def tables_of_own_programmes(actor: Actor) -> Q:
    """Members of a partner read the programme's tables, and what was asked, decided and promised there."""
    return _of_own_programmes(actor, Verb.TABLE_READ)


@reach(Verb.TABLE_MANAGE, Programme)
def programmes_one_may_call_a_table_in(actor: Actor) -> Q:
    """Coordinators and authorities of a partner call the programme's meetings."""
    return partner_programmes(actor, Verb.TABLE_MANAGE)


@reach(Verb.TABLE_MANAGE, Series)
@reach(Verb.TABLE_MANAGE, Meeting)
def tables_one_may_prepare(actor: Actor) -> Q:
    """Coordinators and authorities of the partners prepare the table together, whoever convened it."""
    return _of_own_programmes(actor, Verb.TABLE_MANAGE)


@reach(Verb.TABLE_DECIDE, Meeting)
def tables_one_decides_at(actor: Actor) -> Q:
    """Coordinators and authorities of the partners write down what was decided, at any table that was not cancelled."""
    return _of_own_programmes(actor, Verb.TABLE_DECIDE) & ~Q(state=Meeting.State.CANCELLED)


@reach(Verb.CONSULTATION_ASK, Programme)
def programmes_one_may_consult_in(actor: Actor) -> Q:
    """Coordinators and authorities of a partner may ask the people concerned."""
    return partner_programmes(actor, Verb.CONSULTATION_ASK)


@reach(Verb.CONSULTATION_ANSWER, Consultation)
def questions_one_may_take_to_people(actor: Actor) -> Q:
    """Who works beside people of the programme brings back their answers."""
    return _of_own_programmes(actor, Verb.CONSULTATION_ANSWER)


@reach(Verb.COMMITMENT_MAKE, Programme)
def programmes_one_may_promise_in(actor: Actor) -> Q:
    """Coordinators and authorities of a partner write down what was promised."""
    return partner_programmes(actor, Verb.COMMITMENT_MAKE)


@reach(Verb.COMMITMENT_FULFIL, Commitment)
def own_commitments(actor: Actor) -> Q:
    """Who promised keeps the commitment; so may whoever runs the organisation that promised."""
    runs = organisations_where(actor, Verb.COMMITMENT_FULFIL, Role.COORDINATOR, Role.AUTHORITY)
    return Q(owner=actor) | Q(organisation__in=runs)
