"""What partners say about a draft before it is decided."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
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
from relais.procedures.compare import Change
from relais.procedures.models import ProcedureVersion
from relais.roundtables.models import DraftComment, Notice
from relais.roundtables.replays import DraftReplay
from relais.roundtables.services.acting import acting_for
from relais.roundtables.services.notices import tell


@transaction.atomic
def comment_on_draft(
    *,
    version: ProcedureVersion,
    text: str,
    by: User,
    organisation: Organisation | None = None,
    id: UUID | None = None,
    change: str = "",
    answers: DraftComment | None = None,
) -> DraftComment:
    """Say something for one's organisation about a draft or one of its changes, or answer; sent twice with one id, it is said once.

    Who wrote the draft is told, and who is answered.
    """
    require(by, Verb.DRAFT_COMMENT, version)
    speaking = acting_for(by=by, verb=Verb.DRAFT_COMMENT, programme=version.procedure.programme, named=organisation)
    id = id or uuid7()
    said: DraftComment | None = sent_before(DraftComment, id, version=version)
    if said is not None:
        return said
    if not text.strip():
        raise Refusal(_("Write what you think of the draft."))
    answered = answers
    if answers is not None:
        if answers.version_id != version.pk:
            raise Refusal(_("This comment is about another draft."), next=_("Answer it on the page of that draft."))
        answers = answers.answers or answers
        change = answers.change
    elif change and change not in {each.key for each in changes_in(version)}:
        raise Refusal(_("This change is no longer in the draft."), next=_("Comment on the whole draft instead."))
    comment = DraftComment.objects.create(
        id=id, version=version, organisation=speaking, text=text.strip(), change=change, answers=answers,
        written_at=clock.now(), written_by=by,
    )  # fmt: skip
    journal.write("draft.commented", comment, by=by, version=version.pk)
    _tell(comment, answered, by)
    return comment


def _tell(comment: DraftComment, answered: DraftComment | None, by: User) -> None:
    version = comment.version
    concerned = {Notice.Kind.COMMENTED: version.drafted_by, Notice.Kind.ANSWERED: answered and answered.written_by}
    if concerned[Notice.Kind.ANSWERED] == version.drafted_by:
        del concerned[Notice.Kind.COMMENTED]
    for kind, user in concerned.items():
        tell(
            users=[user] if user else [],
            programme=version.procedure.programme,
            kind=kind,
            about=comment.pk,
            link=reverse("roundtables:draft", args=[version.pk]),
            but=by,
            name=version.names or version.procedure.names,
            by=comment.organisation.names,
        )


def changes_in(version: ProcedureVersion) -> list[Change]:
    """Give what a draft changes beside the version in force, as its page says it."""
    return DraftReplay(version).changes
