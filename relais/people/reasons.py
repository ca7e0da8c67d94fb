"""How the reasons of a match, and the facts about someone, are said to people."""

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
FACTS = {
    "called": _("what we call them"),
    "other_names": _("other names"),
    "born_on": _("day of birth"),
    "papers": _("papers"),
    "sex": _("sex"),
    "birth_year": _("year of birth"),
    "birth_known": _("how the year of birth is known"),
    "territory": _("where they live"),
    "language": _("language"),
    "reads": _("whether they read"),
    "household": _("people in the household"),
    "disability": _("difficulty"),
    "status": _("status"),
}
AGAINST = frozenset(["other_name", "other_year", "other_sex", "other_place"])


def spoken(reasons: Iterable[str]) -> list[tuple[str | Promise, bool]]:
    """Give each reason in words, and whether it speaks for a match."""
    return [(SAID[reason], reason not in AGAINST) for reason in reasons if reason in SAID]


def answers_in_words(names: Iterable[str]) -> str:
    """Name facts about someone, never what they say."""
    return ", ".join(str(FACTS[name]) for name in names)
