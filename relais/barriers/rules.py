"""Limits and proposed words, on plain values."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from relais.kernel.periods import Period

MOST_PEOPLE = 100_000
MOST_HEADLINES = 6
HIGHEST_SCORE = 4
HIGHEST_WEIGHT = 100
FINEST_SHARED_LEVEL = 2  # country 0, region 1, district 2: finer than a district stays in the organisation

# What a headline could say of each kind, in the order a companion meets them; offered until people say it better.
FIRST_HEADLINES: dict[str, tuple[object, ...]] = {
    "document": (_("A paper cannot be had"), _("A paper has a mistake in it"), _("A paper costs too much to get")),
    "contact": (_("A phone number is asked and there is none"), _("An e-mail address is asked and there is none")),
    "fee": (_("The fee is too high"), _("An unofficial payment is asked")),
    "distance": (_("The office is too far"), _("Several journeys are needed"), _("The journey costs too much")),
    "language": (_("Nobody at the office speaks the language"), _("The form is in another language")),
    "reading": (_("The form cannot be read or filled in alone"),),
    "fear": (_("Afraid of being detained"), _("Afraid of being noticed")),
    "refusal": (_("Sent away without a reason"), _("Treated with contempt")),
    "withheld": (_("The employer keeps the papers"), _("The family keeps the papers")),
    "hours": (_("Closed when people can come"), _("No day off to go there")),
    "digital": (_("It can only be done online"), _("The website does not work")),
    "access": (_("The building cannot be entered with a wheelchair"), _("No interpreter for sign language")),
    "information": (_("Nobody says what is needed"), _("Each time something else is asked")),
    "delay": (_("Waiting for months without news"), _("Appointments are months away")),
    "stock": (_("Forms or supplies ran out"),),
    "returned": (_("The dossier came back"),),
    "other": (),
}


def headlines(kind: str, heard: Iterable[str] = (), evidence: str = "") -> list[str]:
    """Propose headlines: for the very paper that is missing, what people said before, then the first words.

    >>> headlines("fee", heard=["500 soms is a week of food"])
    ['500 soms is a week of food', 'The fee is too high', 'An unofficial payment is asked']
    """
    missing = [str(_("Cannot get: %(paper)s") % {"paper": evidence})] if evidence and kind == "document" else []
    proposed = [*missing, *heard, *(str(words) for words in FIRST_HEADLINES.get(kind, ()))]
    return list(dict.fromkeys(proposed))[:MOST_HEADLINES]


def last_months(days: int, today: date) -> tuple[Period, Period]:
    """Give about as many days in whole months, this one included, and as many months before them.

    >>> this, before = last_months(90, date(2026, 11, 30))
    >>> str(this.start), str(this.end), str(before.start), before.end == this.start
    ('2026-09-01', '2026-12-01', '2026-06-01', True)
    """
    months = max(1, round(days / 30.4))

    def first(back: int) -> date:
        count = today.year * 12 + today.month - 1 - back
        return date(count // 12, count % 12 + 1, 1)

    return Period(first(months - 1), first(-1)), Period(first(2 * months - 1), first(months - 1))


def last_days(days: int, today: date) -> tuple[Period, Period]:
    """Give the last days, today included, and as many before them.

    >>> this, before = last_days(30, date(2026, 11, 30))
    >>> str(this.start), str(before.start), before.end == this.start
    ('2026-11-01', '2026-10-02', True)
    """
    end = today + timedelta(days=1)
    start = end - timedelta(days=days)
    return Period(start, end), Period(start - timedelta(days=days), start)
