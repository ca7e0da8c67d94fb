"""A refusal tells a person what happened, why, and what to do next."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from typing import Any

from django.forms import BaseForm
from django.utils.functional import Promise

Words = str | Promise


class Refusal(Exception):
    """Something a person asked for cannot be done; the text is for them and is translated."""

    def __init__(self, what: Words, why: Words = "", next: Words = "") -> None:
        self.what, self.why, self.next = what, why, next
        super().__init__(what)

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.what, self.why, self.next) if part)


class Conflict(Refusal):
    """Someone else changed the same thing first; nothing typed is lost.

    `newer` holds what stands now, each text with its label, to be shown beside what was typed; `revision` is the one to
    save it over once it was read.
    """

    def __init__(
        self,
        what: Words,
        why: Words = "",
        next: Words = "",
        *,
        revision: int | None = None,
        newer: Sequence[tuple[Words, Words]] = (),
    ) -> None:
        self.revision, self.newer = revision, newer
        super().__init__(what, why, next)


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Turn a refusal into a message above the form, so that nothing typed is lost.

    The caller must return from inside the block on success and render the form after it.
    """
    try:
        yield
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, Conflict):
            _show_newer(form, refusal)


def _show_newer(form: BaseForm, conflict: Conflict) -> None:
    """Put what stands now beside what was typed; whoever saves again has seen it."""
    form.newer = conflict.newer  # type: ignore[attr-defined]
    if conflict.revision is not None and "revision" in form.fields:
        typed: Any = copy(form.data)
        typed[form.add_prefix("revision")] = str(conflict.revision)
        form.data = typed
