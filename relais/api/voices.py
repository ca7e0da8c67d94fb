"""Voice notes, opened: each hearing is written down. They are sent with what they belong to, a visit or a barrier."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from relais.access.verbs import Verb
from relais.api.paging import found
from relais.barriers.models import Barrier
from relais.barriers.services import hear_voice
from relais.cases.models import Case, Visit
from relais.cases.services import hear_visit
from relais.kernel.pages import writes
from relais.kernel.sounds import kind_of

router = Router(tags=["voices"])


class HeardOut(Schema):
    """A recording, opened for this one answer: what kind of sound it is, and the sound in base64."""

    kind: str
    sound: str


@router.post("visits/{uuid:id}/hear", response=HeardOut)
@writes
def visit_hear(request: HttpRequest, id: UUID) -> Any:
    """Hear what was spoken at a visit, and write down that it was heard."""
    cases = Case.objects.reachable_by(request.user, Verb.CASE_READ)
    visits = Visit.objects.filter(case__in=cases.values("pk")).select_related("case__person")
    return _told(hear_visit(visit=found(visits, id), by=request.user))


@router.post("barriers/{uuid:id}/hear", response=HeardOut)
@writes
def barrier_hear(request: HttpRequest, id: UUID) -> Any:
    """Hear what was spoken about a barrier, inside the organisation that heard it, and write down that it was heard."""
    barrier = found(Barrier.objects.reachable_by(request.user, Verb.BARRIER_READ), id)
    return _told(hear_voice(barrier=barrier, by=request.user))


def _told(sound: bytes) -> dict[str, str]:
    return {"kind": kind_of(sound), "sound": b64encode(sound).decode()}
