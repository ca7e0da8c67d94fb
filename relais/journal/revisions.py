"""Two people at one thing: each change counts one up in the journal, and whoever did not see the last one is told.

Changes to different subjects of one row do not disturb each other; changes to the same subject do.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from relais.journal.models import Entry
from relais.kernel.refusals import Conflict, Words

LINES_TOLD = 3


def refuse_if_changed(
    row: Any,
    *,
    revision: int | None,
    touching: str = "",
    called: Callable[[str], Words],
    newer: Sequence[tuple[Words, Words]] = (),
) -> None:
    """Refuse if the subject of a locked row changed since the revision someone saw, telling who changed what.

    `called` gives the words for a subject the journal names; `newer` is what stands now. Without a revision nothing is
    compared: a phone that was offline tells what happened, it edits nothing it saw.
    """
    if revision is None or row.revision == revision:
        return
    entries = Entry.objects.filter(row_id=row.pk, detail__revision__gt=revision).order_by("-at", "-number")
    lines = [entry for entry in entries if not touching or entry.detail.get("touches") in ("", touching)]
    if touching and entries and not lines:
        return
    changed = _("%(who)s changed: %(what)s.")
    raise Conflict(
        _("Someone else changed this while you were writing."),
        why=" ".join(
            changed % {"who": entry.actor_label, "what": called(str(entry.detail.get("touches", "")))}
            for entry in lines[:LINES_TOLD]
        ),
        next=_("What you entered is still here. Look at what changed, then save again if it still holds."),
        revision=row.revision,
        newer=newer,
    )
