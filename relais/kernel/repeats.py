"""What a device sends twice is there once; an id that stands for something else neither tells of it nor overwrites it."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from relais.kernel.queries import one_at_a_time
from relais.kernel.refusals import Conflict

Row = TypeVar("Row", bound=Model)


def sent_before(model: type[Row], id: UUID | None, **place: Any) -> Row | None:
    """Give the row sent before under this id in the same place, or nothing; refuse an id that is taken elsewhere.

    Who sends the same at the same moment waits here until the first is done, and then finds it. Call it inside a transaction.
    `place` is what the sender may reach, such as `case=case`: a row of another place is not theirs to see again.
    """
    if id:
        one_at_a_time(id)
    known: Row | None = model._default_manager.filter(pk=id).first() if id else None
    if known is not None and any(getattr(known, name) != value for name, value in place.items()):
        raise Conflict(_("Something else was already recorded under this identifier."))
    return known
