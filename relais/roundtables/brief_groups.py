"""The groups of a brief, as many as there is room for: whoever is newly shut out is named, the others are counted."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from relais.kernel.text import apart
from relais.procedures.describe import joined
from relais.roundtables.forecast import GroupRow
from relais.roundtables.verdicts import count, n

Labelled = tuple[str, GroupRow]


def and_more(number: int) -> list[str]:
    """Say how many are left out, and where they stand; nothing where none are."""
    return [_("And %(number)s more: see the page of the draft.") % {"number": n(number)}] if number > 0 else []


def in_room(groups: Iterable[tuple[str, Sequence[Labelled]]], room: int, *, harm: bool) -> list[list[Any]]:
    """Give each grouping with so many of its groups as lines, and what is said of the others below them.

    `harm` says whether anyone at all is newly shut out: where it is so, a hidden count may be of them.
    """
    return [_grouping(name, rows, room, harm=harm) for name, rows in groups]


def _grouping(name: str, rows: Sequence[Labelled], room: int, *, harm: bool) -> list[Any]:
    kept = {id(row) for _label, row in sorted(rows, key=lambda each: _last(each[1], harm=harm))[:room]}
    lines = [
        [apart(label), *map(count, (row.people, row.blocked, row.unlocked, row.newly_blocked))]
        for label, row in rows
        if id(row) in kept
    ]
    left = [(label, row) for label, row in rows if id(row) not in kept]
    harmed = [
        _("%(group)s (%(people)s)") % {"group": apart(label), "people": count(row.newly_blocked)}
        for label, row in left
        if _harmed(row, harm=harm)
    ]
    said = _("Newly shut out: %(groups)s; all their figures are on the page of the draft.")
    named = [said % {"groups": joined(harmed)}] if harmed else []
    return [name, lines, [*named, *and_more(len(left) - len(harmed))]]


def _harmed(row: GroupRow, *, harm: bool) -> bool:
    return harm if row.newly_blocked is None else row.newly_blocked > 0


def _last(row: GroupRow, *, harm: bool) -> tuple[int, ...]:
    """Give the order in which groups are given room: those shut out first, then those let through, then the largest."""
    figures = (row.newly_blocked, row.unlocked, row.blocked, row.people)
    return (not _harmed(row, harm=harm), *(-(each or 0) for each in figures))
