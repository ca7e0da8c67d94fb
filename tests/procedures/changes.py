"""Random actions on a version, limits on them, and the answer found by trying everything."""

from __future__ import annotations

from itertools import chain, combinations

from hypothesis import strategies as st

from relais.procedures.actions import (
    Action,
    accept,
    clash,
    drop,
    drop_step,
    merge,
    narrow,
    shorten,
    widen,
)
from relais.procedures.limits import Ceiling, Floor, Limits
from relais.procedures.masks import Collapsed, bits_of
from relais.procedures.terms import Op, Version
from tests.procedures.worlds import PAPERS, clauses


def possible(version: Version) -> list[Action]:
    """Every action that fits a version, but those that need a clause to be made up."""
    found = []
    for _, asked in version.asked():
        found.append(drop(asked.key))
        found += [accept(asked.key, [paper]) for paper in PAPERS if frozenset({paper}) not in asked.lists]
        found += [shorten(asked.key, each, [paper]) for each in dict.fromkeys(asked.lists) for paper in sorted(each)]
        found += [widen(asked.key, clause) for clause in dict.fromkeys(asked.condition)]
    found += [drop_step(step.key) for step in version.steps]
    return found + [merge(one.key, other.key) for one, other in combinations(version.steps, 2)]


@st.composite
def actions(draw: st.DrawFn, version: Version, most: int = 8) -> list[Action]:
    """Some actions that fit a version, in any order, with costs."""
    found = possible(version)
    for _, asked in version.asked():
        if draw(st.booleans()):
            found.append(narrow(asked.key, draw(clauses)))
        for clause in asked.condition:
            wider = draw(clauses)
            if clause.implies(wider) and wider != clause:
                found.append(widen(asked.key, clause, wider))
    chosen = draw(st.lists(st.sampled_from(found), max_size=most, unique_by=lambda each: each.key)) if found else []
    costs = draw(st.lists(st.sampled_from([1, 2, 0.5, 3]), min_size=len(chosen), max_size=len(chosen)))
    return [
        Action(**{name: getattr(each, name) for name in Action.__slots__} | {"cost": cost})
        for each, cost in zip(chosen, costs, strict=True)
    ]


@st.composite
def limits(draw: st.DrawFn, chosen: list[Action]) -> Limits:
    """Some limits on these actions, which may leave nothing possible."""
    keys = [each.key for each in chosen]
    pairs = list(combinations(keys, 2))
    some = st.lists(st.sampled_from(pairs), max_size=2, unique=True).map(tuple) if pairs else st.just(())
    return Limits(
        most=draw(st.none() | st.integers(0, 4)),
        budget=draw(st.none() | st.sampled_from([0, 1, 2.5, 4])),
        exclude=draw(some),
        require=draw(some),
        floors=draw(
            st.just(()) | st.builds(Floor, st.just("sex"), st.just("f"), st.integers(0, 3)).map(lambda f: (f,))
        ),
        ceilings=draw(
            st.just(())
            | st.builds(Ceiling, st.sampled_from(["", "sex"]), st.just(""), st.integers(0, 2)).map(lambda c: (c,))
        ),
    )


def best_by_trying(collapsed: Collapsed, limits: Limits) -> list[int | None]:
    """The most that any allowed set of at most k actions unlocks, for each k; `None` where no set is allowed."""
    known = collapsed.actions
    best: list[int | None] = []
    place = {action.key: number for number, action in enumerate(known)}
    for size in range(len(known) + 1 if limits.most is None else min(limits.most, len(known)) + 1):
        best.append(best[-1] if best else None)
        for chosen in combinations(range(len(known)), size):
            if _allowed(collapsed, limits, place, chosen):
                value = collapsed.unlocked(sum(1 << each for each in chosen))
                best[-1] = max(value, -1 if best[-1] is None else best[-1])
    return best


def _allowed(collapsed: Collapsed, limits: Limits, place: dict[str, int], chosen: tuple[int, ...]) -> bool:
    known = collapsed.actions
    taken = set(chosen)
    mask = sum(1 << each for each in chosen) ^ collapsed.widenings
    free, shut = collapsed.gain.satisfied(mask), ~collapsed.harm.satisfied(mask)
    gained = {
        group: collapsed.gain.people[free & collapsed.gain.within[:, n]].sum()
        for n, group in enumerate(collapsed.groups)
    }
    harmed = {
        group: collapsed.harm.people[shut & collapsed.harm.within[:, n]].sum()
        for n, group in enumerate(collapsed.groups)
    }
    return (
        not any(clash(known[one], known[other]) for one, other in combinations(chosen, 2))
        and (limits.budget is None or sum(known[each].cost for each in chosen) <= limits.budget)
        and not any({place[one], place[other]} <= taken for one, other in limits.exclude)
        and all(place[one] not in taken or place[other] in taken for one, other in limits.require)
        and all(gained[f.by, f.value] >= f.at_least for f in limits.floors)
        and all(harmed[c.by, c.value] <= c.at_most for c in limits.ceilings)
    )


def subsets(chosen: list[Action]) -> list[tuple[Action, ...]]:
    """Every set of actions."""
    return list(chain.from_iterable(combinations(chosen, size) for size in range(len(chosen) + 1)))


__all__ = ["Op", "actions", "best_by_trying", "bits_of", "limits", "possible", "subsets"]
