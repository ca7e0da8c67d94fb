"""The words as they were first told, kept sealed beside those that were shared; they never leave the organisation."""

import json
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import OutOfReach, require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers import sealing
from relais.barriers.models import Barrier
from relais.barriers.telling import is_inside
from relais.journal import services as journal

FIELD = "as_told_sealed"


def keep_as_told(barrier: Barrier, fields: Iterable[str]) -> None:
    """Seal the words that are about to be reworded, once; of someone who was forgotten, nothing is kept."""
    told = {field: getattr(barrier, field) for field in fields} | as_first_told(barrier)
    forgotten = barrier.case is not None and barrier.case.person.erased_at is not None
    if told and not forgotten:
        barrier.as_told_sealed = sealing.seal(barrier, FIELD, json.dumps(told).encode())


def as_first_told(barrier: Barrier) -> dict[str, str]:
    """Open the words that were reworded since; nothing where none were."""
    if barrier.as_told_sealed is None:
        return {}
    told: dict[str, str] = json.loads(sealing.unseal(barrier, FIELD))
    return told


@transaction.atomic
def read_as_told(*, barrier: Barrier, by: User) -> dict[str, str]:
    """Open the words as they were first told, for those inside the organisation, and write down who read them."""
    require(by, Verb.BARRIER_READ, barrier)
    if barrier.as_told_sealed is None or not is_inside(by, barrier):
        raise OutOfReach(_("These words stand as they were told."))
    told = as_first_told(barrier)
    journal.write("barrier.original_read", barrier, by=by, person_id=barrier.case.person_id if barrier.case else None)
    return told
