"""Who reaches a case, what left with it, and the person it is about."""

from functools import partial, update_wrapper

from django.db.models import Q

from relais.access.lock import NOTHING, Actor, organisations_where, reach
from relais.access.roles import Role
from relais.access.verbs import Verb
from relais.cases.carrying import ON_CASES, ON_PEOPLE, carried, led, written_for
from relais.cases.models import Batch, Case, Dossier, Referral
from relais.kernel import clock
from relais.people.models import Person


def whose_case_one_reaches(actor: Actor, verb: Verb) -> Q:
    """Whoever carries a case reaches the person it is about."""
    return Q(pk__among=Case.objects.filter(carried(actor, verb)).values("person"), erased_at=None)


def to_open_for(actor: Actor, verb: Verb) -> Q:
    """A companion opens a case for who they registered or accompany; a relay and a coordinator, for anyone of theirs."""
    whole = Q(organisation__in=organisations_where(actor, verb, Role.RELAY, Role.COORDINATOR))
    registered = Q(organisation__in=organisations_where(actor, verb, Role.COMPANION), registered_by=actor.pk)
    return (whole | registered | whose_case_one_reaches(actor, verb)) & Q(erased_at=None, merged_into=None)


def handed_to_us(actor: Actor, verb: Verb) -> Q:
    """An authority reaches the batches handed to it."""
    return Q(authority__in=organisations_where(actor, verb, Role.AUTHORITY))


def consented(actor: Actor, verb: Verb) -> Q:
    """An authority reaches the dossiers handed to it until the consent is withdrawn, or ends before it decided."""
    undecided = Q(state=Dossier.State.HANDED, consent__expires_on__gt=clock.today())
    decided = Q(state__in=[Dossier.State.ACCEPTED, Dossier.State.RETURNED]) if verb == Verb.DOSSIER_READ else NOTHING
    return handed_to_us(actor, verb) & (undecided | decided) & Q(consent__withdrawn_at=None)


def offered_to_us(actor: Actor, verb: Verb) -> Q:
    """The organisation a person was referred to answers, as long as the person agrees or the override stands."""
    agreed = Q(consent=None) | Q(consent__withdrawn_at=None, consent__expires_on__gt=clock.today())
    return Q(to__in=organisations_where(actor, verb)) & agreed & ~Q(state=Referral.State.WITHDRAWN)


def offered_by_us(actor: Actor, verb: Verb) -> Q:
    """Whoever carries or leads the case may take an offered referral back."""
    return Q(case__in=Case.objects.filter(carried(actor, verb) | written_for(actor, verb) | led(actor, verb)))


REACHES = [
    (ON_CASES, Case, (carried, written_for, led)),
    (ON_PEOPLE, Person, (whose_case_one_reaches,)),
    ((Verb.CASE_OPEN,), Person, (to_open_for,)),
    ((Verb.DOSSIER_READ,), Batch, (led, handed_to_us)),
    ((Verb.DOSSIER_DECIDE,), Batch, (handed_to_us,)),
    ((Verb.DOSSIER_READ,), Dossier, (led, consented)),
    ((Verb.DOSSIER_DECIDE,), Dossier, (consented,)),
    ((Verb.DOSSIER_SUBMIT,), Dossier, (led,)),
    ((Verb.REFERRAL_ANSWER,), Referral, (offered_to_us,)),
    ((Verb.REFERRAL_OFFER,), Referral, (offered_by_us,)),
]
for _verbs, _model, _functions in REACHES:
    for _verb in _verbs:
        for _function in _functions:
            reach(_verb, _model)(update_wrapper(partial(_function, verb=_verb), _function))
