"""What is counted of cases, as lines the database writes: the id, the digits of what is known, and who the person is.

Two ways to the same lines. A join, which PostgreSQL does well; and one table after the other, put together here: SQLite walks down
two trees for each person it joins, which takes three times as long as reading everyone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relais.cases.queries import CaseQuerySet, as_text
from relais.cases.who import NOTHING_KNOWN, as_word
from relais.people.models import Person
from relais.procedures.cohort import as_bytes

AT_ONCE = 1 << 16
"""Cases read at a time; they fill whole words of bits."""

Line = tuple[Any, ...]
"""An id as the database writes it, digits, a word of `who.py`, and whatever else was asked for."""


def joined(cases: CaseQuerySet, *also: Any) -> Iterator[list[Line]]:
    """Read cases with their people."""
    return _chunks(cases.order_by().values_list(as_text("pk"), "known", as_word("person__"), *also))


def looked_up(cases: CaseQuerySet, *also: Any) -> Iterator[list[Line]]:
    """Read everyone who was not forgotten, then the cases, and look each person up."""
    people = _People()
    for chunk in _chunks(cases.order_by().values_list(as_text("pk"), "known", as_text("person"), *also)):
        ids, known, persons, *more = zip(*chunk, strict=True)
        yield list(zip(ids, known, people.words(persons), *more, strict=True))


class _People:
    """The word of everyone, found by their id.

    They are looked for by the half of their id that is drawn at random. Whoever is not there was registered, or forgotten, since
    they were read: nothing is known of them until the next reading, for which the journal names them.
    """

    def __init__(self) -> None:
        places: dict[str, int] = {NOTHING_KNOWN: 0}
        keys, words = [np.zeros((1, 2), dtype=np.uint64)], [np.zeros(1, dtype=np.uint32)]  # nobody
        for chunk in _chunks(Person.objects.filter(erased_at=None).order_by().values_list(as_text("pk"), as_word())):
            ids, said = zip(*chunk, strict=True)
            keys.append(_halves(ids))
            words.append(np.array([places.setdefault(word, len(places)) for word in said], dtype=np.uint32))
        ids = np.concatenate(keys)
        order = np.argsort(ids[:, 1])
        self.ids, self.word = ids[order], np.concatenate(words)[order]
        self.written = np.array(list(places), dtype=object)

    def words(self, persons: tuple[str, ...]) -> list[str]:
        """Give the word of each person."""
        sought = _halves(persons)
        places = np.minimum(np.searchsorted(self.ids[:, 1], sought[:, 1]), len(self.ids) - 1)
        here = (self.ids[places] == sought).all(axis=1)
        found: list[str] = self.written[np.where(here, self.word[places], 0)].tolist()
        return found


def _halves(ids: tuple[str, ...]) -> NDArray[np.uint64]:
    return as_bytes(ids).view(np.uint64).reshape(-1, 2)


def _chunks(rows: Any) -> Iterator[list[Line]]:
    coming = rows.iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(coming, AT_ONCE)):
        yield chunk
