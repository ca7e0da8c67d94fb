"""What a replay found, printed: tables for people, JSON for programs; small counts hidden unless asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rich.table import Table

from relais.cli.tables import out, print_json
from relais.kernel.text import pick
from relais.procedures.answers import Effect, Interval, Replay
from relais.procedures.terms import Version
from relais.roundtables.forecast import STANDINGS, Forecast, GroupRow, Range, StopRow, forecast

HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Answered:
    """A replay, what was replayed, and what was warned of."""

    replay: Replay
    version: Version
    baseline: Version
    warnings: list[str]


def show(answered: Answered, threshold: int, *, exact: bool, as_json: bool) -> None:
    """Print a replay."""
    figures = plainly(answered) if exact else forecast(answered.replay, answered.version, answered.baseline, threshold)
    if as_json:
        print_json(as_data(answered, figures, exact=exact))
    else:
        _print(answered, figures)
        if exact:
            out.print("Nothing is hidden: small counts point at someone, keep this to those who may see these people.")
        elif figures.hides:
            out.print(f"Counts under {threshold} are hidden, with what would give them away (--exact shows all).")


def as_data(answered: Answered, figures: Forecast, *, exact: bool) -> dict[str, Any]:
    """Give a replay as JSON has it."""
    numbers = {"version": answered.version.number, "baseline": answered.baseline.number, "warnings": answered.warnings}
    return numbers | ({"exact": asdict(answered.replay)} if exact else {"figures": figures.as_data()})


def plainly(answered: Answered) -> Forecast:
    """Give the figures of a replay with nothing hidden."""
    found, versions = answered.replay, (answered.baseline, answered.version)
    steps = {step.key: step.names for version in versions for step in version.steps}
    asked = {each.key: each.names for version in versions for _, each in version.asked()}
    was, now = found.baseline, found.version
    return Forecast(
        people=found.people,
        threshold=1,
        before=asdict(found.before),
        after=asdict(found.after),
        unlocked=_range(found.unlocked),
        newly_blocked=_range(found.newly_blocked),
        groups={name: [_group(value, each) for value, each in values.items()] for name, values in found.groups.items()},
        requirements=_stops(
            asked, *({key: each.blocked for key, each in one.requirements.items()} for one in (was, now))
        ),
        steps=_stops(steps, *({key: each.stopped for key, each in one.steps.items()} for one in (was, now))),
    )


def _range(interval: Interval) -> Range:
    return Range(interval.least, interval.most, interval.most > 0)


def _group(value: str, effect: Effect) -> GroupRow:
    return GroupRow(value, effect.people, effect.before.blocked, effect.unlocked.least, effect.newly_blocked.least)


def _stops(names: Mapping[str, Mapping[str, str]], was: Mapping[str, int], now: Mapping[str, int]) -> list[StopRow]:
    return [StopRow(key, name, was.get(key), now.get(key), key in was, key in now) for key, name in names.items()]


def _print(answered: Answered, figures: Forecast) -> None:
    """Print the tables."""
    was, now = (f"version {each.number}" for each in (answered.baseline, answered.version))
    standings = [(each, figures.before[each], figures.after[each]) for each in STANDINGS]
    _table(f"{figures.people:,} people", ("", was, now), standings)
    ranges = {"unlocked": figures.unlocked, "newly blocked": figures.newly_blocked}
    _table("What changes", ("", "at least", "at most"), ((name, *_ends(each)) for name, each in ranges.items()))
    for title, stops in (("Stopped first at", figures.steps), ("Blocked by", figures.requirements)):
        _table(title, ("", was, now), (_stop(each) for each in stops))
    for name, values in figures.groups.items():
        columns = ("", "people", "blocked before", "unlocked ≥", "newly blocked ≥")
        rows = [
            (each.value or "not known", each.people, each.blocked, each.unlocked, each.newly_blocked) for each in values
        ]
        _table(name, columns, rows)


def _ends(interval: Range) -> tuple[Any, Any]:
    """Give both ends of a range; that it is not nobody is said even where the number is hidden."""
    some = "some" if interval.some else 0
    return (
        interval.least if interval.least is not None else HIDDEN,
        interval.most if interval.most is not None else some,
    )


def _stop(row: StopRow) -> tuple[Any, ...]:
    return pick(row.names) or row.key, row.before if row.in_before else "-", row.after if row.in_after else "-"


def _table(title: str, columns: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    table = Table(title=title, title_justify="left")
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place else "left", overflow="fold")
    for row in rows:
        table.add_row(
            *(HIDDEN if each is None else f"{each:,}" if isinstance(each, int) else str(each) for each in row)
        )
    out.print(table)
