"""A refusal tells a person what happened, why, and what to do next."""

from collections.abc import Iterator
from contextlib import contextmanager

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
    """Someone else changed the same thing first; nothing typed is lost."""


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Turn a refusal into a message above the form, so that nothing typed is lost.

    The caller must return from inside the block on success and render the form after it.
    """
    try:
        yield
    except Refusal as refusal:
        form.add_error(None, str(refusal))
