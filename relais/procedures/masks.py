"""Collapse a caseload to the distinct situations that actions could change, with how many people are in each.

Of one person and one requirement all that matters is which sets of actions clear it: a monotone function of the actions
(a widening counts as *not taken*), written here as clauses: an *and* of *or*s. A person blocked now is unlocked by a set of actions when
each of their clauses holds one of the set. People with the same clauses are one situation; there are far fewer of those than of people,
and every later question ("who would these five actions unlock?") is asked of situations only.

All of it is done on bits, 64 people at a time; the columns are turned into one key a person by transposing 64 x 64 bits
(H. S. Warren, *Hacker's Delight*, 2nd ed., section 7-3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain, combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relais.procedures.actions import Action, ActionError, Kind, check, requirements_of
from relais.procedures.caseload import WORD, Bits, Caseload, CaseloadError, Truths, blocks, count, pack, unpack
from relais.procedures.terms import Clause, EvidenceTypeList, Requirement, Version

TOGETHER = 8
"""How many shortenings of one list, or widenings of one clause, are weighed together."""

Group = tuple[str, str]
"""A grouping of the caseload and one of its values."""


@dataclass(frozen=True, slots=True)
class Situations:
    """Distinct situations: `people[i]` of them need every clause whose bit is set in `needs[i]`.

    `clauses[p]` is a mask of actions, any of which satisfies clause p. `within[i, g]` says whether they are of group g.
    """

    clauses: tuple[int, ...]
    needs: NDArray[np.uint64]
    people: NDArray[np.int64]
    within: NDArray[np.bool_]

    def __len__(self) -> int:
        """The number of distinct situations."""
        return len(self.people)

    def satisfied(self, taken: int) -> NDArray[np.bool_]:
        """Say which situations have all their clauses satisfied by a mask of actions."""
        return np.asarray(self.left(taken) == 0)

    def left(self, taken: int) -> NDArray[np.uint64]:
        """Give the clauses that a mask of actions leaves open, all words of a situation joined into one."""
        unmet = words_of(sum(1 << place for place, clause in enumerate(self.clauses) if not clause & taken), self.width)
        return reduce(np.bitwise_or, (self.needs[:, word] & unmet[word] for word in range(self.width)))

    def only(self, rows: NDArray[Any]) -> Situations:
        """Give some of the situations."""
        return replace(self, needs=self.needs[rows], people=self.people[rows], within=self.within[rows])

    def count(self, taken: int) -> int:
        """Count the people all of whose clauses are satisfied."""
        return int(self.people[self.satisfied(taken)].sum())

    @property
    def width(self) -> int:
        """How many words the clauses of a situation take."""
        return int(self.needs.shape[1])

    @property
    def total(self) -> int:
        """How many people there are in all."""
        return int(self.people.sum())


@dataclass(frozen=True, slots=True)
class Collapsed:
    """A caseload under a version and some actions, ready for any question about sets of them.

    `blocked` people are blocked now; of these `beyond` are unlocked by no set at all, the others are in `gain`. `harm` holds
    those who pass now and whom a widened condition may block. `bars[a]` counts the blocked people of whom action a clears a
    blocked requirement: the bar chart that everybody reads.
    """

    version: Version
    actions: tuple[Action, ...]
    groups: tuple[Group, ...]
    people: int
    blocked: int
    beyond: int
    bars: tuple[int, ...]
    gain: Situations
    harm: Situations

    @property
    def widenings(self) -> int:
        """The mask of actions that count as good when they are not taken."""
        return sum(1 << place for place, action in enumerate(self.actions) if action.is_harmful)

    def unlocked(self, taken: int) -> int:
        """Count the people whom a set of actions, as a mask, unlocks for certain."""
        return self.gain.count(taken ^ self.widenings)

    def newly_blocked(self, taken: int) -> int:
        """Count the people who pass now and whom a set of actions blocks for certain."""
        return self.harm.total - self.harm.count(taken ^ self.widenings)


def collapse(
    caseload: Caseload, version: Version, actions: Sequence[Action], groups: Sequence[Group] = ()
) -> Collapsed:
    """Collapse a caseload to situations; raises `ActionError`, and `CaseloadError` as replay does."""
    check(version, actions)
    if twice := sorted({a.key for a in actions if sum(a.key == b.key for b in actions) > 1}):
        raise ActionError(f"given twice: {', '.join(twice)}; give each action once")
    gain = _Sieve(version, actions, groups, certain=True)
    harm = _Sieve(version, actions, groups, certain=False)
    blocked = beyond = 0
    bars = np.zeros(len(actions), dtype=np.int64)
    for part in blocks(len(caseload)):
        view = View(caseload, version, part)
        reached = gain.sift(view, view.blocked)
        blocked, beyond = blocked + count(view.blocked), beyond + count(view.blocked & ~reached)
        bars += _bars(view, actions, gain)
        if any(action.is_harmful for action in actions):
            harm.sift(view, view.passing)
    return Collapsed(
        version, tuple(actions), tuple(groups), len(caseload), blocked, beyond, tuple(bars.tolist()),
        gain.situations(), harm.situations(),
    )  # fmt: skip


def words_of(mask: int, width: int) -> NDArray[np.uint64]:
    """Cut a mask into words of 64 bits.

    >>> words_of((1 << 64) + 3, 2).tolist()
    [3, 1]
    """
    return np.array([(mask >> (WORD * word)) & (2**WORD - 1) for word in range(width)], dtype=np.uint64)


def bits_of(mask: int) -> list[int]:
    """Give the places of the bits of a mask.

    >>> bits_of(0b1011)
    [0, 1, 3]
    """
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


def clauses_of(terms: Iterable[int]) -> frozenset[int]:
    """Turn "all of one of these sets" into "one of each of these sets", the fewest and smallest.

    >>> sorted(clauses_of([0b001, 0b110]))  # a, or b and c  =  (a or b) and (a or c)
    [3, 5]
    """
    found = {0}
    for term in terms:
        found = {clause | 1 << place for clause in found for place in bits_of(term)}
        found = {one for one in found if not any(other != one and other & one == other for other in found)}
    return frozenset(found)


def transpose(rows: Sequence[Bits]) -> NDArray[np.uint64]:
    """Turn rows of one bit a person into keys of one bit a row: `keys[person, word]`.

    >>> transpose([pack(np.array([True, False, True])), pack(np.array([True, True, False]))])[:3, 0].tolist()
    [3, 2, 1]
    """
    keys = []
    for start in range(0, len(rows), WORD):
        square = np.zeros((WORD, len(rows[0])), dtype=np.uint64)
        square[: len(rows[start : start + WORD])] = rows[start : start + WORD]
        half, mask = WORD // 2, np.uint64(0xFFFFFFFF)
        while half:
            pair = square.reshape(WORD // (2 * half), 2, half, -1)
            swap = ((pair[:, 0] >> np.uint64(half)) ^ pair[:, 1]) & mask
            pair[:, 0] ^= swap << np.uint64(half)
            pair[:, 1] ^= swap
            half //= 2
            mask ^= mask << np.uint64(half)
        keys.append(square.T.reshape(-1))
    return np.stack(keys, axis=1)


def distinct(keys: NDArray[np.uint64], people: NDArray[np.int64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Give each distinct key once, with the people who have it added up."""
    if not len(keys):
        return keys, people
    order = np.lexsort(keys.T) if keys.shape[1] > 1 else np.argsort(keys[:, 0])
    keys, people = keys[order], people[order]
    first = np.concatenate([[True], (keys[1:] != keys[:-1]).any(axis=1)])
    return keys[first], np.add.reduceat(people, np.flatnonzero(first))


class View:
    """A block of people under the version: who is blocked, who passes, and the rows that actions are read from."""

    def __init__(self, caseload: Caseload, version: Version, part: slice) -> None:
        self.caseload, self.part = caseload, part
        people = max(0, min(caseload.people, part.stop * WORD) - part.start * WORD)
        self.everyone = pack(np.ones(people, dtype=bool))
        self.no_one = np.zeros_like(self.everyone)
        self.truths = {each.key: self.find(each) for _, each in version.asked()}
        self.passing = reduce(np.bitwise_and, (each.true for each in self.truths.values()), self.everyone)
        self.blocked = reduce(np.bitwise_or, (each.false for each in self.truths.values()), self.no_one)

    def clause(self, clause: Clause | None) -> Truths:
        """Of whom a clause is true and false; no clause is true of everyone."""
        if clause is None:
            return Truths(self.everyone, self.no_one)
        return self.caseload.clause_in(clause, self.part)

    def holds(self, evidence: EvidenceTypeList) -> Truths:
        """Who holds all of a list, and who cannot."""
        found = (self.caseload.evidence(key) for key in evidence)
        cut = (Truths(each.true[self.part], each.false[self.part]) for each in found)
        return reduce(Truths.__and__, cut, Truths(self.everyone, self.no_one))

    def find(self, requirement: Requirement) -> Truths:
        """Who meets a requirement or need not (true), and who is blocked by it (false), as `replay`."""
        none = Truths(self.no_one, self.everyone)
        spared = reduce(Truths.__and__, map(self.clause, requirement.condition), Truths(self.everyone, self.no_one))
        held = reduce(Truths.__or__, map(self.holds, requirement.lists), none)
        return Truths(spared.false, spared.true) | held

    def flags(self, people: Bits) -> NDArray[np.bool_]:
        """Turn a row of bits into one truth a person."""
        return unpack(people, len(people) * WORD).astype(bool)

    def group(self, group: Group) -> Bits:
        """Who is of a group; a grouping without a name is everyone."""
        if not group[0]:
            return self.everyone
        values = self.caseload.groups(group[0])
        if group[1] not in values:
            raise CaseloadError(f"no {group[0]} is called {group[1]}; there are {', '.join(filter(None, values))}")
        return values[group[1]][self.part]


Term = tuple[int, Bits]
"""A mask of actions and the people whom they clear of a requirement when all are taken."""


class _Sieve:
    """Sorts people by which actions clear what for them, block by block."""

    def __init__(self, version: Version, actions: Sequence[Action], groups: Sequence[Group], *, certain: bool) -> None:
        """Sort by what certainly lets people through, or else by what keeps them from certainly being blocked."""
        self.groups, self.certain = groups, certain
        self.on: dict[str, list[tuple[int, Action]]] = {each.key: [] for _, each in version.asked()}
        for place, action in enumerate(actions):
            for requirement in requirements_of(version, action):
                self.on[requirement.key].append((1 << place, action))
        # Nobody who passes is blocked by a requirement that is not widened.
        widened = {key for key, mine in self.on.items() if any(action.is_harmful for _, action in mine)}
        self.asked = [each for _, each in version.asked() if certain or each.key in widened]
        self.atoms: list[list[list[int]]] = []
        self.keys: list[NDArray[np.uint64]] = []
        self.people: list[NDArray[np.int64]] = []

    def sift(self, view: View, people: Bits) -> Bits:
        """Add the people of a block to the situations; say who of them some set of actions clears."""
        self.atoms, rows = [], []
        for requirement in self.asked:
            cleared, terms = self.terms(view, requirement)
            together = cleared | reduce(np.bitwise_or, (row for _, row in terms), view.no_one)
            people = people & together
            always = [mask for mask, row in terms if row is view.everyone]
            some = [(mask, row) for mask, row in terms if row is not view.everyone]
            self.atoms.append(([always] if always else []) + [[mask] for mask, _ in some])
            rows += ([~cleared] if always else []) + [row & ~cleared for _, row in some]
        rows += [view.group(group) for group in self.groups]
        chosen = view.flags(people)
        keys = transpose(rows)[chosen] if rows else np.zeros((int(chosen.sum()), 1), dtype=np.uint64)
        keys, number = distinct(keys, np.ones(len(keys), dtype=np.int64))
        self.keys.append(keys)
        self.people.append(number)
        return people

    def met(self, view: View, truths: Truths) -> Bits:
        """Of whom something is true, or at least not false."""
        return truths.true if self.certain else view.everyone & ~truths.false

    def spared(self, view: View, truths: Truths) -> Bits:
        """Of whom something is false, or at least not true."""
        return self.met(view, Truths(truths.false, truths.true))

    def terms(self, view: View, requirement: Requirement) -> tuple[Bits, list[Term]]:
        """Say who is cleared of a requirement whatever is done, and whom each set of actions on it clears."""
        mine = self.on[requirement.key]
        held = (self.met(view, view.holds(each)) for each in requirement.lists)
        cleared = reduce(np.bitwise_or, held, view.no_one)
        terms: list[Term] = []
        for clause in requirement.condition:
            spared = self.spared(view, view.clause(clause))
            wider = [(bit, action.to) for bit, action in mine if action.is_harmful and action.clause == clause]
            for mask, row in _spared(wider, spared, lambda to: self.spared(view, view.clause(to))):
                cleared, terms = (cleared | row, terms) if mask == 0 else (cleared, [*terms, (mask, row)])
        for bit, action in mine:
            if action.kind in (Kind.DROP_REQUIREMENT, Kind.DROP_STEP):
                terms.append((bit, view.everyone))
            elif action.kind == Kind.NARROW_CONDITION:
                terms.append((bit, self.spared(view, view.clause(action.clause))))
            elif action.kind == Kind.ACCEPT_LIST:
                terms.append((bit, self.met(view, view.holds(action.evidence))))
        for evidence in dict.fromkeys(requirement.lists):
            cuts = [(bit, a.without) for bit, a in mine if a.kind == Kind.SHORTEN_LIST and a.evidence == evidence]
            for chosen in _subsets(cuts):
                left = evidence - frozenset(chain.from_iterable(without for _, without in chosen))
                terms.append((sum(bit for bit, _ in chosen), self.met(view, view.holds(left))))
        return cleared, terms

    def situations(self) -> Situations:
        """Turn the keys into clauses."""
        keys, people = distinct(np.concatenate(self.keys), np.concatenate(self.people)) if self.keys else _NOTHING
        place, index, columns = 0, dict[int, int](), list[tuple[NDArray[Any], int]]()
        for atoms in self.atoms:
            pattern = _field(keys, place, len(atoms))
            place += len(atoms)
            for found in np.unique(pattern).tolist() if atoms else []:
                if found:
                    terms = [mask for bit in bits_of(found) for mask in atoms[bit]]
                    rows = np.flatnonzero(pattern == found)
                    columns += [(rows, index.setdefault(clause, len(index))) for clause in clauses_of(terms)]
        needs = np.zeros((len(keys), max(1, -(-len(index) // WORD))), dtype=np.uint64)
        for rows, clause in columns:
            needs[rows, clause // WORD] |= np.uint64(1 << clause % WORD)
        within = [_field(keys, place + number, 1).astype(bool) for number in range(len(self.groups))]
        return Situations(
            tuple(index), needs, people, np.stack(within, axis=1) if within else np.zeros((len(keys), 0), bool)
        )


_NOTHING = np.zeros((0, 1), dtype=np.uint64), np.zeros(0, dtype=np.int64)


def _field(keys: NDArray[np.uint64], start: int, length: int) -> NDArray[np.int64]:
    """Read some bits of each key as a number."""
    number = np.zeros(len(keys), dtype=np.int64)
    for bit in range(length):
        word, shift = divmod(start + bit, WORD)
        number |= ((keys[:, word] >> np.uint64(shift)) & np.uint64(1)).astype(np.int64) << bit
    return number


def _subsets(things: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Give every set of one or more things, the smaller first."""
    if len(things) > TOGETHER:
        raise ActionError(f"{len(things)} actions change one list or one clause: give at most {TOGETHER}")
    return chain.from_iterable(combinations(things, size) for size in range(1, len(things) + 1))


def _spared(
    wider: Sequence[tuple[int, Clause | None]], spared: Bits, still: Callable[[Clause | None], Bits]
) -> Iterator[Term]:
    """Say which widenings of a clause must not be taken for those it spares now to stay spared."""
    lost = [(bit, ~still(to)) for bit, to in wider]
    yield 0, reduce(np.bitwise_and, (~row for _, row in lost), spared)
    for chosen in _subsets(lost):
        others = (~row for bit, row in lost if bit not in {mask for mask, _ in chosen})
        yield sum(bit for bit, _ in chosen), reduce(np.bitwise_and, [*(row for _, row in chosen), *others], spared)


def _bars(view: View, actions: Sequence[Action], sieve: _Sieve) -> NDArray[np.int64]:
    """Count, for each action, the blocked people of whom it alone clears a blocked requirement."""
    rows = [view.no_one] * len(actions)
    for requirement in sieve.asked:
        stuck = view.truths[requirement.key].false
        for mask, row in sieve.terms(view, requirement)[1]:
            if mask.bit_count() == 1 and not actions[place := mask.bit_length() - 1].is_harmful:
                rows[place] = rows[place] | (stuck & row)
    return np.array([count(row) for row in rows], dtype=np.int64)
