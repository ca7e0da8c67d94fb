"""Telling whoever carries a case what happened to it."""

from collections.abc import Iterable
from typing import Any

from relais.access.lock import Actor
from relais.accounts.models import User
from relais.cases.models import Case, News
from relais.kernel import clock


def tell(*, to: User, case: Case, kind: News.Kind, by: Actor, **detail: Any) -> None:
    """Tell someone what happened to a case, unless they did it themselves."""
    if to.pk != by.pk:
        News.objects.create(to=to, case=case, kind=kind, at=clock.now(), detail=detail)


def read_news(*, news: Iterable[News], by: User) -> None:
    """Mark what someone was told as read."""
    ids = [each.pk for each in news]
    News.objects.filter(pk__in=ids, to=by).unread().update(seen_at=clock.now())
