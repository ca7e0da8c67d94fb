"""What became of many cases, as columns: how each ended or where it stands, on which day, and what groups people count in.

Three columns a case whatever it is grouped by, no object a row: a million are read in seconds. No name, no code.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import Case as When
from django.db.models import Exists, IntegerField, OuterRef, Value
from django.db.models import When as If
from numpy.typing import NDArray

from relais.cases.groupings import AGE_BANDS, GROUPINGS
from relais.cases.index.reading import column
from relais.cases.models import Case, Dossier
from relais.cases.queries import as_text
from relais.cases.who import Answers, Who
from relais.procedures.cohort import Ids, as_bytes
from relais.procedures.models import Procedure

AT_A_TIME = 1 << 14


class Fate(IntEnum):
    """How a case ended, or where it stands."""

    PASSED = 1
    WAITING = 2
    RETURNED = 3
    STOPPED = 4
    REFUSED = 5
    GAVE_UP = 6
    LEFT = 7
    FORGOTTEN = 8


ENDED = (Fate.PASSED, Fate.REFUSED, Fate.GAVE_UP, Fate.LEFT)
BY_OUTCOME = {
    Case.Outcome.GRANTED: Fate.PASSED,
    Case.Outcome.REFUSED: Fate.REFUSED,
    Case.Outcome.NOT_ELIGIBLE: Fate.REFUSED,
    Case.Outcome.GAVE_UP: Fate.GAVE_UP,
    Case.Outcome.LOST: Fate.GAVE_UP,
    Case.Outcome.MOVED: Fate.LEFT,
    Case.Outcome.DIED: Fate.LEFT,
    Case.Outcome.MISTAKE: Fate.LEFT,
}


@dataclass(frozen=True, slots=True)
class Fates:
    """Cases in no order: ids, how each ended or stands (`Fate`), days from `since` to its end (-1: none), and who they are.

    `kind[i]` is a line of `kinds`: the values of `GROUPINGS` of this person, "" where not known.
    """

    ids: Ids
    fate: NDArray[np.uint8]
    day: NDArray[np.int32]
    kind: NDArray[np.int32]
    kinds: list[tuple[str, ...]]

    def groups(self, name: str) -> tuple[NDArray[np.int32], list[str]]:
        """Give for each case the place of its value of a grouping, and the values, those not known last."""
        column = [kind[GROUPINGS.index(name)] for kind in self.kinds]
        values = sorted(set(column), key=lambda value: (value == "", value))
        place = {value: number for number, value in enumerate(values)}
        codes = np.array([place[value] for value in column], dtype=np.int32)
        return (codes[self.kind] if len(self.kind) else self.kind), values


def fates_since(procedure: Procedure, since: date) -> Fates:
    """Read what became of the cases of a procedure that were open on a day (and some more, where the hour decides)."""
    midnight = datetime.combine(since, time(), tzinfo=ZoneInfo(procedure.programme.time_zone))
    cases = Case.objects.filter(procedure=procedure, opened_at__lt=midnight + timedelta(days=1))
    rows = (
        cases.exclude(closed_at__lt=midnight)
        .order_by()
        .values_list(as_text("pk"), _fate(), as_text("closed_on"), "who")
    )
    parts, kinds, who = [], dict[str, int](), Who()
    chunk: list[Any] = []
    for row in rows.iterator(chunk_size=AT_A_TIME):
        chunk.append(row)
        if len(chunk) == AT_A_TIME:
            parts.append(_columns(chunk, since, kinds))
            chunk = []
    parts.append(_columns(chunk, since, kinds))
    whole = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Fates(whole[0], whole[1], whole[2], whole[3], [_values(who[kind], since) for kind in kinds])


def returns_since(procedure: Procedure, since: date) -> tuple[Ids, NDArray[np.int32], list[str]]:
    """Read which cases had a dossier given back since a day: ids, days since then, and why (`ReturnReason`)."""
    given_back = Dossier.objects.filter(case__procedure=procedure, state=Dossier.State.RETURNED, decided_on__gte=since)
    rows = list(given_back.order_by().values_list(as_text("case"), "decided_on", "reason"))
    days = np.array([(day - since).days for _, day, _ in rows], dtype=np.int32)
    return as_bytes([id for id, _, _ in rows]), days, [reason for _, _, reason in rows]


def most_often(reasons: Iterable[str], least: int) -> str:
    """Give the commonest reason, nothing where it was not given often enough to be told."""
    ((reason, count),) = Counter(reasons).most_common(1) or [("", 0)]
    return reason if count >= least else ""


def _fate() -> When:
    """Say in the database how each case ended, or where it stands."""
    newer = Dossier.objects.filter(case=OuterRef("case"), id__gt=OuterRef("id"))
    given_back = Dossier.objects.filter(~Exists(newer), case=OuterRef("pk"), state=Dossier.State.RETURNED)
    return When(
        If(forgotten=True, then=Value(Fate.FORGOTTEN.value)),
        *(If(outcome=outcome, then=Value(fate.value)) for outcome, fate in BY_OUTCOME.items()),
        If(Exists(given_back), then=Value(Fate.RETURNED.value)),
        If(standing="blocked", then=Value(Fate.STOPPED.value)),
        default=Value(Fate.WAITING.value),
        output_field=IntegerField(),
    )


def _columns(rows: list[Any], since: date, kinds: dict[str, int]) -> tuple[Any, ...]:
    ids, fates, days, words = (column(rows, place) for place in range(4))
    ends = np.array([day or "NaT" for day in days], dtype="datetime64[D]")
    after = (ends - np.datetime64(since, "D")).astype(np.int64)
    return (
        as_bytes(ids),
        np.array(fates, dtype=np.uint8),
        # Someone whose end was entered late, for a day before the rule changed, ended on its first day as far as we know.
        np.where(np.isnat(ends), -1, np.maximum(after, 0)).astype(np.int32),
        np.array([kinds.setdefault(word, len(kinds)) for word in words], dtype=np.int32),
    )


def _values(answers: Answers, since: date) -> tuple[str, ...]:
    sex, status, disability, language, region, birth_year, _household = answers
    age = None if birth_year is None else max(0, since.year - birth_year)
    band = "" if age is None else next(name for name, start in reversed(AGE_BANDS.items()) if age >= start)
    return sex or "", band, disability or "", status or "", region or "", language or ""
