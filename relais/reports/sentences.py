"""The way through a procedure in plain words: what each place is called, which is the worst, and how many people it concerns."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relais.cases.models import Case
from relais.kernel import charts
from relais.kernel.text import pick
from relais.procedures.models import Step
from relais.reports.journey import HERE, Journey, Stay
from relais.reports.queries import HANDED, OPENED, RETURNED, STEP


def steps_of(procedure: Any, version: Any) -> dict[str, str]:
    """Name the steps of a version, or of all versions of a procedure, newest first, in their order."""
    steps = Step.objects.filter(version__procedure=procedure).order_by("-version__number", "position")
    rows = steps.filter(version=version) if version else steps
    found: dict[str, str] = {}
    for key, names in rows.values_list("key", "names"):
        found.setdefault(key, pick(names))
    return found


def place_words(steps: Mapping[str, str], places: Sequence[str]) -> dict[str, str]:
    """Name each place people wait at, after what they have just done."""
    known = {
        OPENED: _("after the case is opened"),
        HANDED: _("after the dossier is handed over"),
        RETURNED: _("after the dossier comes back"),
    }
    named = {place: steps.get(place.removeprefix(STEP), place.removeprefix(STEP)) for place in places}
    return {place: known.get(place) or _("after “%(step)s”") % {"step": named[place]} for place in places}


def headline(found: Journey, places: Mapping[str, str]) -> str:
    """Say which place costs people most days, and how many people it concerns."""
    worst = found.worst
    if worst is None or worst.people is None or worst.quartiles is None:
        return _("Too few people have gone this way to say where they wait.")
    said = {"place": places[worst.what], "people": _n(worst.people), "days": _n(worst.quartiles[1])}
    if worst.waiting:
        return ngettext(
            "Most days are lost %(place)s: %(people)s person came here, half went on within %(days)s days, and %(waiting)s is still here.",
            "Most days are lost %(place)s: %(people)s people came here, half of those who went on took %(days)s days or more, and %(waiting)s are still here.",
            worst.people,
        ) % {**said, "waiting": _n(worst.waiting)}
    return (
        ngettext(
            "Most days are lost %(place)s: %(people)s person came here, and half went on within %(days)s days.",
            "Most days are lost %(place)s: %(people)s people came here, and half of those who went on took %(days)s days or more.",
            worst.people,
        )
        % said
    )


def chart(found: Journey, places: Mapping[str, str]) -> dict[str, Any] | None:
    """Draw how many days half, and three quarters, of those who went on took after each place."""
    told = [stay for stay in found.stays if stay.quartiles]
    if not told:
        return None
    drawn: dict[str, Any] = charts.bars(
        _("Days before people go on"),
        [places[stay.what] for stay in told],
        [
            charts.Series(_("half within"), [_days(stay, 1) for stay in told]),
            charts.Series(_("three quarters within"), [_days(stay, 2) for stay in told], "chart-before"),
        ],
        first=_("Where"),
        hidden=_("hidden"),
        source=ngettext(
            "%(n)s case, from what was noted on its way. Those still there are not in these days: they wait on.",
            "%(n)s cases, from what was noted on their way. Those still there are not in these days: they wait on.",
            found.people,
        )
        % {"n": _n(found.people)},
    )
    return drawn


def ends(found: Journey) -> list[tuple[str, int | None]]:
    """Name how the way ends, most people first, those still on it last."""
    words = {
        **dict(Case.Outcome.choices),
        "dropped": _("gave up, or could not be reached"),
        HERE: _("still on the way"),
    }
    told = [(str(words.get(end, end)), people, end) for end, people in found.ends.items()]
    return [(word, people) for word, people, end in sorted(told, key=lambda row: (row[2] == HERE, -(row[1] or 0)))]


def _days(stay: Stay, quarter: int) -> int:
    assert stay.quartiles is not None
    return stay.quartiles[quarter]


def _n(value: int) -> str:
    return str(number_format(value, use_l10n=True, force_grouping=True))
