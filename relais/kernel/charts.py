"""Bars drawn on the server: plain values in, the places of each bar and the same figures as a table out."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language_bidi

BAR, GAP, LABEL, LINE = 18, 12, 22, 18
WIDEST = 44  # letters beside each other on the narrowest phone
LONGEST = 80  # per cent of the width; the rest is for the figure at the end of the bar


@dataclass(frozen=True)
class Series:
    """One colour of bars: its name, its look in the stylesheet, a number for each row or None when hidden."""

    name: str
    values: Sequence[int | float | None]
    look: str = ""


def bars(
    title: str, labels: Sequence[str], series: Sequence[Series], *, first: str, hidden: str, source: str = ""
) -> dict[str, Any]:
    """Lay out horizontal bars, one group a label; lengths are shares of the width, so that text keeps its size.

    `first` heads the column of labels; `hidden` stands where a figure may not be shown, and no bar is drawn there.

    >>> chart = bars("Stopped", ["Fee"], [Series("People", [4])], first="Barrier", hidden="hidden")
    >>> chart["rows"]
    [['Fee', '4']]
    >>> chart["bars"][0]["length"]
    '80.0%'

    A label too long for a phone takes two lines, and the bars below it move down.

    >>> long = bars("Stopped", ["The embassy asks money and a passport we do not have"], [], first="", hidden="")
    >>> long["height"] - bars("Stopped", ["Fee"], [], first="", hidden="")["height"]
    18
    """
    most = max((value for one in series for value in one.values if value), default=1)
    drawn, top = [], 0
    for row, label in enumerate(labels):
        lines = wrap(str(label), WIDEST)
        top += LABEL + LINE * (len(lines) - 1)
        for place, one in enumerate(series):
            drawn.append(
                _bar(one, row, most, top, lines if place == 0 else []) | {"value": _figure(one.values[row], hidden)}
            )
            top += BAR + 2
        top += GAP
    return {
        "title": title,
        "height": top,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "start": "100%" if get_language_bidi() else "0",
        "bars": drawn,
        "key": [(one.look, one.name) for one in series] if len(series) > 1 else [],
        "columns": [first, *(one.name for one in series)],
        "rows": [[label, *(_figure(one.values[row], hidden) for one in series)] for row, label in enumerate(labels)],
        "source": source,
    }


def _bar(one: Series, row: int, most: float, top: int, lines: Sequence[str]) -> dict[str, object]:
    share = LONGEST * (one.values[row] or 0) / most
    bidi = get_language_bidi()
    return {
        "label": [(line, top - 6 - LINE * after) for after, line in enumerate(reversed(lines))][::-1],
        "x": f"{100 - share:.1f}%" if bidi else "0",
        "y": top,
        "length": f"{share:.1f}%",
        "drawn": one.values[row] is not None,
        "height": BAR,
        "look": one.look,
        "value_x": f"{100 - share:.1f}%" if bidi else f"{share:.1f}%",
        "value_dx": -6 if bidi else 6,
        "value_y": top + BAR - 4,
    }


def _figure(value: float | None, hidden: str) -> str:
    return hidden if value is None else number_format(value, use_l10n=True, force_grouping=True)
