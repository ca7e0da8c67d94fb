"""What the pages of the table share: the views beside each other, and telling a refusal where there is no form."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from relais.access.lock import may
from relais.access.verbs import Verb
from relais.kernel.refusals import Refusal


def tabs(request, **counts: int) -> list[dict[str, object]]:
    """List the pages beside each other, marking the one that is open."""
    pages = [
        ("list", _("Round tables"), Verb.TABLE_READ),
        ("decisions", _("Decisions"), Verb.TABLE_READ),
        ("commitments", _("Commitments"), Verb.TABLE_READ),
        ("consultations", _("Consultations"), Verb.TABLE_READ),
        ("reported", _("What I reported"), Verb.BARRIER_RECORD),
        ("notices", _("News for me"), Verb.TABLE_READ),
    ]
    return [
        {
            "label": label,
            "href": reverse(f"roundtables:{name}"),
            "current": request.resolver_match.url_name == name,
            "count": counts.get(name, 0),
        }
        for name, label, verb in pages
        if may(request.user, verb)
    ]


@contextmanager
def told_to(request) -> Iterator[None]:
    """Tell a refusal on the page one comes back to, for buttons that stand without a form."""
    try:
        yield
    except Refusal as refusal:
        messages.warning(request, str(refusal))
