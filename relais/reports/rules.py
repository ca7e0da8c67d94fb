"""Pure steps from counts to what may be shown."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

from relais.kernel.disclosure import hide_small

Key = TypeVar("Key", bound=Hashable)
AGE_BANDS = ((0, "0-17"), (18, "18-27"), (28, "28-59"), (60, "60+"))


def shown(count: int, threshold: int) -> int | None:
    """Give a count of people that stands alone, or None when it is too small to show.

    >>> shown(111, 10), shown(4, 10), shown(0, 10)
    (111, None, 0)
    """
    return hide_small({"": count}, threshold)[""]


def next_published(published: int | None, count: int | None, threshold: int) -> int | None:
    """Give what is shown after `published`, now that the count is another; None is hidden.

    A change of fewer people than the threshold is not shown: whoever subtracts two readings would find them. What must be hidden
    is hidden at once, and what may be shown again starts anew.

    >>> next_published(462, 463, 10), next_published(462, 472, 10), next_published(12, None, 10), next_published(None, 30, 10)
    (462, 472, None, 30)
    """
    if published is None or count is None or abs(count - published) >= threshold:
        return count
    return published


def hidden_series(counts: Sequence[int], threshold: int) -> list[int | None]:
    """Hide the small counts of a series, with what would give them away.

    >>> hidden_series([40, 3, 25, 0], 10)
    [40, None, None, 0]
    """
    return list(hide_small(dict(enumerate(counts)), threshold).values())


def hidden_pairs(pairs: Mapping[Key, tuple[int, int]], threshold: int) -> dict[Key, tuple[int | None, int | None]]:
    """Hide the small counts of pairs (all, some of them), and those whose difference is small: it tells of the others.

    >>> hidden_pairs({"f": (40, 37), "m": (60, 20), "?": (80, 50)}, 10)
    {'f': (40, None), 'm': (60, None), '?': (80, 50)}
    """
    every = hide_small({key: one for key, (one, _some) in pairs.items()}, threshold)
    rest = {key: one - some for key, (one, some) in pairs.items()}
    some = {key: found for key, (_one, found) in pairs.items()}
    small = {key for key in pairs if every[key] is None or 0 < some[key] < threshold or 0 < rest[key] < threshold}
    shown_yet = sorted((key for key in pairs if key not in small and some[key]), key=lambda key: some[key])
    while small and shown_yet and _gives_away(small, some, rest, threshold):
        small.add(shown_yet.pop(0))
    return {key: (every[key], None if key in small else some[key]) for key in pairs}


def parts_shown(
    whole: int, going_on: int, ended_well: int, threshold: int
) -> tuple[int | None, int | None, int | None]:
    """Give a whole and two of its parts, so that neither they nor the part left unsaid is a small number one can work out.

    >>> parts_shown(462, 44, 418, 10), parts_shown(465, 44, 418, 10), parts_shown(420, 2, 418, 10)
    ((462, 44, 418), (465, None, 418), (None, None, 418))
    """
    unsaid = whole - going_on - ended_well
    any_small = any(0 < part < threshold for part in (going_on, ended_well, unsaid))
    tells_the_rest = 0 < whole - ended_well < threshold
    return (
        None if tells_the_rest else shown(whole, threshold),
        None if any_small else going_on,
        shown(ended_well, threshold),
    )


def median_days(days: Mapping[int, int], threshold: int) -> int | None:
    """Give the median of days, each with how many people waited so long, or None when it is about too few people.

    >>> median_days({9: 4, 10: 6, 400: 2}, 10), median_days({9: 4}, 10)
    (10, None)
    """
    ordered = sorted(days)
    ends = list(accumulate(days[each] for each in ordered))
    if not ends or ends[-1] < threshold:
        return None
    middle = (ordered[bisect_right(ends, place)] for place in ((ends[-1] - 1) // 2, ends[-1] // 2))
    return round(sum(middle) / 2)


def is_off_course(now: int | None, before: int | None, *, better_when_higher: bool, share: float = 0.2) -> bool:
    """Say whether a figure got worse by a fifth since the period before; what is hidden or was nothing says nothing.

    >>> is_off_course(30, 50, better_when_higher=True), is_off_course(45, 50, better_when_higher=True)
    (True, False)
    >>> is_off_course(70, 50, better_when_higher=False), is_off_course(None, 50, better_when_higher=True)
    (True, False)
    """
    if now is None or not before:
        return False
    return now <= before * (1 - share) if better_when_higher else now >= before * (1 + share)


def add_up(rows: Iterable[tuple[Key, int, int]]) -> dict[Key, tuple[int, int]]:
    """Add up pairs of counts by key, largest first.

    >>> add_up([("f", 3, 1), ("m", 9, 2), ("f", 4, 1)])
    {'m': (9, 2), 'f': (7, 2)}
    """
    first, second = Counter[Key](), Counter[Key]()
    for key, one, other in rows:
        first[key] += one
        second[key] += other
    return {key: (first[key], second[key]) for key, _count in first.most_common()}


def _gives_away(hidden: set[Key], some: Mapping[Key, int], rest: Mapping[Key, int], threshold: int) -> bool:
    """Say whether totals minus what is shown would tell a small number of the hidden ones."""
    sums = (sum(some[key] for key in hidden), sum(rest[key] for key in hidden))
    return len(hidden) == 1 or any(0 < total < threshold for total in sums)
