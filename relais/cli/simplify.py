"""`relais simplify`: the smallest set of changes that opens the door to most people, from files."""

import time
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.table import Table

from relais.cli.tables import (
    AsJson,
    By,
    NotAsked,
    Number,
    People,
    ProcedureFile,
    Read,
    attributes_of,
    out,
    print_json,
    read,
    refusing,
)
from relais.procedures.actions import Action, Kind, apply, read_key
from relais.procedures.compare import compare
from relais.procedures.describe import change_words
from relais.procedures.limits import Ceiling, Floor, Limits
from relais.procedures.propose import USUAL, propose
from relais.procedures.simplify import Answer, Choice, simplify

Keys = list[str] | None


def command(  # noqa: PLR0917 - Typer reads a command by its arguments
    procedure: ProcedureFile,
    people: People,
    version: Number = None,
    most: Annotated[int | None, typer.Option(help="at most so many changes together")] = None,
    budget: Annotated[str | None, typer.Option(help="what the changes may cost together")] = None,
    proposals: Annotated[int, typer.Option(help="how many changes to propose from the people")] = 20,
    steps: Annotated[bool, typer.Option(help="whether dropping a whole step may be proposed")] = True,
    add: Annotated[Keys, typer.Option(help="a change to weigh too, e.g. accept:birth:witness; may be repeated")] = None,
    without: Annotated[Keys, typer.Option(help="a proposal to leave out, by its key; may be repeated")] = None,
    cost: Annotated[Keys, typer.Option(help="what a change costs, e.g. drop:birth=3; otherwise 1")] = None,
    exclude: Annotated[Keys, typer.Option(help="two changes never taken together, e.g. drop:a,drop:b")] = None,
    require: Annotated[Keys, typer.Option(help="a change, and what it may not be taken without: drop:a,drop:b")] = None,
    floor: Annotated[Keys, typer.Option(help="at least so many of a group unlocked, e.g. sex=woman:500")] = None,
    ceiling: Annotated[Keys, typer.Option(help="at most so many of a group newly blocked, e.g. sex=woman:0")] = None,
    by: By = None,
    not_asked: NotAsked = None,
    seconds: Annotated[float, typer.Option(help="stop looking after this long and say what is not proven")] = 60,
    as_json: AsJson = False,
) -> None:
    """Find the best set of changes for each number of them, prove it, and say who stays outside. Small counts are not hidden."""
    with refusing():
        limits = Limits(
            most=most,
            budget=None if budget is None else Decimal(budget),
            exclude=tuple(_pair(each) for each in exclude or ()),
            require=tuple(_pair(each) for each in require or ()),
            floors=tuple(Floor(*_amount(each)) for each in floor or ()),
            ceilings=tuple(Ceiling(*_amount(each)) for each in ceiling or ()),
        )
        groups = [*(by or ()), *(name for name, _ in limits.groups if name)]
        found = read(people, procedure, version, groups, not_asked or (), quiet=as_json)
        kinds = USUAL if steps else USUAL - {Kind.DROP_STEP}
        proposed = [each.action for each in propose(found.people, found.version, most=proposals, kinds=kinds)]
        actions = _priced(proposed, add or (), without or (), dict(_split(each, "=") for each in cost or ()))
        ends = time.monotonic() + seconds
        answer = simplify(
            found.people, found.version, actions, limits, by=by or (), until=lambda: time.monotonic() > ends
        )
    if as_json:
        print_json(as_dict(answer) | {"warnings": found.cautions})
    else:
        _print(found, answer)


def _priced(proposed: list[Action], add: Any, without: Any, costs: dict[str, str]) -> list[Action]:
    """Put together the proposals that stay, what was added, and what each costs."""
    actions = [each for each in proposed if each.key not in without]
    actions += [read_key(key) for key in add if key not in {each.key for each in actions}]
    if strange := costs.keys() - {each.key for each in actions}:
        raise ValueError(f"there is no change {', '.join(sorted(strange))} to put a cost on")
    return [read_key(each.key, Decimal(costs.get(each.key, "1"))) for each in actions]


def _pair(said: str) -> tuple[str, str]:
    """Read two keys."""
    return _split(said, ",drop", ",accept", ",shorten", ",narrow", ",widen", ",merge")


def _split(said: str, *marks: str) -> tuple[str, str]:
    """Cut a text in two before the last of a mark; the comma or equals sign itself is left out."""
    places = [said.rfind(mark) for mark in marks if said.rfind(mark) > 0]
    if not places:
        raise ValueError(f"{said!r} is not two things; write them with {marks[0][0]!r} between")
    return said[: max(places)], said[max(places) + 1 :]


def _amount(said: str) -> tuple[str, str, int]:
    """Read a group and a number: `sex=woman:500`, or `:500` for everyone."""
    group, number = _split(f" {said}", ":")
    name, value = _split(group.strip(), "=") if group.strip() else ("", "")
    if not number.isdigit():
        raise ValueError(f"{said!r}: give a whole number after the colon, e.g. sex=woman:500")
    return name, value, int(number)


def as_dict(answer: Answer) -> dict[str, Any]:
    """Give an answer as JSON has it."""
    outside = [{"requirements": each.requirements, "people": each.people} for each in answer.outside]
    bundles = [
        {"actions": [a.key for a in each.actions], "together": each.together, "apart": each.apart}
        for each in answer.bundles
    ]
    groups = answer.effect.groups if answer.effect else {}
    return {
        "people": answer.people,
        "blocked": answer.blocked,
        "beyond": answer.beyond,
        "actions": [{"key": each.key, "cost": each.cost} for each in answer.actions],
        "curve": [_choice(each) for each in answer.curve],
        "greedy": [_choice(each) for each in answer.greedy],
        "top_blockers": [_choice(each) for each in answer.top_blockers],
        "bundles": bundles,
        "outside": outside,
        "groups": {
            name: {
                value: {"unlocked": e.unlocked.least, "newly_blocked": e.newly_blocked.least}
                for value, e in values.items()
            }
            for name, values in groups.items()
        },
    }


def _choice(choice: Choice) -> dict[str, Any]:
    numbers = {
        "size": choice.size,
        "unlocked": choice.unlocked,
        "newly_blocked": choice.newly_blocked,
        "cost": choice.cost,
    }
    return {**numbers, "bound": choice.bound, "proven": choice.proven, "actions": choice.keys}


def _print(found: Read, answer: Answer) -> None:
    """Print the curve, the best set in words, what only works together, and who stays outside."""
    out.print(
        f"{answer.people:,} people, {answer.blocked:,} blocked; {answer.beyond:,} of these are beyond all these changes."
    )
    table = Table(
        "changes", "unlocked", "one by one", "top blockers", "newly blocked", "cost", "proof", title="Best sets"
    )
    for place, choice in enumerate(answer.curve):
        if place and choice.unlocked == answer.curve[place - 1].unlocked and choice is not answer.curve[-1]:
            continue
        proof = "proven" if choice.proven else f"at most {choice.bound:,}"
        others = [f"{each[choice.size].unlocked:,}" for each in (answer.greedy, answer.top_blockers)]
        table.add_row(
            str(choice.size), f"{choice.unlocked:,}", *others, f"{choice.newly_blocked:,}", f"{choice.cost:g}", proof
        )
    out.print(table)
    out.print("The best set:")
    for action in answer.best().actions:
        out.print(f"  {_words(found, action)} [dim]({action.key})[/dim]", highlight=False)
    if answer.bundles:
        out.print("These only work together:")
    for bundle in answer.bundles:
        keys = " + ".join(action.key for action in bundle.actions)
        out.print(f"  {keys}: {bundle.together:,} together, {bundle.apart:,} apart", highlight=False)
    table = Table("still blocked by", "people", title="Who stays outside")
    for each in answer.outside[:10]:
        table.add_row(", ".join(each.requirements) or "nothing, but not all is known", f"{each.people:,}")
    out.print(table)
    for name, values in answer.effect.groups.items() if answer.effect else ():
        table = Table(name, "people", "unlocked", "newly blocked")
        for value, effect in values.items():
            table.add_row(
                value or "not known",
                f"{effect.people:,}",
                f"{effect.unlocked.least:,}",
                f"{effect.newly_blocked.least:,}",
            )
        out.print(table)


def _words(found: Read, action: Action) -> str:
    """Say an action in words, as the desk does."""
    after = apply(found.version, [action])
    changes = compare(found.version, after)
    return " ".join(change_words(each, found.version, after, attributes_of(found.written)) for each in changes)
