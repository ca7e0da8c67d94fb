"""`relais worker`: what is due is done, again and again, safely."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

import typer
from django.utils.translation import gettext_lazy

from relais.accounts.services import Waiting, forget_old_drafts, tell_by_mail
from relais.cases.models import News
from relais.cli.console import plain
from relais.kernel import clock
from relais.kernel.planning import learn_sizes
from relais.roundtables.models import Notice, Series
from relais.roundtables.services import plan_meetings, remind

out = plain()


WEEK = timedelta(days=7)


def waiting() -> Iterator[Waiting]:
    """Give what members who want a mail have not opened for up to a week: of what kind, never of whom."""
    since = clock.now() - WEEK
    for notice in Notice.objects.to_mail(since):
        yield Waiting(notice.user_id, notice.thing, Notice.Kind(notice.kind).label)
    for news in News.objects.to_mail(since):
        yield Waiting(news.to_id, news.pk, gettext_lazy("news"))


def worker(
    once: Annotated[bool, typer.Option("--once", help="do what is due now, then stop")] = False,
    every: Annotated[int, typer.Option(min=1, help="seconds between rounds")] = 300,
) -> None:
    """Plan the coming meetings and remind people of what is due; a second round repeats nothing."""
    while True:
        for series in Series.objects.running(clock.today()):
            plan_meetings(series=series, by=None)
        forget_old_drafts()
        learn_sizes()
        done = Counter(reminder.skipped.value if reminder.skipped else "sent" for reminder in remind())
        counted = ", ".join(f"{count} {what}" for what, count in sorted(done.items())) or "nothing due"
        if mails := tell_by_mail(waiting=waiting()):
            counted += f", {mails} mails"
        out.print(f"{clock.now():%Y-%m-%d %H:%M} UTC: {counted}", highlight=False)
        if once:
            return
        time.sleep(every)
