"""Step curves drawn on the server: shares over time in, paths and the same figures as a table out.

The drawing is stretched to the width of the page and lines keep their thickness; words stand beside it in percent of the
width, so that they keep their size. In a language that runs from right to left, time does too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

WIDE, HIGH = 1000, 400
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Point:
    """From a moment on, a share between 0 and 1, and between what it lies."""

    at: float
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Line:
    """One curve: its name, its points in order of time, where it ends, and its look in the stylesheet."""

    name: str
    points: Sequence[Point]
    until: float
    look: str = "line-now"
    start: float = 0.0

    def upto(self, at: float) -> Point | None:
        """Give where the curve stands at a moment, nothing after its end."""
        if at > self.until:
            return None
        passed = [point for point in self.points if point.at <= at]
        return passed[-1] if passed else Point(0, self.start, self.start, self.start)


def curves(
    title: str,
    lines: Sequence[Line],
    ticks: Sequence[tuple[float, str]],
    *,
    first: str,
    source: str = "",
    most: float = 1.0,
) -> dict[str, Any]:
    """Lay out step curves over time; `ticks` name moments below the drawing and are the rows of the table.

    The last tick is the right edge. `most` is the highest share the scale must hold; it ends on a quarter.

    >>> chart = curves("Passports", [Line("now", [Point(30, 0.5, 0.4, 0.6)], 90)], [(0, "0"), (90, "90 days")], first="After")
    >>> chart["lines"][0]["path"]
    'M0 400 H333.3 V200 H1000'
    >>> chart["rows"]
    [['0', '0 %'], ['90 days', '50 % (40 to 60)']]
    """
    span = max((at for at, _label in ticks), default=1) or 1
    top = next(quarter for quarter in QUARTERS[1:] if most <= quarter + 1e-9 or quarter == 1)
    bidi = get_language_bidi()

    def x(at: float) -> str:
        place = WIDE * min(at, span) / span
        return f"{WIDE - place if bidi else place:.4g}"

    def y(share: float) -> str:
        return f"{HIGH - HIGH * min(share, top) / top:.4g}"

    def percent(at: float) -> float:
        return 100 - 100 * at / span if bidi else 100 * at / span

    return {
        "title": title,
        "direction": "rtl" if bidi else "ltr",
        "lines": [
            {"path": _path(line, x, y), "band": _band(line, x, y), "look": line.look, "name": line.name}
            for line in lines
        ],
        "key": [(line.look, line.name) for line in lines],
        "grid": [(f"{100 - 100 * each / top:.4g}%", _share(each)) for each in QUARTERS if each <= top],
        "edge": "100%" if bidi else "0",
        "ticks": [{"x": f"{percent(at):.4g}%", "label": label, "anchor": _anchor(at, span)} for at, label in ticks],
        "columns": [first, *(line.name for line in lines)],
        "rows": [[label, *(_figure(line.upto(at)) for line in lines)] for at, label in ticks],
        "source": source,
    }


def _path(line: Line, x: Any, y: Any) -> str:
    parts = [f"M{x(0)} {y(line.start)}"]
    parts += [f"H{x(point.at)} V{y(point.share)}" for point in line.points]
    return " ".join([*parts, f"H{x(line.until)}"])


def _band(line: Line, x: Any, y: Any) -> str:
    """Go along the upper edge of the interval, and back along the lower one."""
    if not any(point.high > point.low for point in line.points):
        return ""
    there = [f"M{x(0)} {y(line.start)}", *(f"H{x(point.at)} V{y(point.high)}" for point in line.points)]
    back = [f"H{x(line.until)} V{y(line.points[-1].low)}"]
    for point, before in zip(reversed(line.points), [*reversed(line.points[:-1]), None], strict=True):
        back.append(f"H{x(point.at)} V{y(before.low if before else line.start)}")
    return " ".join([*there, *back, "Z"])


def _anchor(at: float, span: float) -> str:
    """Keep the first and the last word inside the drawing, in either direction."""
    return "start" if at == 0 else "end" if at == span else "middle"


def _figure(point: Point | None) -> str:
    if point is None:
        return "·"
    if point.low == point.high:
        return _share(point.share)
    said = {"share": _share(point.share), "low": _number(point.low), "high": _number(point.high)}
    return _("%(share)s (%(low)s to %(high)s)") % said


def _share(share: float) -> str:
    return _("%(share)s %%") % {"share": _number(share)}


def _number(share: float) -> str:
    return number_format(share * 100, 0, use_l10n=True)
