"""What became of it, and telling who reported it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from relais.access.lock import filter_for, require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.models import Barrier
from relais.journal import services as journal
from relais.journal.revisions import refuse_if_changed
from relais.kernel import clock
from relais.kernel.refusals import Refusal

ANSWER = "answer"
"""What of a barrier an answer changes, as the journal names it."""


@transaction.atomic
def answer_barrier(
    *,
    barrier: Barrier,
    state: str,
    answer: str,
    by: User,
    in_force_from: date | None = None,
    revision: int | None = None,
) -> Barrier:
    """Say what became of a barrier and why; its author is to be told of each answer.

    `in_force_from` is the day of the rule that answers it, said to each reader in their language; `revision` the one the
    writer saw, so that nobody's answer is replaced unread.
    """
    require(by, Verb.TABLE_DECIDE, barrier)
    if state not in Barrier.State.values or state == Barrier.State.HEARD:
        raise Refusal(_("Say what became of it: at a round table, taken up, declined, solved, or closed."))
    if not answer.strip():
        raise Refusal(
            _("An answer needs its reason."), why=_("Whoever reported this reads it, and tells the people concerned.")
        )
    barrier = Barrier.objects.select_for_update().get(pk=barrier.pk)
    if (barrier.state, barrier.answer, barrier.in_force_from) == (state, answer.strip(), in_force_from):
        return barrier
    refuse_if_changed(
        barrier,
        revision=revision,
        touching=ANSWER,
        called=lambda _touched: _("what became of it"),
        newer=[(barrier.get_state_display(), barrier.answer_words)],
    )
    barrier.state, barrier.answer, barrier.in_force_from = state, answer.strip(), in_force_from
    barrier.answered_at, barrier.author_told_at = clock.now(), None
    barrier.revision += 1
    barrier.save(update_fields=["state", "answer", "in_force_from", "answered_at", "author_told_at", "revision"])
    journal.write("barrier.answered", barrier, by=by, state=state, revision=barrier.revision, touches=ANSWER)
    return barrier


@transaction.atomic
def tell_author(*, barrier: Barrier, by: User) -> Barrier:
    """Note that its author knows the answer: they read it themselves, or their coordinator told them."""
    require(by, Verb.BARRIER_READ, barrier)
    coordinates = Barrier.objects.filter(filter_for(by, Verb.BARRIER_SHARE, Barrier), pk=barrier.pk).exists()
    if by.pk != barrier.author_id and not coordinates:
        raise Refusal(_("Only its author or their coordinator can say that its author knows."))
    barrier = Barrier.objects.select_for_update().get(pk=barrier.pk)
    if barrier.answered_at is None:
        raise Refusal(_("There is no answer to tell yet."))
    if barrier.author_told_at is None:
        barrier.author_told_at = clock.now()
        barrier.save(update_fields=["author_told_at"])
        journal.write("barrier.author_told", barrier, by=by, read_it_themselves=by.pk == barrier.author_id)
    return barrier
