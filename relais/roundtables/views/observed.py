"""What was foretold on the day a rule changed, and what has happened to the same people since."""

import numpy as np
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relais.access.verbs import Verb
from relais.cases.fates import Fate, most_often
from relais.cases.groupings import GROUPINGS
from relais.cases.models import Dossier
from relais.kernel import clock
from relais.kernel.curves import Line, curves
from relais.kernel.disclosure import round_down
from relais.kernel.pages import writes
from relais.procedures.cohort import Cohort, Said
from relais.roundtables.before_after import before_and_after
from relais.roundtables.forecast import read
from relais.roundtables.models import Decision, Foretold
from relais.roundtables.observed import SHOWN, Told, observe, rounded
from relais.roundtables.settled import settled_fates
from relais.roundtables.verdicts import fate_words, given_back, headline, n, name_of, rest, said_words, verdicts
from relais.roundtables.views.figures import group_names, label_of, labels_of
from relais.roundtables.views.groups import fared

LOOKS = {Fate.PASSED: "line-now", Fate.GAVE_UP: "line-harm", Fate.REFUSED: "line-third", Fate.LEFT: "line-before"}
TICKS = 3


@writes  # what is let out is kept, so that the next look tells of nobody
def decision_observed(request, pk):
    """Show what was said of each person when a version came into force, and what became of them, by month and group."""
    decision = get_object_or_404(Decision.objects.reachable_by(request.user, Verb.TABLE_READ), pk=pk)
    kept = Foretold.objects.select_related("version__procedure__programme", "version__based_on", "decision")
    found = kept.filter(decision=decision).first()
    if found is None:  # not in force yet, or put in force before predictions were kept
        return redirect(decision)
    return render(request, "roundtables/decision_observed.html", page_of(found))


def page_of(kept):
    """Put together everything the page says."""
    procedure, cohort = kept.version.procedure, Cohort.read(kept.cases)
    became = settled_fates(kept, cohort, clock.today(procedure.programme.time_zone))
    found = rounded(observe(cohort, became.fates, read(kept.figures), kept.on, became.on, by=GROUPINGS))
    samples = before_and_after(kept.version, became.on, found.threshold)
    return {
        "kept": kept,
        "decision": kept.decision,
        "version": kept.version,
        "figures": {"as_of": became.on, "threshold": found.threshold},
        "people": found.people or None,  # fewer than are told
        "headline": headline(found),
        "rest": [each for each in (*rest(found), _given_back(became, cohort, found)) if each],
        "verdicts": verdicts(found),
        "curves": _followed(found, kept.on),
        "months": _by_month(found),
        "cells": _cells(found),
        "groups": _groups(found, procedure),
        "untold": _untold(found),
        "compared": _compared(samples, found.threshold),
        "samples": [(name_of(each.version), each, _reached(each)) for each in samples],
        "hides": found.hides,
        "threshold": found.threshold,
    }


def _given_back(became, cohort, found):
    """Say how many of those said to be let through had a dossier given back, and why most did."""
    places, reasons = cohort.place(became.returned), became.reasons
    own = np.array([place >= 0 and cohort.said[place] == Said.UNLOCKED for place in places], dtype=bool)
    people, of = len(set(places[own].tolist())), found.said[Told.UNLOCKED]
    if of is None or people < found.threshold or 0 < of - people < found.threshold:
        return ""
    reason = most_often([each for each, mine in zip(reasons, own, strict=True) if mine], found.threshold)
    return given_back(round_down(people, found.threshold), str(Dossier.ReturnReason(reason).label) if reason else "")


def _followed(found, on):
    """Draw how many were where, month after month, of those said to be let through; of everyone where nobody was."""
    words = fate_words()
    span = (found.periods[-1].end - on).days
    lines = [Line(words[fate], found.curves[fate], span, LOOKS[fate]) for fate in found.curves]
    if not lines or span <= 0:
        return None
    people = found.said[found.followed] if found.followed else found.people
    middle = found.periods[(len(found.periods) - 1) // 2]
    ticks = [(0, _("the first day")), *((_day(each, on), _month(each)) for each in (middle, found.periods[-1]))]
    return curves(
        _("Where those said to be let through are") if found.followed else _("Where everyone is"),
        lines,
        ticks if len(found.periods) > 2 else [ticks[0], ticks[-1]],
        first=_("Up to"),
        source=_source(people),
        most=max(point.high for line in lines for point in line.points),
    )


def _day(period, on):
    return (period.end - on).days


def _month(period):
    return date_format(period.start, "YEAR_MONTH_FORMAT")


def _source(people):
    return ngettext(
        "%(n)s person, followed from the day the rule changed. Each way to end is a share of all of them, so that giving up is not taken for waiting. The bands hold 95 of 100 such figures.",
        "%(n)s people, followed from the day the rule changed. Each way to end is a share of all of them, so that giving up is not taken for waiting. The bands hold 95 of 100 such figures.",
        people,
    ) % {"n": n(people)}


def _by_month(found):
    """Write the same counts as lines, month by month; months with few people are told together with the next."""
    words = fate_words()
    rows = []
    for number, period in enumerate(found.periods):
        line = []
        for steps in found.steps.values():
            step = next((each for each in steps if each.last == number), None)
            since = found.periods[step.first].start if step and step.first < step.last else None
            line.append((step.count if step else None, since))
        if any(count for count, _since in line):
            rows.append((period.start, line))
    return {"columns": [words[fate] for fate in found.steps], "rows": rows}


def _cells(found):
    """Write everyone it spoke of; a line or a column nobody stands in is left out."""
    said, fates = said_words(), fate_words()
    columns = [fate for fate in SHOWN if found.fates[fate] != 0]
    rows = [
        (said[told], found.said[told], [found.cells[told, fate] for fate in columns])
        for told in Told
        if found.said[told] != 0
    ]
    return {
        "columns": [fates[fate] for fate in columns],
        "rows": rows,
        "totals": [found.fates[fate] for fate in columns],
    }


def _groups(found, procedure):
    """Draw each grouping of which at least two groups may be told."""
    names = group_names()
    drawn = []
    for key, rows in found.groups.items():
        if sum(row.passed is not None for row in rows) > 1:
            labels = labels_of(key, procedure)
            drawn.append(fared(names[key], [(label_of(row.value, labels), row) for row in rows]))
    return drawn


def _untold(found):
    """Say why there is nothing, or not all there is, to read group by group of a prediction that let anyone through."""
    told = [sum(row.passed is not None for row in rows) > 1 for rows in found.groups.values() if len(rows) > 1]
    if found.said[Told.UNLOCKED] == 0 or (told and all(told)):
        return ""
    if found.cells[Told.UNLOCKED, Fate.PASSED] == 0:
        return _("Nobody of them got what they came for yet, in any group.")
    if any(told):
        return _(
            "What else people are told apart by is left out: so few stand in some groups that they could be recognised."
        )
    return _("Group by group nothing is told: so few people stand in some of them that they could be recognised.")


def _reached(sample):
    """Say how many of a hundred got there by the last step the curve takes."""
    steps = sample.curves.get(Fate.PASSED)
    if not steps:
        return ""
    last = steps[-1]
    said = {"share": n(round(100 * last.share)), "months": _months(min(last.at, sample.days) // 30)}
    return _("%(share)s %% after %(months)s") % said


def _months(count):
    return ngettext("%(n)s month", "%(n)s months", count) % {"n": n(count)}


def _compared(samples, least):
    """Draw who got there under the old rule and under the new, from the day each came."""
    lines = []
    for sample in samples:
        look = "line-now" if sample is samples[-1] else "line-before"
        if Fate.PASSED in sample.curves:
            lines.append(Line(name_of(sample.version), sample.curves[Fate.PASSED], sample.days, look))
    if not lines:
        return None
    ticks = _months_after(max(sample.days for sample in samples))
    return curves(
        _("Got what they came for, from the day they came"),
        lines,
        ticks,
        first=_("After"),
        source=_(
            "Those still on the way when the rule changed count as waiting until that day, no longer. Counts under %(least)s are not told, so the curves rise in steps."
        )
        % {"least": n(least)},
        most=max((point.high for line in lines for point in line.points), default=1),
    )


def _months_after(span):
    """Name a few moments after someone came, the last one at the right edge."""
    every = next(step for step in (60, 120, 180, 360, 720, span + 1) if span / step <= TICKS)
    ticks = [(0, _("the first day")), *((day, _months(day // 30)) for day in range(every, span + 1, every))]
    if span - ticks[-1][0] > every / 3 or len(ticks) == 1:
        ticks.append((span, ngettext("%(n)s day", "%(n)s days", span) % {"n": n(span)}))
    return ticks
