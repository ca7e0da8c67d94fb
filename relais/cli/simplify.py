"""`relais simplify`: the smallest set of changes that opens the door to most people, from files."""

import time
from typing import Annotated, Any

import typer
from rich.text import Text

from relais.cli.console import Tell, doing
from relais.cli.tables import (
    AsJson,
    By,
    NotAsked,
    Number,
    People,
    ProcedureFile,
    Read,
    Seconds,
    attributes_of,
    out,
    print_json,
    read,
    refusing,
    show,
    version_of,
)
from relais.cli.weighed import amount, group_and_number, pair, priced, refuse_strange, refuse_unknown
from relais.procedures.actions import Action, Kind, apply, read_key
from relais.procedures.compare import compare
from relais.procedures.describe import change_words
from relais.procedures.files import columns_in, read_procedure
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
    proposals: Annotated[int, typer.Option(min=0, help="how many changes to propose from the people")] = 20,
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
    seconds: Seconds = 60,
    as_json: AsJson = False,
) -> None:
    """Find the best set of changes for each number of them, prove it, and say who stays outside. Small counts are not hidden."""
    with refusing():
        limits = Limits(
            most=most,
            budget=None if budget is None else amount(budget),
            exclude=tuple(pair(each) for each in exclude or ()),
            require=tuple(pair(each) for each in require or ()),
            floors=tuple(Floor(*group_and_number(each)) for each in floor or ()),
            ceilings=tuple(Ceiling(*group_and_number(each)) for each in ceiling or ()),
        )
        groups = [*(by or ()), *(name for name, _ in limits.groups if name)]
        written = read_procedure(procedure)
        chosen, added = version_of(written, version), [read_key(each) for each in add or ()]
        refuse_unknown(added, written, columns_in(people))
        changed = (apply(chosen, [each]) for each in added)
        found = read(people, written, [chosen, *changed], groups, not_asked or (), quiet=as_json)
        refuse_strange(added, written, found.people)
        kinds = USUAL if steps else USUAL - {Kind.DROP_STEP}
        with doing("proposing changes", every=1, quiet=as_json) as tell:
            proposed = [each.action for each in propose(found.people, found.version, most=proposals, kinds=kinds)]
            actions = priced(proposed, added, without, cost)
            search = _Search(tell, time.monotonic() + seconds, len(actions))
            tell(search.words)
            answer = simplify(
                found.people, found.version, actions, limits, by=by or (), until=search.is_over, tell=search.hear
            )
    if as_json:
        print_json(as_dict(answer) | {"warnings": found.cautions})
    else:
        _print(found, answer)


class _Search:
    """Says how far a search is, now and then, and when its time is over."""

    def __init__(self, tell: Tell, ends: float, actions: int) -> None:
        self.tell, self.ends = tell, ends
        self.words = f"weighing {actions} changes"

    def hear(self, size: int, best: int, bound: int) -> None:
        """Note how far it is."""
        self.words = f"{size} changes together: {best:,} unlocked so far, at most {bound:,}"
        self.tell(self.words)

    def is_over(self) -> bool:
        """Say whether to stop; asked so often that what was noted last is told in time."""
        self.tell(self.words)
        return time.monotonic() > self.ends


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
    rows = []
    for place, choice in enumerate(answer.curve):
        if place and choice.unlocked == answer.curve[place - 1].unlocked and choice is not answer.curve[-1]:
            continue
        proof = "proven" if choice.proven else f"at most {choice.bound:,}"
        others = [f"{each[choice.size].unlocked:,}" for each in (answer.greedy, answer.top_blockers)]
        harm, cost = f"{choice.newly_blocked:,}", f"{choice.cost:g}"
        rows.append((str(choice.size), f"{choice.unlocked:,}", *others, harm, cost, proof))
    columns = ("changes", "unlocked", "one by one", "top blockers", "newly blocked", "cost", "proof")
    show("Best sets", columns, rows)
    out.print("The best set:")
    for action in answer.best().actions:
        out.print(Text.assemble("  ", _words(found, action), (f" ({action.key})", "dim")))
    if answer.bundles:
        out.print("These only work together:")
    for bundle in answer.bundles:
        keys = " + ".join(action.key for action in bundle.actions)
        out.print(f"  {keys}: {bundle.together:,} together, {bundle.apart:,} apart", highlight=False)
    outside = [
        (", ".join(each.requirements) or "nothing, but not all is known", f"{each.people:,}")
        for each in answer.outside[:10]
    ]
    show("Who stays outside", ("still blocked by", "people"), outside)
    for name, values in answer.effect.groups.items() if answer.effect else ():
        numbers = {value: (e.people, e.unlocked.least, e.newly_blocked.least) for value, e in values.items()}
        rows = [(value or "not known", *(f"{each:,}" for each in row)) for value, row in numbers.items()]
        show("", (name, "people", "unlocked", "newly blocked"), rows)


def _words(found: Read, action: Action) -> str:
    """Say an action in words, as the desk does."""
    after = apply(found.version, [action])
    changes = compare(found.version, after)
    return " ".join(change_words(each, found.version, after, attributes_of(found.written)) for each in changes)
