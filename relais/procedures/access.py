"""Who reaches procedures and their versions."""

from django.db.models import Q

from relais.access.lock import Actor, organisations_where, reach
from relais.access.verbs import Verb
from relais.procedures.models import Procedure, ProcedureVersion
from relais.programmes.models import Partner


def _programmes(actor: Actor, verb: Verb) -> Q:
    partners = Partner.objects.filter(organisation__in=organisations_where(actor, verb))
    return Q(programme__in=partners.values("programme"))


def _versions(actor: Actor, verb: Verb) -> Q:
    partners = Partner.objects.filter(organisation__in=organisations_where(actor, verb))
    return Q(procedure__programme__in=partners.values("programme"))


@reach(Verb.PROCEDURE_READ, Procedure)
def procedures_of_own_programmes(actor: Actor) -> Q:
    """Members of a partner read the programme's procedures."""
    return _programmes(actor, Verb.PROCEDURE_READ)


@reach(Verb.PROCEDURE_DRAFT, Procedure)
def procedures_one_may_redraft(actor: Actor) -> Q:
    """Coordinators and authorities of the programme may write a draft."""
    return _programmes(actor, Verb.PROCEDURE_DRAFT)


@reach(Verb.PROCEDURE_READ, ProcedureVersion)
def versions_of_own_programmes(actor: Actor) -> Q:
    """Members read what was and is in force, and the drafts shared with the partners."""
    settled = ~Q(state=ProcedureVersion.State.DRAFT) | Q(shared_at__isnull=False)
    return _versions(actor, Verb.PROCEDURE_READ) & settled


@reach(Verb.PROCEDURE_READ, ProcedureVersion)
def drafts_one_works_on(actor: Actor) -> Q:
    """Who may draft reads every draft of the programme."""
    return _versions(actor, Verb.PROCEDURE_DRAFT)


@reach(Verb.PROCEDURE_DRAFT, ProcedureVersion)
def drafts_one_may_change(actor: Actor) -> Q:
    """Only a draft can be changed."""
    return _versions(actor, Verb.PROCEDURE_DRAFT) & Q(state=ProcedureVersion.State.DRAFT)


@reach(Verb.PROCEDURE_ADOPT, ProcedureVersion)
def drafts_one_may_adopt(actor: Actor) -> Q:
    """Only the authority that answers for the service puts a draft in force."""
    own = Q(procedure__service__authority__in=organisations_where(actor, Verb.PROCEDURE_ADOPT))
    return own & Q(state=ProcedureVersion.State.DRAFT)


@reach(Verb.PROCEDURE_RETIRE, ProcedureVersion)
def versions_one_may_retire(actor: Actor) -> Q:
    """Only the authority that answers for the service takes a version out of force."""
    own = Q(procedure__service__authority__in=organisations_where(actor, Verb.PROCEDURE_RETIRE))
    return own & Q(state=ProcedureVersion.State.IN_FORCE)


@reach(Verb.DRAFT_COMMENT, ProcedureVersion)
def drafts_one_may_comment(actor: Actor) -> Q:
    """Members of the partners comment on drafts shared with them."""
    return _versions(actor, Verb.DRAFT_COMMENT) & Q(state=ProcedureVersion.State.DRAFT, shared_at__isnull=False)


@reach(Verb.CASELOAD_REPLAY, ProcedureVersion)
def versions_one_may_replay(actor: Actor) -> Q:
    """Who works for a partner with this right may ask what a version would do; the answer holds counts only."""
    return _versions(actor, Verb.CASELOAD_REPLAY)
