"""Where commands print: what people wrote stands as they wrote it, and what takes long says how far it is."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from relais.kernel.refusals import Refusal

Tell = Callable[[str], None]


def plain(**options: Any) -> Console:
    """Make a console for which `[` and `:` are letters like any other: a name may hold them, and no name is a command."""
    return Console(markup=False, emoji=False, **options)


told = plain(stderr=True)
"""Where progress and warnings go, so that what is printed is the answer alone."""


def words() -> TextColumn:
    """Make the column that says what is being done."""
    return TextColumn("{task.description}", markup=False)


@contextmanager
def doing(what: str, *, every: float = 0, quiet: bool = False) -> Iterator[Tell]:
    """Say what is being done and for how long; in a file or a pipe, a line each time it is something else.

    What is told sooner than `every` seconds after the last is left out.
    """
    last = time.monotonic()
    said = ""
    with Progress(
        SpinnerColumn(),
        words(),
        TimeElapsedColumn(),
        console=told,
        transient=True,
        disable=quiet or not told.is_terminal,
    ) as bar:
        task = bar.add_task(what, total=None)

        def tell(what: str) -> None:
            nonlocal last, said
            if what == said or time.monotonic() - last < every:
                return
            last, said = time.monotonic(), what
            if told.is_terminal:
                bar.update(task, description=what)
            elif not quiet:
                told.print(what, highlight=False, soft_wrap=True)

        yield tell


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Write a new file, or say in a sentence why not (no such folder, no right to it, no room) and leave no half of it.

    What was there before, a folder or a link to one, is never taken away.
    """
    was_there = file.is_symlink() or file.exists()
    try:
        yield
    except FileExistsError as there:
        raise Refusal(_("%s is there already.") % file, next=_("Name a file that does not exist yet.")) from there
    except (OSError, sqlite3.Error) as wrong:
        if not was_there:
            with suppress(OSError):
                file.unlink(missing_ok=True)
        raise not_written(file, f"{getattr(wrong, 'strerror', None) or wrong}.") from wrong


def not_written(file: Path, why: str = "") -> Refusal:
    """Make the refusal to write somewhere."""
    remedy = _("Use a folder that is there, that you may write to, and that has room.")
    return Refusal(_("%s cannot be written.") % file, why, remedy)
