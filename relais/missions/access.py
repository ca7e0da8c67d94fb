"""Who reaches courses and trainings, and who may advise on a version."""

from datetime import date

from django.db.models import Q

from relais.access.lock import Actor, organisations_where, reach
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.missions.models import Course, Training
from relais.organisations.models import Organisation
from relais.procedures.gate import gate
from relais.procedures.models import ProcedureVersion
from relais.programmes.models import Partner


def _of_own_programmes(actor: Actor, verb: Verb) -> Q:
    partners = Partner.objects.filter(organisation__in=organisations_where(actor, verb))
    return Q(programme__in=partners.values("programme"))


@reach(Verb.COURSE_READ, Course)
def courses_of_own_programmes(actor: Actor) -> Q:
    """Members of a partner read the programme's courses."""
    return _of_own_programmes(actor, Verb.COURSE_READ)


@reach(Verb.COURSE_TAKE, Course)
def courses_one_may_take(actor: Actor) -> Q:
    """Members of a partner may take the programme's courses, an authority's people too."""
    return _of_own_programmes(actor, Verb.COURSE_TAKE)


@reach(Verb.TRAINING_RECORD, Course)
def courses_one_trains_for(actor: Actor) -> Q:
    """A coordinator writes down who took a course of the programme in a room."""
    return _of_own_programmes(actor, Verb.TRAINING_RECORD)


@reach(Verb.TRAINING_RECORD, Organisation)
def organisations_one_trains(actor: Actor) -> Q:
    """A coordinator sees who of their organisation is trained, and records it."""
    return Q(pk__in=organisations_where(actor, Verb.TRAINING_RECORD))


@reach(Verb.COURSE_READ, Training)
def own_trainings(actor: Actor) -> Q:
    """Everyone sees their own trainings and prints their certificates."""
    return Q(user=actor.pk)


@reach(Verb.COURSE_READ, Training)
def trainings_of_colleagues(actor: Actor) -> Q:
    """A coordinator sees the trainings of their organisation."""
    return Q(organisation__in=organisations_where(actor, Verb.TRAINING_RECORD))


@gate
def is_trained(adviser: User, version: ProcedureVersion, today: date) -> bool:
    """Let someone advise on a version once they passed every course on it, until the first of these expires."""
    passed = Training.objects.filter(user=adviser).valid(today)
    return not Course.objects.filter(version=version).exclude(pk__in=passed.values("course")).exists()
