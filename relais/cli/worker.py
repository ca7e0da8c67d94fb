"""`relais worker`: what is due is done, again and again, safely."""

import time
from collections import Counter
from typing import Annotated

import typer
from rich.console import Console

from relais.accounts.services import forget_old_drafts
from relais.kernel import clock
from relais.kernel.planning import learn_sizes
from relais.roundtables.models import Series
from relais.roundtables.services import plan_meetings, remind

out = Console()


def worker(
    once: Annotated[bool, typer.Option("--once", help="do what is due now, then stop")] = False,
    every: Annotated[int, typer.Option(help="seconds between rounds")] = 300,
) -> None:
    """Plan the coming meetings and remind people of what is due; a second round repeats nothing."""
    while True:
        for series in Series.objects.running(clock.today()):
            plan_meetings(series=series, by=None)
        forget_old_drafts()
        learn_sizes()
        done = Counter(reminder.skipped.value if reminder.skipped else "sent" for reminder in remind())
        counted = ", ".join(f"{count} {what}" for what, count in sorted(done.items())) or "nothing due"
        out.print(f"{clock.now():%Y-%m-%d %H:%M} UTC: {counted}", highlight=False)
        if once:
            return
        time.sleep(every)
