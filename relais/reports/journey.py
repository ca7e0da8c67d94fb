"""Where people wait, turn back and drop out on their way through a procedure, told so that nobody can be found in it.

The moves between events are a network: who comes to an event goes on, or is still there. So `kernel.linked` sees every way of
working out a small number. No database: moves in, plain values out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from relais.kernel.disclosure import round_down
from relais.kernel.linked import Count, hidden_in
from relais.reports.queries import HANDED, OPENED, RETURNED, STEP, Move

DROPPED = frozenset({"gave_up", "lost"})
HERE = ""
Shown = int | None


@dataclass(frozen=True)
class Stay:
    """What happens after one event: how many come to it, are still there, drop out, and how long the others take.

    Days are of those who went on: a quarter within the first, half within the second, three quarters within the third.
    None is hidden. `lost` are the days everyone spent here, which ranks the places.
    """

    what: str
    people: Shown
    waiting: Shown
    dropped: Shown
    returned: Shown
    quartiles: tuple[int, int, int] | None
    lost: int


@dataclass(frozen=True)
class Journey:
    """All stays in the order people meet them, and how the way ends."""

    people: int
    stays: Sequence[Stay]
    ends: Mapping[str, Shown]
    hides: bool

    @property
    def worst(self) -> Stay | None:
        """The place where most days are spent, of those of which enough may be told."""
        told = [stay for stay in self.stays if stay.people and stay.quartiles]
        return max(told, key=lambda stay: stay.lost, default=None)


def journey(moves: Iterable[Move], steps: Sequence[str], threshold: int = 10) -> Journey:
    """Put moves together; `steps` are the keys of the steps in their order."""
    counts, days = Counter[tuple[str, str]](), defaultdict[str, Counter[int]](Counter)
    lost = Counter[str]()
    for move in moves:
        counts[move.what, move.to] += move.people
        lost[move.what] += move.days * move.people
        if move.to != HERE:
            days[move.what][move.days] += move.people
    met = {what for what, _to in counts}
    known = _order(steps)  # a step only an older version had comes last
    places = [place for place in (*known, *sorted(met - set(known))) if place in met]
    arcs = _network(counts, places)
    hidden = hidden_in(arcs, threshold)

    def shown(key: Any) -> Shown:
        return 0 if key not in arcs else None if key in hidden else arcs[key].value

    stays = [
        Stay(
            what=place,
            people=shown(("all", place)),
            waiting=shown((place, HERE)),
            dropped=shown((place, "dropped")),
            returned=shown((place, RETURNED)),
            quartiles=quartiles(days[place]) if days[place].total() >= threshold else None,
            lost=lost[place],
        )
        for place in places
    ]
    ends = {key[1]: shown(key) for key in arcs if key[0] == "end"}
    return Journey(arcs["everyone"].value, stays, ends, bool(hidden))


def rounded(found: Journey, threshold: int = 10) -> Journey:
    """Round every count down to whole thresholds, so that two looks differ by nobody or by many."""

    def down(count: Shown) -> Shown:
        return None if count is None else round_down(count, threshold)

    stays = [
        replace(
            stay,
            people=down(stay.people),
            waiting=down(stay.waiting),
            dropped=down(stay.dropped),
            returned=down(stay.returned),
        )
        for stay in found.stays
    ]
    ends = {end: down(count) for end, count in found.ends.items()}
    return replace(found, people=round_down(found.people, threshold), stays=stays, ends=ends)


def by_group(moves: Iterable[Move], place: str, threshold: int = 10) -> list[tuple[str, Shown, int | None]]:
    """Give for each group how many came to a place, rounded down, and within how many days half of them went on.

    >>> by_group([Move("opened", "handed", 5, "woman", 30), Move("opened", "", 9, "man", 12)], "opened")
    [('man', 10, None), ('woman', 30, 5)]
    """
    people, days = Counter[str](), defaultdict[str, Counter[int]](Counter)
    for move in moves:
        if move.what == place:
            people[move.group] += move.people
            if move.to != HERE:
                days[move.group][move.days] += move.people
    arcs = {value: Count("all", "everyone", count) for value, count in people.items()}
    total = {("everyone",): Count("everyone", "all", people.total(), fixed=True)}
    hidden = hidden_in({**arcs, **total}, threshold)
    return [
        (
            value,
            None if value in hidden else round_down(people[value], threshold),
            _middle(days[value]) if value not in hidden and days[value].total() >= threshold else None,
        )
        for value in sorted(people, key=lambda value: (value == "", value))
    ]


def quartiles(days: Mapping[int, int]) -> tuple[int, int, int]:
    """Give within how many days a quarter, half and three quarters went on.

    >>> quartiles({10: 1, 20: 2, 40: 1})
    (10, 20, 20)
    """
    ordered = sorted(days)
    reached = list(accumulate(days[day] for day in ordered))
    total = reached[-1]
    first, half, third = (
        next(day for day, sum_ in zip(ordered, reached, strict=True) if sum_ * 4 >= quarter * total)
        for quarter in (1, 2, 3)
    )
    return first, half, third


def _middle(days: Mapping[int, int]) -> int:
    return quartiles(days)[1]


def _order(steps: Sequence[str]) -> list[str]:
    return [OPENED, *(f"{STEP}{key}" for key in steps), HANDED, RETURNED]


def _network(counts: Mapping[tuple[str, str], int], places: Sequence[str]) -> dict[Any, Count]:
    """Write the moves as arcs: into an event, through it, and on to the next, to an end, or to where one still is."""
    arcs: dict[Any, Count] = {}
    ends = Counter[str]()
    into: Counter[str] = Counter()
    for (place, to), people in counts.items():
        into[place] += people
        end = _end(to, places)
        key = (place, end or to)
        known = arcs[key].value if key in arcs else 0
        named = end is not None or to == RETURNED
        arcs[key] = Count(("out", place), ("end", end) if end is not None else ("in", to), known + people, shown=named)
        if end is not None:
            ends[end] += people
    for place in places:
        arcs["all", place] = Count(("in", place), ("out", place), into[place], rank=1)
    for end, people in ends.items():
        arcs["end", end] = Count(("end", end), "done", people, rank=1)
    arcs["everyone"] = Count("done", ("in", OPENED), into[OPENED], fixed=True)
    return arcs


def _end(to: str, places: Sequence[str]) -> str | None:
    """Name the end a move leads to, None where the way goes on; those still there end where they are."""
    if to in places:
        return None
    return "dropped" if to in DROPPED else to
