"""Who reads which lines of the journal."""

from django.db.models import Q

from relais.access.lock import Actor, organisations_where, reach
from relais.access.verbs import Verb
from relais.journal.models import Entry


@reach(Verb.JOURNAL_READ, Entry)
def lines_of_own_organisation(actor: Actor) -> Q:
    """Whoever runs an organisation reads what was done in it, and who read whose identity."""
    return Q(organisation_id__in=organisations_where(actor, Verb.JOURNAL_READ))
