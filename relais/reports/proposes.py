"""Puts indicators that are off course on the agenda: fewer people got through, or it takes them longer, than a quarter ago.

An indicator is compared to itself, ninety days to the ninety before; a fifth worse is worth talking about. Counts too small
to be shown are never proposed.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relais.cases.models import Case
from relais.kernel.disclosure import hide_small
from relais.reports.queries import days_waited
from relais.reports.rules import is_off_course, median_days
from relais.roundtables.models import AgendaItem, Meeting
from relais.roundtables.sources import Found, agenda_source

SPAN = timedelta(days=90)
GRANTED, DAYS = "people_granted", "days_to_outcome"


def _words(item: AgendaItem) -> tuple[str, str]:
    """Say which indicator is off course, and by how much."""
    said = {"now": item.figure or 0, "before": item.compared_to or 0}
    if item.detail["indicator"] == GRANTED:
        why = ngettext(
            "%(now)s person got through in the last 90 days, %(before)s in the 90 days before.",
            "%(now)s people got through in the last 90 days, %(before)s in the 90 days before.",
            said["now"],
        )
        return _("Fewer people get through"), why % said
    why = ngettext(
        "Half of those who got through in the last 90 days waited more than %(now)s day, before that %(before)s.",
        "Half of those who got through in the last 90 days waited more than %(now)s days, before that %(before)s.",
        said["now"],
    )
    return _("It takes longer"), why % said


@agenda_source("indicators", reason=AgendaItem.Reason.OFF_COURSE, words=_words)
def indicators_off_course(meeting: Meeting, today: date) -> Iterator[Found]:
    """Find what got worse in a quarter, in the programme of a table."""
    threshold = meeting.programme.threshold
    granted = Case.objects.filter(programme=meeting.programme_id, outcome=Case.Outcome.GRANTED)
    lately = granted.filter(closed_on__gt=today - SPAN, closed_on__lte=today)
    earlier = granted.filter(closed_on__gt=today - 2 * SPAN, closed_on__lte=today - SPAN)
    now, before = (sum(days_waited(cases).values(), Counter[int]()) for cases in (lately, earlier))
    people = hide_small({"now": now.total(), "before": before.total()}, threshold)
    if is_off_course(people["now"], people["before"], better_when_higher=True):
        yield Found(figure=people["now"], compared_to=people["before"], detail={"indicator": GRANTED})
    days, days_before = median_days(now, threshold), median_days(before, threshold)
    if is_off_course(days, days_before, better_when_higher=False):
        yield Found(figure=days, compared_to=days_before, detail={"indicator": DAYS})
