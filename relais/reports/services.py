"""Publishing figures: what was published stays until the change is large enough to tell of nobody."""

from collections.abc import Mapping

from django.db import transaction

from relais.kernel import clock
from relais.programmes.models import Programme
from relais.reports.models import Released
from relais.reports.rules import next_published


@transaction.atomic
def publish(*, programme: Programme, figures: Mapping[str, int | None]) -> dict[str, int | None]:
    """Give each figure as everyone reads it now, and keep what is published for the first time or anew.

    Whoever reads the page every day, or asks for it in another way, sees the same figure until at least as many people as
    the programme's threshold have changed it.
    """
    today = clock.today(programme.time_zone)
    known = {row.figure: row for row in Released.objects.filter(programme=programme, figure__in=figures)}
    shown, new, changed = {}, [], []
    for figure, value in figures.items():
        row = known.get(figure)
        if row is None:
            new.append(Released(programme=programme, figure=figure, value=value, released_on=today))
            shown[figure] = value
            continue
        shown[figure] = next_published(row.value, value, programme.threshold)
        if shown[figure] != row.value:
            row.value, row.released_on = shown[figure], today
            changed.append(row)
    # Two who open the page at once publish the same figures: the second finds them there.
    Released.objects.bulk_create(new, ignore_conflicts=True)
    Released.objects.bulk_update(changed, ["value", "released_on"])
    return shown
