"""Writes docs/access.md, who may do what, from the table of roles and from what each verb reaches."""

import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from relais.access.lock import registered
from relais.access.roles import ROLES
from relais.access.verbs import Verb

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "access.md"
INTRODUCTION = """\
# Who may do what

Made by `make docs` from `relais/access/roles.py` (which role holds which verb) and from each package's `access.py` (which rows a
verb reaches for someone). Change the code, never this page. A verb that reaches nothing for someone answers 404.
"""


def role_table() -> Iterator[str]:
    """Give the table of verbs and roles."""
    yield "## Roles\n"
    yield f"| verb | {' | '.join(role.value.replace('_', ' ') for role in ROLES)} |"
    yield "|---|" + ":-:|" * len(ROLES)
    for verb in Verb:
        yield f"| `{verb}` | {' | '.join('●' if verb in verbs else '' for verbs in ROLES.values())} |"


def reach_table() -> Iterator[str]:
    """Give what each verb reaches, in the words of the functions that decide it."""
    yield "\n## Reach\n"
    yield "| verb | rows | reached |\n|---|---|---|"
    rows = (
        (verb, model._meta, function) for (verb, model), functions in registered().items() for function in functions
    )
    for verb, meta, function in sorted(rows, key=lambda row: (row[0], row[1].label, row[2].__name__)):
        sentence = (function.__doc__ or "").strip().splitlines()[0]
        yield f"| `{verb}` | {meta.app_label}: {meta.object_name} | {sentence} |"


def page() -> str:
    """Give the whole page."""
    return "\n".join([INTRODUCTION, *role_table(), *reach_table()]) + "\n"


def main(check: bool = False) -> None:
    """Write the page; or only say that it is stale."""
    fresh = page()
    if check and (not PAGE.exists() or PAGE.read_text(encoding="utf-8") != fresh):
        sys.exit("docs/access.md is stale: run `make docs` and commit it.")
    if not check:
        PAGE.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
