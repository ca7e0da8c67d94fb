"""What partners say about a draft before it is decided."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal import services as journal
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.repeats import sent_before
from relais.organisations.models import Organisation
from relais.procedures.models import ProcedureVersion
from relais.roundtables.models import DraftComment
from relais.roundtables.services.acting import acting_for


@transaction.atomic
def comment_on_draft(
    *, version: ProcedureVersion, text: str, by: User, organisation: Organisation | None = None, id: UUID | None = None
) -> DraftComment:
    """Say something about a draft for one's organisation; sent twice with one id, it is said once."""
    require(by, Verb.DRAFT_COMMENT, version)
    speaking = acting_for(by=by, verb=Verb.DRAFT_COMMENT, programme=version.procedure.programme, named=organisation)
    id = id or uuid7()
    said: DraftComment | None = sent_before(DraftComment, id, version=version)
    if said is not None:
        return said
    if not text.strip():
        raise Refusal(_("Write what you think of the draft."))
    comment = DraftComment.objects.create(
        id=id, version=version, organisation=speaking, text=text.strip(), written_at=clock.now(), written_by=by
    )
    journal.write("draft.commented", comment, by=by, version=version.pk)
    return comment
