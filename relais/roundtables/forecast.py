"""What a draft would change, told so that nobody can be found in it.

A replay counts exactly; this turns its counts into the tables of a page and hides small ones, with whatever would give them
away. Unlocked and newly blocked stand side by side, and the total of those newly blocked is never dropped for being small: it is
said that there are some. No database: a `Replay` in, plain values out, which a decision keeps as they are.

Each group is split into those certainly unlocked, those stopped before and not certainly unlocked, those newly blocked, and everyone
else; what is shown (people, stopped before, unlocked, newly blocked) are sums of these, so `kernel.linked` sees every way
of subtracting one from another.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from relais.kernel.disclosure import hide_small, round_down
from relais.kernel.linked import Count, hidden_in
from relais.procedures.replay import Effect, Funnel, Interval, Replay
from relais.procedures.terms import Version

Shown = int | None
"""A count, or None where it is hidden."""

STANDINGS = ("passes", "blocked", "open")


@dataclass(frozen=True)
class Range:
    """At least so many, at most so many; None is hidden. `some` says whether there may be anyone at all."""

    least: Shown
    most: Shown
    some: bool


@dataclass(frozen=True)
class GroupRow:
    """One value of a grouping; `value` is a code, "" for those of whom it is not known."""

    value: str
    people: Shown
    blocked: Shown
    unlocked: Shown
    newly_blocked: Shown


@dataclass(frozen=True)
class StopRow:
    """A step or a requirement: how many it stops under each version; None also where a version does not have it."""

    key: str
    names: Mapping[str, str]
    before: Shown
    after: Shown
    in_before: bool = True
    in_after: bool = True


@dataclass(frozen=True)
class Forecast:
    """Everything the page of a draft says in figures."""

    people: int
    threshold: int
    before: Mapping[str, Shown]
    after: Mapping[str, Shown]
    unlocked: Range
    newly_blocked: Range
    groups: Mapping[str, list[GroupRow]]
    requirements: list[StopRow]
    steps: list[StopRow]

    @property
    def anyone(self) -> bool:
        """Say whether it is about anyone, however few."""
        return self.people > 0 or None in self.before.values()

    @property
    def hides(self) -> bool:
        """Say whether anything is hidden."""
        figures = [*self.before.values(), *self.after.values(), self.unlocked.least, self.newly_blocked.least]
        figures += [each for rows in self.groups.values() for row in rows for each in asdict(row).values()]
        figures += [each for row in self.requirements + self.steps for each in _both(row)]
        return None in figures

    def as_data(self) -> dict[str, Any]:
        """Give it as JSON can keep it."""
        return asdict(self)


def read(data: Mapping[str, Any]) -> Forecast:
    """Read back what a decision kept."""
    return Forecast(
        **{
            **data,
            "unlocked": Range(**data["unlocked"]),
            "newly_blocked": Range(**data["newly_blocked"]),
            "groups": {name: [GroupRow(**row) for row in rows] for name, rows in data["groups"].items()},
            "requirements": [StopRow(**row) for row in data["requirements"]],
            "steps": [StopRow(**row) for row in data["steps"]],
        }
    )


def forecast(replay: Replay, version: Version, baseline: Version, threshold: int = 10) -> Forecast:
    """Tell what a replay found, small counts hidden."""
    whole = replay.whole
    counts = _whole(whole)
    hidden = hidden_in(counts, threshold)

    def shown(key: Any) -> Shown:
        return None if key in hidden else counts[key].value

    unlocked, newly_blocked = shown("unlocked"), shown("newly_blocked")
    return Forecast(
        people=replay.people,
        threshold=threshold,
        before={each: shown(("before", each)) for each in STANDINGS},
        after={each: shown(("after", each)) for each in STANDINGS},
        unlocked=_range(whole.unlocked, unlocked, threshold),
        newly_blocked=_range(whole.newly_blocked, newly_blocked, threshold),
        groups={
            name: _rows(values, whole, (unlocked, newly_blocked, shown(("before", "blocked"))), threshold)
            for name, values in replay.groups.items()
        },
        requirements=_requirements(replay, version, baseline, threshold),
        steps=_steps(replay, version, baseline, threshold),
    )


def rounded(told: Forecast) -> Forecast:
    """Round every count down to whole thresholds, so that two drafts differ by nobody or by many."""

    def down(count: Shown) -> Shown:
        return None if count is None else round_down(count, told.threshold)

    def reach(exact: Range) -> Range:
        most = exact.most if exact.most is None or exact.most == exact.least else exact.most + told.threshold - 1
        return Range(down(exact.least), down(most), exact.some)

    def stops(rows: list[StopRow]) -> list[StopRow]:
        return [replace(row, before=down(row.before), after=down(row.after)) for row in rows]

    return replace(
        told,
        people=round_down(told.people, told.threshold),
        before={name: down(count) for name, count in told.before.items()},
        after={name: down(count) for name, count in told.after.items()},
        unlocked=reach(told.unlocked),
        newly_blocked=reach(told.newly_blocked),
        groups={
            name: [
                GroupRow(row.value, down(row.people), down(row.blocked), down(row.unlocked), down(row.newly_blocked))
                for row in rows
            ]
            for name, rows in told.groups.items()
        },
        requirements=sorted(stops(told.requirements), key=lambda row: (-max(row.before or 0, row.after or 0), row.key)),
        steps=stops(told.steps),
    )


def _range(exact: Interval, least: Shown, threshold: int) -> Range:
    """Show how far a count may go, where that gives away no few people."""
    gap = exact.most - exact.least
    safe = least is not None and (gap == 0 or gap >= threshold) and (exact.most == 0 or exact.most >= threshold)
    return Range(least, exact.most if safe else None, exact.most > 0)


def _whole(effect: Effect) -> dict[Any, Count]:
    """Write everyone as a network: from how they stand before, to how they stand after.

    The replay gives the sums and the two flows that matter; the other flows are any that agree with the sums, which is all
    an attacker has as well.
    """
    before, after = effect.before, effect.after
    up, down = effect.unlocked.least, effect.newly_blocked.least
    stay, keep = min(before.blocked - up, after.blocked - down), min(before.passes - down, after.passes - up)
    fall, leave = before.blocked - up - stay, before.passes - down - keep
    sink, rise = after.blocked - down - stay, after.passes - up - keep
    flows = {
        ("still blocked", "blocked"): stay,
        ("still blocked", "open"): fall,
        ("not shut out", "passes"): keep,
        ("not shut out", "open"): leave,
        ("open", "passes"): rise,
        ("open", "blocked"): sink,
        ("open", "open"): before.open - rise - sink,
    }
    counts: dict[Any, Count] = {
        ("flow", *ends): Count(("was", ends[0]), ("is", ends[1]), value, shown=False, sensitive=False)
        for ends, value in flows.items()
    }
    for each in STANDINGS:
        counts["before", each] = Count("all", ("was", each), getattr(before, each), rank=1)
        counts["after", each] = Count(("is", each), "everyone", getattr(after, each))
    counts["people"] = Count("everyone", "all", effect.people, fixed=True)
    counts["unlocked"] = Count(("was", "blocked"), ("is", "passes"), up, rank=2)
    counts["newly_blocked"] = Count(("was", "passes"), ("is", "blocked"), down, rank=2)
    counts["still"] = Count(("was", "blocked"), ("was", "still blocked"), before.blocked - up, shown=False)
    counts["spared"] = Count(("was", "passes"), ("was", "not shut out"), before.passes - down, shown=False)
    return counts


def _rows(
    values: Mapping[str, Effect], whole: Effect, told: tuple[Shown, Shown, Shown], threshold: int
) -> list[GroupRow]:
    """Show the effect by group."""
    counts = _split("all", whole, margin=True)
    for name, figure in zip(("unlocked", "newly_blocked", "blocked"), told, strict=True):
        counts["all", name] = Count(*_ends(counts["all", name]), shown=figure is not None, sensitive=False, fixed=True)
    for value, effect in values.items():
        counts |= _split(value or "not known", effect)
    hidden = hidden_in(counts, threshold)

    def shown(value: str, name: str) -> Shown:
        key = (value or "not known", name)
        return None if key in hidden else counts[key].value

    figures = ("people", "blocked", "unlocked", "newly_blocked")
    return [GroupRow(value, *(shown(value, name) for name in figures)) for value, each in values.items() if each.people]


def _ends(count: Count) -> tuple[Any, Any, int]:
    return count.tail, count.head, count.value


def _split(value: str, effect: Effect, *, margin: bool = False) -> dict[Any, Count]:
    """Write one group, or the total all groups add up to, as counts between sums."""
    parts = {
        "unlocked": effect.unlocked.least,
        "still": effect.before.blocked - effect.unlocked.least,
        "newly_blocked": effect.newly_blocked.least,
        "rest": effect.people - effect.before.blocked - effect.newly_blocked.least,
    }
    ends: dict[str, tuple[Any, Any]]
    sums: dict[str, tuple[Any, Any, int]]
    if margin:  # from everyone, through those stopped before, to each part
        ends = {name: ("stopped" if name in ("unlocked", "still") else "all", name) for name in parts}
        sums = {"blocked": ("all", "stopped", effect.before.blocked), "people": ("everyone", "all", effect.people)}
    else:  # from each part, through those stopped before in the group, to the group
        ends = {name: (name, (value, "stopped") if name in ("unlocked", "still") else value) for name in parts}
        sums = {
            "blocked": ((value, "stopped"), value, effect.before.blocked),
            "people": (value, "everyone", effect.people),
        }
    counts: dict[Any, Count] = {}
    for name, figure in parts.items():
        named = name in ("unlocked", "newly_blocked")
        counts[value, name] = Count(*ends[name], figure, shown=named, sensitive=not margin, rank=0)
    for name, (tail, head, figure) in sums.items():
        counts[value, name] = Count(tail, head, figure, sensitive=not margin, fixed=margin, rank=1 + (name == "people"))
    return counts


def _steps(replay: Replay, version: Version, baseline: Version, threshold: int) -> list[StopRow]:
    """Show how many are stopped first at each step."""
    was, now = (_stopped(funnel, threshold) for funnel in (replay.baseline, replay.version))
    return _stops({step.key: step.names for one in (baseline, version) for step in one.steps}, was, now)


def _stopped(funnel: Funnel, threshold: int) -> dict[str, Shown]:
    """Give who is stopped first at each step; these add up to all who are blocked."""
    return hide_small({key: each.stopped for key, each in funnel.steps.items()}, threshold)


def _requirements(replay: Replay, version: Version, baseline: Version, threshold: int) -> list[StopRow]:
    """Show how many each requirement stops; one person may be stopped by several, so these do not add up."""
    was, now = (
        {key: None if 0 < each.blocked < threshold else each.blocked for key, each in funnel.requirements.items()}
        for funnel in (replay.baseline, replay.version)
    )
    names = {each.key: each.names for one in (baseline, version) for _, each in one.asked()}
    rows = _stops(names, was, now)
    return sorted(rows, key=lambda row: -max(row.before or 0, row.after or 0))


def _stops(names: Mapping[str, Mapping[str, str]], was: Mapping[str, Shown], now: Mapping[str, Shown]) -> list[StopRow]:
    return [StopRow(key, dict(name), was.get(key), now.get(key), key in was, key in now) for key, name in names.items()]


def _both(row: StopRow) -> list[Shown]:
    return [figure for figure, present in ((row.before, row.in_before), (row.after, row.in_after)) if present]
