"""Finds people by a name heard at the door, among all the names of one organisation held in memory.

A query is compared with the distinct words of all names, which are few (ten thousand people bear some four thousand), and then
only with the people who bear a word that resembles one of the query's. Nothing here knows a database or a key.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from relais.people.matching import CLOSE_SPELLING, Comparison, Description, Frequencies, Likeness, compare, liken
from relais.people.sounds import word_keys

Id = TypeVar("Id", bound=Hashable)
MOST_COMPARED = 3000
FEWEST_PEOPLE = 1000  # A short list is a sample of a town: two women of one name in it are often two women.


@dataclass(frozen=True, slots=True)
class Match(Generic[Id]):
    """Someone who may be the one looked for, and why."""

    id: Id
    comparison: Comparison


class NameIndex(Generic[Id]):
    """The names of one organisation's people, findable however they are spelled."""

    def __init__(self) -> None:
        self.frequencies = Frequencies()
        self._described: dict[Id, Description] = {}
        self._bearers: dict[str, set[Id]] = defaultdict(set)
        self._words_by_key: dict[str, set[str]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._described)

    def __contains__(self, person: Id) -> bool:
        return person in self._described

    def put(self, person: Id, description: Description) -> None:
        """Add someone, or replace what was known of them."""
        self.drop(person)
        self._described[person] = description
        self.frequencies.count(description.words)
        for word in description.words:
            if not self._bearers[word]:
                for key in word_keys(word):
                    self._words_by_key[key].add(word)
            self._bearers[word].add(person)

    def drop(self, person: Id) -> None:
        """Forget someone, and every word nobody else bears."""
        description = self._described.pop(person, None)
        if description is None:
            return
        self.frequencies.count(description.words, by=-1)
        for word in description.words:
            self._bearers[word].discard(person)
            if not self._bearers[word]:
                del self._bearers[word]
                for key in word_keys(word):
                    self._words_by_key[key].discard(word)
                    if not self._words_by_key[key]:
                        del self._words_by_key[key]

    def search(self, sought: Description, limit: int = 20) -> list[Match[Id]]:
        """Rank the people who bear at least one word like one of those sought, best first."""
        found = [
            Match(person, compare(sought, self._described[person], self.frequencies)) for person in self._near(sought)
        ]
        found.sort(key=lambda match: (-match.comparison.weight, str(match.id)))
        return found[:limit]

    def likely_same(self, person: Id, probability: float) -> list[Match[Id]]:
        """Give the others who may well be this same person, best first."""
        described = self._described[person]
        return [
            match
            for match in self.search(described, limit=MOST_COMPARED)
            if match.id != person and self.probability(match.comparison) >= probability
        ]

    def probability(self, comparison: Comparison) -> float:
        """Say how likely a pair with this comparison is one person, among as many people as this."""
        return comparison.probability(max(len(self), FEWEST_PEOPLE))

    def pairs(self, probability: float) -> Iterator[tuple[Id, Match[Id]]]:
        """Give each likely pair once, person by person."""
        seen: set[Id] = set()
        for person in list(self._described):
            seen.add(person)
            for match in self.likely_same(person, probability):
                if match.id not in seen:
                    yield person, match

    def _near(self, sought: Description) -> list[Id]:
        """Give who to compare: those who share most of the rarest of the words sought come first."""
        shared: dict[Id, float] = defaultdict(float)
        for word in sought.words:
            best: dict[Id, float] = {}
            for known, likeness in self._resembling(word).items():
                bits = float(likeness) - self.frequencies.share(known, likeness)
                for person in self._bearers[known]:
                    best[person] = max(bits, best.get(person, bits))
            for person, bits in best.items():
                shared[person] += bits
        if len(shared) <= MOST_COMPARED:
            return list(shared)
        return sorted(shared, key=lambda person: (-shared[person], str(person)))[:MOST_COMPARED]

    def _resembling(self, word: str) -> dict[str, Likeness]:
        """Find the known words that sound or look like one word."""
        candidates = {known for key in word_keys(word) for known in self._words_by_key.get(key, ())}
        close = process.extract(
            word, self._bearers.keys(), scorer=JaroWinkler.similarity, score_cutoff=CLOSE_SPELLING, limit=200
        )
        candidates.update(known for known, _score, _place in close)
        return {known: likeness for known in candidates if (likeness := liken(word, known))}
