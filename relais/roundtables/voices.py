"""What partners say of a draft, thread by thread: the whole first, then each change, then changes it no longer makes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from relais.procedures.compare import Direction
from relais.procedures.describe import change_words
from relais.roundtables.models import DraftComment
from relais.roundtables.replays import DraftReplay


@dataclass(frozen=True)
class Voice:
    """One comment, and the answers to it, the oldest first."""

    comment: DraftComment
    answers: list[DraftComment] = field(default_factory=list)


@dataclass(frozen=True)
class Thread:
    """What was said of one change; `change` is "" for the whole draft, and `gone` when the draft makes it no longer."""

    change: str
    words: str
    voices: list[Voice]
    easier: bool = False
    harder: bool = False
    gone: bool = False


def threads(replay: DraftReplay, comments: Sequence[DraftComment]) -> list[Thread]:
    """Sort comments by what they are about; every change of the draft has its thread, said of or not."""
    answers = defaultdict[object, list[DraftComment]](list)
    by_change = defaultdict[str, list[Voice]](list)
    for each in comments:
        if each.answers_id:
            answers[each.answers_id].append(each)
    for each in comments:
        if not each.answers_id:
            by_change[each.change].append(Voice(each, answers[each.pk]))
    after, before = replay.terms
    attributes = replay.version.procedure.attributes
    found = [Thread("", "", by_change.pop("", []))]
    for change in replay.changes:
        words = change_words(change, before, after, attributes)
        way = {"easier": change.direction == Direction.EASIER, "harder": change.direction == Direction.HARDER}
        found.append(Thread(change.key, words, by_change.pop(change.key, []), **way))
    gone = _("A change that is no longer in the draft")
    return found + [Thread(key, gone, voices, gone=True) for key, voices in by_change.items()]
