"""Who reaches people, what was written to them, and what they agreed to."""

from django.db.models import Q

from relais.access.lock import Actor, organisations_where, reach
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.kernel import clock
from relais.organisations.models import LentLine, Organisation
from relais.people.models import Complaint, Consent, DuplicatePair, Message, Person


@reach(Verb.PERSON_READ, Person)
@reach(Verb.PERSON_IDENTIFY, Person)
@reach(Verb.PERSON_CORRECT, Person)
@reach(Verb.CONSENT_GIVE, Person)
@reach(Verb.CONSENT_WITHDRAW, Person)
@reach(Verb.MESSAGE_SEND, Person)
def own_people(actor: Actor) -> Q:
    """A relay and a coordinator reach everyone in their organisation's care; a companion, the people they registered."""
    whole = organisations_where(actor, Verb.PERSON_CORRECT, Role.RELAY, Role.COORDINATOR)
    own = organisations_where(actor, Verb.PERSON_CORRECT, Role.COMPANION)
    return Q(erased_at=None) & (Q(organisation__in=whole) | Q(organisation__in=own, registered_by=actor.pk))


@reach(Verb.PERSON_READ, Person)
@reach(Verb.PERSON_IDENTIFY, Person)
def people_who_consented(actor: Actor) -> Q:
    """An authority, or an organisation someone was referred to, knows who consented to that, while the consent holds."""
    recipients = organisations_where(actor, Verb.PERSON_IDENTIFY, Role.AUTHORITY, Role.COORDINATOR)
    consents = Consent.objects.filter(recipient__in=recipients).holding(clock.today()).opening_identity()
    return Q(pk__in=consents.values("person"), erased_at=None)


@reach(Verb.PERSON_REGISTER, Organisation)
def organisations_one_registers_for(actor: Actor) -> Q:
    """Volunteers register people for their own organisation."""
    return Q(pk__in=organisations_where(actor, Verb.PERSON_REGISTER))


@reach(Verb.PERSON_FORGET, Person)
@reach(Verb.PERSON_MERGE, Person)
@reach(Verb.PIN_UNLOCK, Person)
def people_one_answers_for(actor: Actor) -> Q:
    """A coordinator forgets who asks for it, decides on duplicates, and opens PINs that were guessed too often."""
    return Q(organisation__in=organisations_where(actor, Verb.PERSON_FORGET), erased_at=None)


@reach(Verb.PERSON_MERGE, DuplicatePair)
def pairs_one_may_decide(actor: Actor) -> Q:
    """A coordinator sees the possible duplicates of their organisation."""
    return Q(organisation__in=organisations_where(actor, Verb.PERSON_MERGE))


@reach(Verb.CONSENT_CONFIRM, Consent)
def consents_someone_else_vouched_for(actor: Actor) -> Q:
    """A coordinator confirms what a colleague says that someone agreed to; nobody confirms their own word."""
    own = organisations_where(actor, Verb.CONSENT_CONFIRM)
    return Q(organisation__in=own, person__erased_at=None) & ~Q(recorded_by=actor.pk)


@reach(Verb.MESSAGE_READ, Message)
def messages(actor: Actor) -> Q:
    """Who tends the lent lines reads what arrives on them; a companion, what lands with them and what they wrote."""
    whole = organisations_where(actor, Verb.MESSAGE_READ, Role.RELAY, Role.COORDINATOR)
    own = organisations_where(actor, Verb.MESSAGE_READ)
    return Q(organisation__in=whole) | Q(organisation__in=own) & (Q(lands_with=actor.pk) | Q(by=actor.pk))


@reach(Verb.MESSAGE_SEND, LentLine)
def lines_one_tends(actor: Actor) -> Q:
    """Volunteers write down what arrives on the lines their organisation lends."""
    return Q(organisation__in=organisations_where(actor, Verb.MESSAGE_SEND))


@reach(Verb.COMPLAINT_READ, Complaint)
@reach(Verb.COMPLAINT_ANSWER, Complaint)
def complaints_to_own_organisation(actor: Actor) -> Q:
    """A coordinator reads and answers the complaints made to their organisation."""
    return Q(organisation__in=organisations_where(actor, Verb.COMPLAINT_ANSWER))
