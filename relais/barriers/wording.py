"""Sentences about a barrier that nobody wrote: kept as codes and parameters, said in the language of who reads them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relais.cases.models import Dossier
from relais.kernel.text import day_in_words, pick

LONGEST_HEADLINE = 120


def coded_words(coded: Mapping[str, Any]) -> str:
    """Say why a dossier came back, from the code of the reason and the names of what was asked."""
    code = coded["reason"]
    reason = capfirst(str(dict(Dossier.ReturnReason.choices).get(code, code)))
    if not coded.get("requirement"):
        return _("Came back: %(reason)s") % {"reason": reason}
    return _("Came back: %(reason)s (%(requirement)s)") % {"reason": reason, "requirement": pick(coded["requirement"])}


def counted_as(coded: Mapping[str, Any]) -> str:
    """Give the headline under which a coded reason is counted: the same whoever returned the dossier."""
    with translation.override("en"):
        return coded_words(coded)[:LONGEST_HEADLINE]


def answer_words(answer: str, in_force_from: date | None) -> str:
    """Give an answer as it was written, after the day from which another rule holds."""
    if in_force_from is None:
        return answer
    since = _("In force since %(day)s.") % {"day": day_in_words(in_force_from)}
    return f"{since} {answer}"
