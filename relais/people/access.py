"""Who reaches people, what was written to them, and what they agreed to."""

from django.db.models import Q

from relais.access.lock import Actor, organisations_where, reach
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.kernel import clock
from relais.organisations.models import LentLine, Organisation
from relais.people.models import Complaint, Consent, DuplicatePair, Message, Person

# A companion reaches single people; who answers for all of them reaches the organisation's.
WHOLE_ORGANISATION = (Role.RELAY, Role.COORDINATOR)
BESIDE_PEOPLE = (
    Verb.PERSON_READ,
    Verb.PERSON_IDENTIFY,
    Verb.PERSON_CORRECT,
    Verb.CONSENT_GIVE,
    Verb.CONSENT_WITHDRAW,
    Verb.MESSAGE_SEND,
)


def _own_people(verb: Verb):
    def own_people(actor: Actor) -> Q:
        """A relay and a coordinator reach everyone in the care of their organisation."""
        return Q(organisation__in=organisations_where(actor, verb, *WHOLE_ORGANISATION), erased_at=None)

    def people_one_registered(actor: Actor) -> Q:
        """A companion reaches the people they registered, as long as both belong to the same organisation."""
        own = organisations_where(actor, verb, Role.COMPANION)
        return Q(registered_by=actor.pk, organisation__in=own, erased_at=None)

    return own_people, people_one_registered


for _verb in BESIDE_PEOPLE:
    for _function in _own_people(_verb):
        reach(_verb, Person)(_function)


@reach(Verb.PERSON_READ, Person)
@reach(Verb.PERSON_IDENTIFY, Person)
def people_who_consented(actor: Actor) -> Q:
    """An authority, or an organisation someone was referred to, knows who consented to that, while the consent holds."""
    recipients = organisations_where(actor, Verb.PERSON_IDENTIFY, Role.AUTHORITY, Role.COORDINATOR)
    consents = Consent.objects.filter(recipient__in=recipients).in_force(clock.today()).opening_identity()
    return Q(pk__in=consents.values("person"), erased_at=None)


@reach(Verb.PERSON_REGISTER, Organisation)
def organisations_one_registers_for(actor: Actor) -> Q:
    """Volunteers register people for their own organisation."""
    return Q(pk__in=organisations_where(actor, Verb.PERSON_REGISTER))


@reach(Verb.PERSON_FORGET, Person)
def people_one_may_forget(actor: Actor) -> Q:
    """A coordinator carries out the wish to be forgotten."""
    return Q(organisation__in=organisations_where(actor, Verb.PERSON_FORGET), erased_at=None)


@reach(Verb.PIN_UNLOCK, Person)
def people_with_a_pin_to_unlock(actor: Actor) -> Q:
    """A coordinator opens a PIN that was guessed wrongly too often."""
    return Q(organisation__in=organisations_where(actor, Verb.PIN_UNLOCK), erased_at=None)


@reach(Verb.PERSON_MERGE, Person)
def people_one_may_merge(actor: Actor) -> Q:
    """A coordinator decides, with the person, that two records are one."""
    return Q(organisation__in=organisations_where(actor, Verb.PERSON_MERGE), erased_at=None)


@reach(Verb.PERSON_MERGE, DuplicatePair)
def pairs_one_may_decide(actor: Actor) -> Q:
    """A coordinator sees the possible duplicates of their organisation."""
    return Q(organisation__in=organisations_where(actor, Verb.PERSON_MERGE))


@reach(Verb.MESSAGE_READ, Message)
def messages_of_own_organisation(actor: Actor) -> Q:
    """Who tends the lent lines reads what arrives on them."""
    return Q(organisation__in=organisations_where(actor, Verb.MESSAGE_READ, *WHOLE_ORGANISATION))


@reach(Verb.MESSAGE_READ, Message)
def messages_that_land_with_one(actor: Actor) -> Q:
    """A companion reads what lands with them and what they wrote."""
    return Q(organisation__in=organisations_where(actor, Verb.MESSAGE_READ)) & (Q(lands_with=actor.pk) | Q(by=actor.pk))


@reach(Verb.MESSAGE_SEND, LentLine)
def lines_one_tends(actor: Actor) -> Q:
    """Volunteers write down what arrives on the lines their organisation lends."""
    return Q(organisation__in=organisations_where(actor, Verb.MESSAGE_SEND))


@reach(Verb.COMPLAINT_READ, Complaint)
@reach(Verb.COMPLAINT_ANSWER, Complaint)
def complaints_to_own_organisation(actor: Actor) -> Q:
    """A coordinator reads and answers the complaints made to their organisation."""
    return Q(organisation__in=organisations_where(actor, Verb.COMPLAINT_ANSWER))
