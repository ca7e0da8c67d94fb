"""Proposes which headlines say nearly the same, in any script and spelling; a person accepts or not.

Method: each headline becomes its words in Latin letters, lower-case, without the small words, sorted. Two headlines are near
when the normalised edit distance of these (rapidfuzz `token_sort_ratio`, 0..100) reaches `NEAR`, and they hold the same
negations and numbers: "no fee" is not "a fee". The most heard headline leads; the others gather around leaders, so every
member is near its leader and no chain of small differences joins two ends that differ (as single linkage would).
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz, process

Id = TypeVar("Id", bound=Hashable)
NEAR = 82
MOST_AT_ONCE = 3000  # Distances of so many headlines take 9 MB and about a second; further ones wait for the next look.

_SMALL = """
a an the of to is are be it in on at for  le la les l un une des de du d est sont au aux en
v na i o s dlya za po  menen jana  da bar ba az dar va ast  al w fy mn ly ala ila
"""
SMALL_WORDS = frozenset(_SMALL.split())
_NEGATIONS = """
no not none never without cannot nobody nothing n't  pas sans aucun aucune jamais personne rien ne
не нет без нельзя никто никогда  жок эмес  нест бе  لا ليس ليست لم بدون غير دون
"""
NEGATIONS = frozenset(_NEGATIONS.split())
_LATIN_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(r"n't|[^\W_]+?(?=n't)|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Said(Generic[Id]):
    """A headline, and how many people it stands for."""

    id: Id
    headline: str
    people: int = 1


@dataclass(frozen=True, slots=True)
class Proposal(Generic[Id]):
    """Headlines that could be one: under which words, and how alike the least alike is to them (0..100)."""

    headline: str
    ids: tuple[Id, ...]
    headlines: tuple[str, ...]
    people: int
    likeness: int


def propose_groups(said: Iterable[Said[Id]], near: int = NEAR) -> list[Proposal[Id]]:
    """Gather headlines around the most heard ones; what stands alone is not proposed.

    >>> [proposal.headlines for proposal in propose_groups([
    ...     Said(1, "Birth certificate burned", 30), Said(2, "birth certificat burned!", 2), Said(3, "The fee is too high"),
    ... ])]
    [('Birth certificate burned', 'birth certificat burned!')]
    """
    ranked = sorted(said, key=lambda one: (-one.people, one.headline, str(one.id)))[:MOST_AT_ONCE]
    if len(ranked) < 2:
        return []
    words = [normalise(one.headline) for one in ranked]
    alike = process.cdist(words, words, scorer=fuzz.token_sort_ratio, score_cutoff=near, dtype=np.uint8)
    proposals, free = [], np.ones(len(ranked), dtype=bool)
    for leader in range(len(ranked)):
        if not free[leader] or not words[leader]:
            continue
        members = [
            int(place)
            for place in np.flatnonzero((alike[leader] >= near) & free)
            if place == leader or turning_words(ranked[place].headline) == turning_words(ranked[leader].headline)
        ]
        free[members] = False
        if len(members) > 1:
            proposals.append(_proposal([ranked[place] for place in members], min(alike[leader][members])))
    return proposals


def _proposal(members: list[Said[Id]], likeness: int) -> Proposal[Id]:
    return Proposal(
        members[0].headline,
        tuple(member.id for member in members),
        tuple(dict.fromkeys(member.headline for member in members)),
        sum(member.people for member in members),
        int(likeness),
    )


@lru_cache(maxsize=20_000)
def normalise(headline: str) -> str:
    """Write a headline as its telling words, in Latin letters, in order.

    >>> normalise("The birth certificate — burned!"), normalise("Справка")
    ('birth burned certificate', 'spravka')
    """
    found = _LATIN_WORD.findall(anyascii(_visible(headline)).lower())
    return " ".join(sorted(word for word in found if word not in SMALL_WORDS))


@lru_cache(maxsize=20_000)
def turning_words(headline: str) -> frozenset[str]:
    """Give what turns a sentence, which no likeness of letters may hide: that something is not, and numbers.

    >>> sorted(turning_words("Isn't open after 16")), sorted(turning_words("Нет"))
    (['16', 'not'], ['not'])
    """
    found = _WORD.findall(_visible(headline).lower().replace("’", "'"))
    numbers = {str(int(word)) for word in found if word.isdecimal()}
    return frozenset(numbers | ({"not"} if NEGATIONS.intersection(found) else set()))


def _visible(headline: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", headline) if unicodedata.category(sign) != "Cf")
