"""The index as the caseload that replay reads: ages as they are this year, words in alphabetical order."""

from collections.abc import Callable
from typing import Any

import numpy as np

from relais.cases.groupings import AGE_BANDS
from relais.cases.index.columns import Array, Column, Columns
from relais.cases.who import WORDS
from relais.procedures.caseload import Attribute, Caseload, Codes, Numbers, Truths


def caseload_from(columns: Columns, kinds: dict[int, str], year: int) -> Caseload:
    """Give the caseload of a year; the rows of bits are those of the index itself."""
    nobody = np.zeros(-(-columns.people // 64), dtype=np.uint64)
    held = {
        key: Truths(columns.held[2 * number], columns.held[2 * number + 1])
        if number < columns.kinds
        else Truths(nobody, nobody)
        for number, key in kinds.items()
    }
    attributes: dict[str, Attribute] = {name: _words(columns.answers[name]) for name in WORDS}
    ages = Numbers(_numbers(columns.answers["birth_year"], lambda born: max(0, year - born)))
    attributes |= {
        "age": ages,
        "age_band": ages.banded(list(AGE_BANDS.values()), list(AGE_BANDS)),
        "household": Numbers(_numbers(columns.answers["household"], lambda people: people)),
    }
    return Caseload(columns.people, held, attributes)


def _words(column: Column) -> Codes:
    """Give codes of the words someone has now, in alphabetical order."""
    used = np.bincount(column.codes, minlength=len(column.values) + 1)[1:] > 0
    labels = tuple(sorted(value for value, found in zip(column.values, used, strict=True) if found))
    places = {label: place for place, label in enumerate(labels)}
    lookup = np.array([-1, *(places.get(value, -1) for value in column.values)], dtype=_narrowest(len(labels)))
    return Codes(lookup[column.codes], labels)


def _numbers(column: Column, meaning: Callable[[Any], int]) -> Array:
    numbers = [-1, *(meaning(value) for value in column.values)]
    return np.array(numbers, dtype=_narrowest(max(numbers)))[column.codes]


def _narrowest(most: int) -> np.dtype[Any]:
    return np.min_scalar_type(-max(most, 0) - 1)
