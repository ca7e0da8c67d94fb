"""What may leave the organisation: words checked for whatever could tell who someone is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.deidentify import Reason, Span, find_identifying, propose_text
from relais.barriers.models import Barrier
from relais.barriers.services.originals import keep_as_told
from relais.journal import services as journal
from relais.journal.revisions import refuse_if_changed
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.people import services as people
from relais.people.models import Person

WORDS = ("headline", "account", "effect", "would_help")
SHARED_WORDS = "words"
"""What of a barrier sharing changes, as the journal names it."""
BEFORE_ANY = -1
"""The revision seen by who saw none: what is already on the table is never replaced unread."""
REASONS = {
    Reason.PHONE: gettext_lazy("a phone number"),
    Reason.ONLINE: gettext_lazy("an address online"),
    Reason.DOCUMENT: gettext_lazy("the number of a paper"),
    Reason.CODE: gettext_lazy("a code"),
    Reason.DATE: gettext_lazy("a date"),
    Reason.NAME: gettext_lazy("a name"),
    Reason.ADDRESS: gettext_lazy("a place"),
}
Texts = Mapping[str, str]


class StillIdentifies(Refusal):
    """Something in the words could still tell who someone is; `held` are the barriers, `found` says where in the first."""

    def __init__(self, held: Sequence[Barrier], found: Mapping[str, tuple[Span, ...]]) -> None:
        self.held, self.barrier, self.found = held, held[0], found
        super().__init__(
            _("“%(headline)s” still holds something by which a person could be known.") % {"headline": held[0].words},
            why=_("What is shared is read by people outside your organisation."),
            next=_("Reword what is marked, then share it."),
        )


@transaction.atomic
def names_in(*, barriers: Sequence[Barrier], by: User) -> dict[UUID, tuple[str, ...]]:
    """Give, for each barrier, the names that must not be in it: of the person it is about and of who heard it.

    The names are opened to be looked for, which the journal notes. When one cannot be opened, nothing is shared.
    """
    concerned = {barrier.case.person_id: barrier.case.person for barrier in barriers if barrier.case}
    known = _opened(list(concerned.values()), by)
    return {
        barrier.pk: (
            *(known.get(barrier.case.person_id, ()) if barrier.case else ()),
            str(barrier.author),
            str(barrier.recorded_by),
        )
        for barrier in barriers
    }


def _opened(concerned: Iterable[Person], by: User) -> dict[UUID, tuple[str, ...]]:
    there = [person for person in concerned if person.erased_at is None]
    facts = people.reveal_many(people=there, by=by, why="barrier.share") if there else {}
    if any(person.pk not in facts for person in there):
        raise Refusal(
            _("The names to look for could not be opened, so nothing is shared."),
            next=_("Ask the coordinator of the organisation that cares for this person."),
        )
    return {pk: fact.names for pk, fact in facts.items()}


def findings(barrier: Barrier, texts: Texts, names: Iterable[str]) -> dict[str, tuple[Span, ...]]:
    """Give what could identify someone in each text of a barrier; `texts` stands for what was corrected."""
    names = tuple(names)
    found = {field: find_identifying(texts.get(field, getattr(barrier, field)), names) for field in WORDS}
    return {field: spans for field, spans in found.items() if spans}


def proposals(barrier: Barrier, names: Iterable[str]) -> dict[str, str]:
    """Give each text of a barrier as it could be shared."""
    instead = {reason: f"[{words}]" for reason, words in REASONS.items()}
    names = tuple(names)
    return {field: propose_text(_standing(barrier, field), instead, names) for field in WORDS}


def _standing(barrier: Barrier, field: str) -> str:
    """Give a text as a reader sees it now."""
    return barrier.words if field == "headline" else str(getattr(barrier, field))


@transaction.atomic
def share_barriers(
    *,
    barriers: Sequence[Barrier],
    by: User,
    texts: Mapping[UUID, Texts] | None = None,
    revision: int | None = None,
) -> list[Barrier]:
    """Put barriers on the table, in their corrected words; none is shared while one could tell who someone is.

    What someone else shared first in other words is only reworded by who saw those words: `revision` says so.
    """
    texts = texts or {}
    for barrier in barriers:
        require(by, Verb.BARRIER_SHARE, barrier)
    locked = Barrier.objects.filter(pk__in=[barrier.pk for barrier in barriers]).select_for_update(of=("self",))
    rows = list(locked.select_related("case__person", "author", "recorded_by"))
    corrected = {each.pk: _corrected(each, texts.get(each.pk, {})) for each in rows}
    to_share = [each for each in rows if not each.shared_at or _reworded(each, corrected[each.pk])]
    for each in to_share:
        _refuse_unread(each, revision)
    names = names_in(barriers=to_share, by=by)
    found = {each.pk: findings(each, corrected[each.pk], names[each.pk]) for each in to_share}
    if held := [each for each in to_share if found[each.pk]]:
        raise StillIdentifies(held, found[held[0].pk])
    for barrier in to_share:
        _share(barrier, corrected[barrier.pk], by)
    return to_share


def _corrected(barrier: Barrier, texts: Texts) -> Texts:
    """Give the words that will be shared in place of those that stand, once its author stands behind the barrier."""
    if barrier.approved_at is None:
        raise Refusal(
            _("“%(headline)s” waits for its author to approve it.") % {"headline": barrier.words},
            why=_("Nobody's words are shared before they stand behind them."),
        )
    corrected = {field: words.strip() for field, words in texts.items() if field in WORDS}
    if not corrected.get("headline", barrier.headline):
        raise Refusal(_("Say in a few words what stands in the way."))
    return corrected


def label_of(field: str) -> str:
    """Name one of the words of a barrier."""
    return str(cast("Field[str, str]", Barrier._meta.get_field(field)).verbose_name)


def _reworded(barrier: Barrier, corrected: Texts) -> list[str]:
    return [field for field, words in corrected.items() if words != _standing(barrier, field)]


def _refuse_unread(barrier: Barrier, revision: int | None) -> None:
    """Refuse words typed over words someone else put on the table meanwhile."""
    refuse_if_changed(
        barrier,
        revision=BEFORE_ANY if revision is None and barrier.shared_at else revision,
        touching=SHARED_WORDS,
        called=lambda _touched: _("the words that are shared"),
        newer=[(label_of(field), words) for field in WORDS if (words := _standing(barrier, field))],
    )


def _share(barrier: Barrier, corrected: Texts, by: User) -> None:
    changed = _reworded(barrier, corrected)
    keep_as_told(barrier, changed)
    if "headline" in changed:
        barrier.coded = None
    for field in changed:
        setattr(barrier, field, corrected[field])
    again = barrier.shared_at is not None
    if not again:
        barrier.shared_at, barrier.shared_by = clock.now(), by
    barrier.revision += 1
    barrier.save(update_fields=[*changed, "coded", "as_told_sealed", "shared_at", "shared_by", "revision"])
    journal.write(
        "barrier.reworded" if again else "barrier.shared",
        barrier,
        by=by,
        reworded=sorted(changed),
        revision=barrier.revision,
        touches=SHARED_WORDS,
    )
