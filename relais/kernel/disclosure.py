"""Hides small counts, together with what would give them away.

Counts of a one-way table with a published total: a cell under the threshold is hidden (primary); when exactly one is
hidden, or what is hidden sums to under the threshold, the next smallest is hidden too (complementary), so that total
minus the shown cells never reveals a small number. Zero says nothing of anyone and may be shown. Method: Hundepool et al.,
Statistical Disclosure Control (2012), chapter 4.
"""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def hide_small(counts: Mapping[Key, int], threshold: int = 10) -> dict[Key, int | None]:
    """Give the counts that may be shown; None stands for a hidden one.

    >>> hide_small({"women": 120, "men": 4, "not said": 30})
    {'women': 120, 'men': None, 'not said': None}
    >>> hide_small({"women": 120, "men": 0})
    {'women': 120, 'men': 0}
    """
    hidden = {key for key, count in counts.items() if 0 < count < threshold}
    shown = sorted((key for key, count in counts.items() if key not in hidden and count), key=lambda key: counts[key])
    while hidden and shown and (len(hidden) == 1 or sum(counts[key] for key in hidden) < threshold):
        hidden.add(shown.pop(0))
    return {key: None if key in hidden else count for key, count in counts.items()}


def round_to_five(count: int) -> int:
    """Round a public count to the nearest five.

    >>> round_to_five(117)
    115
    """
    return 5 * ((count + 2) // 5)


def round_down(count: int, threshold: int) -> int:
    """Round a count down to whole thresholds, so that two counts differ by nothing or by many.

    >>> round_down(117, 10), round_down(9, 10), round_down(9, 0)
    (110, 0, 9)
    """
    return count - count % max(threshold, 1)
