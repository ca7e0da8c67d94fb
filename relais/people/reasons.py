"""How the reasons of a match are said to people."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAID = {
    "same_code": _("the code on the card"),
    "same_name": _("same name"),
    "sounds_alike": _("sounds alike"),
    "close_spelling": _("spelled nearly the same"),
    "other_name": _("another name differs"),
    "same_year": _("same year of birth"),
    "near_year": _("nearly the same year of birth"),
    "other_year": _("another year of birth"),
    "same_sex": _("same sex"),
    "other_sex": _("another sex"),
    "same_place": _("same place"),
    "other_place": _("another place"),
}
AGAINST = frozenset(["other_name", "other_year", "other_sex", "other_place"])


def spoken(reasons: Iterable[str]) -> list[tuple[str | Promise, bool]]:
    """Give each reason in words, and whether it speaks for a match."""
    return [(SAID[reason], reason not in AGAINST) for reason in reasons if reason in SAID]
