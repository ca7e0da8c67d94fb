"""Which cases someone carries, writes for or leads: the filters every right on a case is made of."""

from functools import reduce
from operator import or_

from django.db.models import Q

from relais.access.lock import NOTHING, Actor, organisations_where
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.cases.models import Appointment
from relais.kernel import clock
from relais.organisations.models import Membership

ON_CASES = (
    Verb.CASE_READ,
    Verb.CASE_WORK,
    Verb.CASE_CLOSE,
    Verb.CASE_HAND_OVER,
    Verb.REFERRAL_OFFER,
    Verb.DOSSIER_SUBMIT,
)
ON_PEOPLE = (
    Verb.PERSON_READ,
    Verb.PERSON_IDENTIFY,
    Verb.PERSON_CORRECT,
    Verb.CONSENT_GIVE,
    Verb.CONSENT_WITHDRAW,
    Verb.MESSAGE_SEND,
)
GOING_ALONG = {Verb.CASE_READ, Verb.CASE_WORK, Verb.PERSON_READ, Verb.PERSON_IDENTIFY}


def carried(actor: Actor, verb: Verb) -> Q:
    """A companion reaches the cases they carry, and those of people they promised to go along with."""
    reached = Q(companion=actor.pk)
    if verb in GOING_ALONG:
        going = Appointment.objects.filter(accompanied_by=actor.pk, state=Appointment.State.PLANNED)
        reached |= Q(pk__among=going.values("case"))
    return Q(organisation__in=organisations_where(actor, verb, Role.COMPANION)) & reached


def written_for(actor: Actor, verb: Verb) -> Q:
    """A relay reaches the cases of the companions they write for: their organisation's, where they work."""
    own = organisations_where(actor, verb, Role.RELAY)
    held = Membership.objects.filter(user=actor.pk, role=Role.RELAY, organisation__in=own).current(clock.today())
    places = held.values_list("organisation", "territory__path") if own else ()
    return reduce(or_, (Q(organisation=each) & _inside(path) for each, path in places), NOTHING)


def led(actor: Actor, verb: Verb) -> Q:
    """A coordinator reaches what belongs to their organisation, and what it handed over."""
    return Q(organisation__in=organisations_where(actor, verb, Role.COORDINATOR))


def _inside(path: str | None) -> Q:
    if not path:
        return Q()
    return Q(person__territory__path=path) | Q(person__territory__path__startswith=f"{path}/")
