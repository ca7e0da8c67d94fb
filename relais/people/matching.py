"""Could these be the same person? Evidence weighed, never a verdict: people confirm with the person concerned.

The weights are those of Fellegi and Sunter ("A Theory for Record Linkage", JASA 1969), in bits: each thing compared adds
log2(how often it agrees for one person / how often it agrees for two people). What is missing on either side adds nothing.
A rare name that agrees says more than a common one (Winkler's term frequencies): u is the share of people who bear it.
The m below are the usual ones for names taken by ear; they order a short list, and no number here ever merges anybody.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import lru_cache
from math import log2

from rapidfuzz.distance import JaroWinkler

from relais.people.sounds import daitch_mokotoff, romanise, skeleton

CLOSE_SPELLING = 0.88
_VOWELS = frozenset("aeiou")
LIKELY_SAME = 0.5  # Probability from which a pair goes on the duplicates page.


class Likeness(IntEnum):
    """How two written words resemble each other."""

    DIFFERENT = 0
    CLOSE = 1
    SOUNDS = 2
    SAME = 3


class Reason(StrEnum):
    """Why two descriptions were put side by side, or what speaks against it."""

    SAME_CODE = "same_code"
    SAME_NAME = "same_name"
    SOUNDS_ALIKE = "sounds_alike"
    CLOSE_SPELLING = "close_spelling"
    OTHER_NAME = "other_name"
    SAME_YEAR = "same_year"
    NEAR_YEAR = "near_year"
    OTHER_YEAR = "other_year"
    SAME_SEX = "same_sex"
    OTHER_SEX = "other_sex"
    SAME_PLACE = "same_place"
    OTHER_PLACE = "other_place"


# m: how often one person's two records stand like this.  u: how often two people's do (for names, see `Frequencies`).
_NAME_M = {Likeness.SAME: 0.70, Likeness.SOUNDS: 0.18, Likeness.CLOSE: 0.08, Likeness.DIFFERENT: 0.04}
_CLOSE_U, _DIFFERENT_U = 0.004, 0.98
_YEAR = {Reason.SAME_YEAR: (0.86, 0.02), Reason.NEAR_YEAR: (0.12, 0.10), Reason.OTHER_YEAR: (0.02, 0.88)}
_SEX = {Reason.SAME_SEX: (0.98, 0.5), Reason.OTHER_SEX: (0.02, 0.5)}
_PLACE = {Reason.SAME_PLACE: (0.80, 0.05), Reason.OTHER_PLACE: (0.20, 0.95)}
_NEAR_YEARS, _NEAR_YEARS_IF_APPROXIMATE = 1, 5
_NAME_REASONS = {
    Likeness.SAME: Reason.SAME_NAME,
    Likeness.SOUNDS: Reason.SOUNDS_ALIKE,
    Likeness.CLOSE: Reason.CLOSE_SPELLING,
    Likeness.DIFFERENT: Reason.OTHER_NAME,
}


@dataclass(frozen=True, slots=True)
class Description:
    """The least by which someone is recognised; everything but a name may be missing."""

    names: tuple[tuple[str, ...], ...]
    birth_year: int | None = None
    year_is_approximate: bool = False
    sex: str = ""
    place: str = ""

    @property
    def words(self) -> frozenset[str]:
        """Give every word of every name."""
        return frozenset(word for name in self.names for word in name)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What speaks for (positive bits) or against two descriptions being of one person, and why."""

    weight: float
    reasons: tuple[Reason, ...]

    def probability(self, population: int) -> float:
        """Turn the weight into the share of such pairs that are one person, when one of so many could be the one.

        >>> round(Comparison(weight=10.0, reasons=()).probability(population=1024), 2)
        0.5
        """
        return 1 / (1 + 2 ** min(log2(max(population, 2)) - self.weight, 1000))


@dataclass(slots=True)
class Frequencies:
    """How common each name is among the people of one organisation."""

    counts: Counter[str] = field(default_factory=Counter)
    total: int = 0

    def count(self, words: Iterable[str], by: int = 1) -> None:
        """Count a person in, or out with `by=-1`."""
        for word in words:
            self.counts[word] += by
            self.counts["~" + skeleton(word)] += by
        self.total += by

    def share(self, word: str, likeness: Likeness) -> float:
        """Say which share of people bears this word, or one that sounds like it."""
        seen = self.counts[word if likeness is Likeness.SAME else "~" + skeleton(word)]
        # In a young list nothing is rare yet: as if 500 people, each with names of their own, stood in it already.
        return (seen + 1) / (self.total + 500)


def describe(
    *names: str, birth_year: int | None = None, year_is_approximate: bool = False, sex: str = "", place: str = ""
) -> Description:
    """Prepare what was said of someone for comparison; the order of the words of a name does not matter."""
    written = tuple(dict.fromkeys(words for words in map(romanise, names) if words))
    return Description(written, birth_year, year_is_approximate, sex, place)


@lru_cache(maxsize=200_000)
def liken(one: str, other: str) -> Likeness:
    """Compare two romanised words.

    >>> liken("rakhimova", "rhymwf").name, liken("gulnora", "gulnara").name, liken("gulnora", "zarina").name
    ('SOUNDS', 'SOUNDS', 'DIFFERENT')
    """
    if one == other:
        return Likeness.SAME
    bones, other_bones = skeleton(one), skeleton(other)
    near = JaroWinkler.similarity(one, other)
    # Three consonants are the measure of a name. Fewer are shared by many names, and must look alike as well, unless one
    # was written without vowels and cannot.
    if (
        bones == other_bones
        and bones
        and (len(bones) > 2 or near >= 0.6 or not (_has_vowels(one) and _has_vowels(other)))
    ):
        return Likeness.SOUNDS
    if near >= 0.7 and daitch_mokotoff(one) & daitch_mokotoff(other):
        return Likeness.SOUNDS
    return Likeness.CLOSE if near >= CLOSE_SPELLING else Likeness.DIFFERENT


def _has_vowels(word: str) -> bool:
    return not _VOWELS.isdisjoint(word)


def compare(one: Description, other: Description, frequencies: Frequencies) -> Comparison:
    """Weigh everything both descriptions hold.

    >>> here = describe("Gulnora Rahimova", birth_year=1984)
    >>> there = describe("Рахимова Гулнора", birth_year=1980, year_is_approximate=True)
    >>> compare(here, there, Frequencies()).reasons
    (<Reason.SAME_NAME: 'same_name'>, <Reason.SOUNDS_ALIKE: 'sounds_alike'>, <Reason.NEAR_YEAR: 'near_year'>)
    """
    names = [_compare_names(a, b, frequencies) for a in one.names for b in other.names]
    weight, reasons = max(names, default=(0.0, ()))
    for reason, (m, u) in filter(None, (_years(one, other), _sexes(one, other), _places(one, other))):
        weight += log2(m / u)
        reasons += (reason,)
    return Comparison(weight, tuple(dict.fromkeys(reasons)))


def _compare_names(a: tuple[str, ...], b: tuple[str, ...], known: Frequencies) -> tuple[float, tuple[Reason, ...]]:
    """Pair the words that agree most, in any order; words one side alone has are missing, not different."""
    options = sorted(((_weigh_words(x, y, known), x, y) for x in a for y in b), key=lambda o: (-o[0][0], sorted(o[1:])))
    left, right = Counter(a), Counter(b)
    weight, reasons = 0.0, []
    for (bits, likeness), x, y in options:
        if left[x] and right[y]:
            left[x] -= 1
            right[y] -= 1
            weight += bits
            reasons.append(likeness)
    return weight, tuple(_NAME_REASONS[likeness] for likeness in sorted(reasons, reverse=True))


def _weigh_words(one: str, other: str, known: Frequencies) -> tuple[float, Likeness]:
    likeness = liken(one, other)
    if likeness is Likeness.DIFFERENT:
        return log2(_NAME_M[likeness] / _DIFFERENT_U), likeness
    u = max(known.share(one, likeness), known.share(other, likeness))
    if likeness is Likeness.CLOSE:
        u += _CLOSE_U
    return log2(_NAME_M[likeness] / u), likeness


def _years(one: Description, other: Description) -> tuple[Reason, tuple[float, float]] | None:
    if one.birth_year is None or other.birth_year is None:
        return None
    approximate = one.year_is_approximate or other.year_is_approximate
    apart = abs(one.birth_year - other.birth_year)
    near = _NEAR_YEARS_IF_APPROXIMATE if approximate else _NEAR_YEARS
    reason = Reason.OTHER_YEAR if apart > near else Reason.NEAR_YEAR if apart or approximate else Reason.SAME_YEAR
    return reason, _YEAR[reason]


def _sexes(one: Description, other: Description) -> tuple[Reason, tuple[float, float]] | None:
    if not one.sex or not other.sex:
        return None
    reason = Reason.SAME_SEX if one.sex == other.sex else Reason.OTHER_SEX
    return reason, _SEX[reason]


def _places(one: Description, other: Description) -> tuple[Reason, tuple[float, float]] | None:
    if not one.place or not other.place:
        return None
    reason = Reason.SAME_PLACE if one.place == other.place else Reason.OTHER_PLACE
    return reason, _PLACE[reason]
