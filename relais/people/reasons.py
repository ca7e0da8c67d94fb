"""How the reasons of a match and of a reading, and the facts about someone, are said to people."""

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
# Why a program opens an identity. A code and not words of one's own: the journal keeps it, and no name may land there.
ASKED_FOR = {
    "reach": _("to call or write to them"),
    "meet": _("to meet or accompany them"),
    "decide": _("to decide on their file"),
    "paper": _("to fill in or check a paper with them"),
    "help": _("to answer a request or a complaint of theirs"),
    "check": _("to check that two records are of one person"),
}
READ_FOR = {
    **ASKED_FOR,
    "page": _("opened the file"),
    "contacts": _("looked how to reach them"),
    "correction": _("corrected the file"),
    **dict.fromkeys(["list", "today", "cases", "dossiers", "follow-ups", "hand-over"], _("saw the name in a list")),
    **dict.fromkeys(["referrals", "manifest"], _("saw the name in a list")),
    "barrier.share": _("looked for the name in what was told, so that it is not shared"),
    "search": _("looked for someone of this name"),
    "duplicates": _("compared two records"),
    "case": _("opened the case"),
    "dossier": _("opened the dossier"),
    "referral": _("opened the referral"),
    "card": _("printed the card"),
    "portrait": _("looked at the picture"),
    "proof": _("opened the proof of a consent"),
    "own-page": _("on their own page"),
}
AGAINST = frozenset(["other_name", "other_year", "other_sex", "other_place"])


def spoken(reasons: Iterable[str]) -> list[tuple[str | Promise, bool]]:
    """Give each reason in words, and whether it speaks for a match."""
    return [(SAID[reason], reason not in AGAINST) for reason in reasons if reason in SAID]


def answers_in_words(names: Iterable[str]) -> str:
    """Name facts about someone, never what they say."""
    return ", ".join(str(FACTS[name]) for name in names)
