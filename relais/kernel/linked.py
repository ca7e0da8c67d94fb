"""Hides small counts in tables whose sums are published too.

Every published sum says that what flows into a place flows out again, so a table with its margins is a network: each
count an arc, each sum a node, a circulation the truth. What an attacker can work out about a count is exactly how far it can
move when everything hidden may move and everything shown may not: a maximum flow (Cox, "Network models for complementary cell
suppression", JASA 90, 1995). So nothing is guessed: a count is protected when it could as well be one less, and could as
well reach the threshold. Where it could not, the cheapest further counts are hidden, along a shortest path.
"""

import heapq
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Node = Hashable
Key = TypeVar("Key", bound=Hashable)
ENDLESS = 1 << 40
HIDING_ZERO = 1 << 20
RANK = 1 << 30


@dataclass(frozen=True, slots=True)
class Count:
    """One count: the sum it comes out of, the sum it goes into, and whether it is meant to be shown.

    Counts with a higher `rank` are hidden later. A count that is not `sensitive` is not protected (it is published elsewhere, or
    stands for counts nobody knows). A `fixed` count is never hidden here.
    """

    tail: Node
    head: Node
    value: int
    shown: bool = True
    sensitive: bool = True
    fixed: bool = False
    rank: int = 0


def hidden_in(counts: Mapping[Key, Count], threshold: int = 10) -> set[Key]:
    """Say which of the counts meant to be shown must be hidden.

    >>> def total(*ends, value):
    ...     return Count(*ends, value, fixed=True)
    >>> table = {
    ...     ("women", "yes"): Count("yes", "women", 40), ("women", "no"): Count("no", "women", 30),
    ...     ("men", "yes"): Count("yes", "men", 25), ("men", "no"): Count("no", "men", 4),
    ...     "yes": total("all", "yes", value=65), "no": total("all", "no", value=34),
    ...     "women": total("women", "all", value=70), "men": total("men", "all", value=29),
    ... }
    >>> sorted(hidden_in(table))
    [('men', 'no'), ('men', 'yes'), ('women', 'no'), ('women', 'yes')]
    """
    network = _Network(counts)
    small = [key for key, count in counts.items() if count.sensitive and 0 < count.value < threshold]
    network.free.update(small)
    for key in sorted(small, key=lambda key: counts[key].value):
        network.protect(key, threshold)
    return {key for key in network.free if counts[key].shown}


def reach_of(counts: Mapping[Key, Count], hidden: set[Key], key: Key) -> tuple[int, int]:
    """Say between what an attacker who sees everything but `hidden` can place a count."""
    network = _Network(counts)
    network.free |= hidden
    least = counts[key].value - network.slack(key, up=False, wanted=ENDLESS)
    return least, counts[key].value + network.slack(key, up=True, wanted=ENDLESS)


class _Network(Generic[Key]):
    """The counts as arcs, and which of them an attacker does not see."""

    def __init__(self, counts: Mapping[Key, Count]) -> None:
        self.counts = counts
        self.free = {key for key, count in counts.items() if not count.shown}
        self.at: dict[Node, list[tuple[Key, bool]]] = {}
        for key, count in counts.items():
            self.at.setdefault(count.tail, []).append((key, True))
            self.at.setdefault(count.head, []).append((key, False))

    def protect(self, key: Key, threshold: int) -> None:
        """Hide what it takes for a count to be able to fall, and to rise to the threshold."""
        self.slack(key, up=True, wanted=threshold - self.counts[key].value, hide=True)
        self.slack(key, up=False, wanted=1, hide=True)

    def slack(self, key: Key, *, up: bool, wanted: int, hide: bool = False) -> int:
        """Say how far a count can move one way, at most `wanted`; hide what stands in the way if asked to."""
        count, moved = self.counts[key], 0
        flow = {each: self.counts[each].value for each in self.counts}
        start, goal = (count.head, count.tail) if up else (count.tail, count.head)
        wanted = wanted if up else min(wanted, count.value)
        while moved < wanted:
            path = self._cheapest(flow, start, goal, key, hide=hide)
            if path is None:
                return moved
            room = min(wanted - moved, *(ENDLESS if forward else flow[each] for each, forward in path))
            if room >= ENDLESS // 2:
                return ENDLESS
            for each, forward in path:
                self.free.add(each)
                flow[each] += room if forward else -room
            moved += room
        return moved

    def _cheapest(
        self, flow: dict[Key, int], start: Node, goal: Node, but: Key, *, hide: bool
    ) -> list[tuple[Key, bool]] | None:
        """Find a way for counts to make room for another, through what is hidden if possible (Dijkstra)."""
        best: dict[Node, tuple[int, Key | None, bool, Node | None]] = {start: (0, None, True, None)}
        queue, order, done = [(0, 0, start)], 0, set()
        while queue:
            cost, _, node = heapq.heappop(queue)
            if node in done:
                continue
            done.add(node)
            if node == goal:
                return list(self._way_back(best, goal))
            for key, forward in self.at.get(node, ()):
                count = self.counts[key]
                if (
                    key == but
                    or (not forward and flow[key] == 0)
                    or (key not in self.free and (count.fixed or not hide))
                ):
                    continue
                to, total = (count.head if forward else count.tail), cost + 1 + self._price(key)
                if to not in best or total < best[to][0]:
                    best[to], order = (total, key, forward, node), order + 1
                    heapq.heappush(queue, (total, order, to))
        return None

    def _price(self, key: Key) -> int:
        """What hiding a count costs: nothing if it is hidden, else its rank, then its size; a zero tells most."""
        count = self.counts[key]
        return 0 if key in self.free else RANK * (1 + count.rank) + (count.value or HIDING_ZERO)

    def _way_back(
        self, best: dict[Node, tuple[int, Key | None, bool, Node | None]], node: Node | None
    ) -> Iterator[tuple[Key, bool]]:
        """Walk a path from its end."""
        while node is not None:
            _cost, key, forward, node = best[node]
            if key is not None:
                yield key, forward
