"""Groups as charts: who is let through and who is newly shut out, who was said to be and got there; all of it in the table."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from relais.kernel import charts
from relais.kernel.charts import Series
from relais.roundtables.forecast import GroupRow
from relais.roundtables.observed import GroupFared
from relais.roundtables.verdicts import count, n


def drafted(name: str, rows: Sequence[tuple[str, GroupRow]]) -> dict[str, Any]:
    """Draw whom a draft lets through and newly shuts out in each group; a group it does neither to is in the table only."""
    touched = [(label, row) for label, row in rows if row.unlocked != 0 or row.newly_blocked != 0]
    harm = any(row.newly_blocked != 0 for _label, row in rows)
    series = [Series(_("Let through"), [row.unlocked for _label, row in touched])]
    if harm:
        series.append(Series(_("Newly shut out"), [row.newly_blocked for _label, row in touched], "chart-harm"))
    return _drawn(
        name,
        [label for label, _row in touched],
        series if touched else [],
        [_("Group"), _("People"), _("Stopped today"), _("Let through"), _("Newly shut out")],
        [[label, *map(count, (row.people, row.blocked, row.unlocked, row.newly_blocked))] for label, row in rows],
    )


def unharmed(groupings: Iterable[tuple[str, Sequence[tuple[str, GroupRow]]]]) -> bool:
    """Say whether nobody is newly shut out in any group, so that it may be said once."""
    return all(row.newly_blocked == 0 for _name, rows in groupings for _label, row in rows)


def fared(name: str, rows: Sequence[tuple[str, GroupFared]]) -> dict[str, Any]:
    """Draw how many of those said to be let through got there in each group."""
    return _drawn(
        name,
        [label for label, _row in rows],
        [
            Series(_("Said to be let through"), [row.people for _label, row in rows], "chart-before"),
            Series(_("Got what they came for"), [row.passed for _label, row in rows]),
        ],
        [_("Group"), _("Said to be let through"), _("Got what they came for"), _("Share")],
        [[label, count(row.people), count(row.passed), _share(row)] for label, row in rows],
    )


def _drawn(
    name: str,
    labels: Sequence[str],
    series: Sequence[Series],
    columns: list[str],
    rows: list[list[str]],
) -> dict[str, Any]:
    chart = charts.bars(name, labels, series, first=columns[0], hidden=_("hidden"))
    return chart | {"key": [(one.look, one.name) for one in series], "columns": columns, "rows": rows}


def _share(row: GroupFared) -> str:
    if not row.people or row.passed is None:
        return "·"
    return _("%(share)s %%") % {"share": n(round(100 * row.passed / row.people))}
