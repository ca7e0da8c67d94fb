"""How long the proof takes: the best k of 12 to 100 actions, beside greedy, swaps, the bar chart and HiGHS.

    relais bench simplify

100,000 invented people, one action for each requirement. *latent*: four hidden causes block people here and there, a quarter of them
somewhere. *bundle*: requirements fall in overlapping bundles of two to four, and each person lacks some bundles whole, so that one change alone
does little: the hard case, for the choice and for the proof. Figures are CPU milliseconds of one process: `collapse` comes before, once; `curve`
is the best set of every size up to k with its proof (of every size at all, up to 20 actions); `solve` adds greedy, the bar chart, bundles and gentler ways.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.people import caseload, versions
from relais.procedures.actions import drop
from relais.procedures.caseload import Caseload
from relais.procedures.lattice import ACTIONS
from relais.procedures.limits import Limits, Rules
from relais.procedures.masks import Collapsed, bits_of, collapse
from relais.procedures.propose import propose
from relais.procedures.search import greedy, swapped, top_blockers
from relais.procedures.simplify import Answer, solve
from relais.procedures.solving import best_sets, compacted
from relais.procedures.terms import EvidenceType, Requirement, Step, Version

SEED = 20261122
PEOPLE = 100_000
SIZES = (12, 20, 40, 100)
CHOICES = (3, 5, 10)
ROUNDS, QUICK = 5, 200


@dataclass(frozen=True)
class Measured:
    """One instance: what was found, what proves it, how long it took, and how far others fall short."""

    instance: str
    actions: int
    k: int
    situations: int
    collapse_ms: float
    curve_ms: float
    solve_ms: float
    best: int
    bound: int
    proven: bool
    greedy_gap: str
    swap_gap: str
    top_blockers_gap: str
    highs: str


@dataclass(frozen=True)
class Grown:
    """What a million times more people cost: the collapse, the answer for every k, and time per person against the first row."""

    people: int
    situations: int
    propose_ms: float
    collapse_ms: float
    solve_ms: float
    per_person: float


def blocked(kind: str, actions: int) -> NDArray[np.bool_]:
    """Say who is blocked by which requirement: one row a person, one column a requirement."""
    random = np.random.default_rng([SEED, actions, len(kind)])
    if kind == "latent":
        causes = random.normal(size=(PEOPLE, 4)) @ random.normal(scale=0.9, size=(4, actions))
        reach = random.logistic(size=(PEOPLE, actions)) - causes - random.normal(scale=0.7, size=actions)
        return np.asarray(reach < np.quantile(reach.min(axis=1), 0.25))
    bundles = [random.choice(actions, size=random.integers(2, 5), replace=False) for _ in range(actions)]
    weights = random.pareto(1.2, len(bundles)) + 0.2
    rows = random.random((PEOPLE, actions)) < 0.6 / actions
    for _ in range(2):
        drawn = random.choice(len(bundles), size=PEOPLE, p=weights / weights.sum())
        drawn[random.random(PEOPLE) < 0.35] = -1
        for number, bundle in enumerate(bundles):
            rows[np.ix_(drawn == number, bundle)] = True
    return rows


def people_of(rows: NDArray[np.bool_]) -> tuple[Caseload, Version]:
    """Give people who cannot get the one paper of each requirement that blocks them."""
    keys = [f"r{number:03}" for number in range(rows.shape[1])]
    asked = tuple(Requirement(key=key, lists=(frozenset({key}),)) for key in keys)
    version = Version(
        steps=(Step(key="apply", requirements=asked),), evidence_types=tuple(EvidenceType(key=key) for key in keys)
    )
    columns = {key: np.where(rows[:, place], 2, 1).astype(np.int8) for place, key in enumerate(keys)}
    return Caseload.of(columns), version


def measure(seconds: float, highs_seconds: float, tell: Callable[[str], None]) -> Iterator[Measured]:
    """Solve each instance."""
    for kind in ("latent", "bundle"):
        for actions in SIZES:
            tell(f"{kind}, {actions} actions: inventing and collapsing {PEOPLE:,} people")
            people, version = people_of(blocked(kind, actions))
            collapsed, collapsing = _timed(lambda people=people, version=version: _collapse(people, version))
            for k in CHOICES:
                tell(f"{kind}, {actions} actions: proving the best {k}")
                yield _measured(kind, collapsed, collapsing, k, seconds=seconds, highs=highs_seconds)


def _collapse(people: Caseload, version: Version) -> Collapsed:
    return collapse(people, version, [drop(requirement.key) for _, requirement in version.asked()])


def _measured(kind: str, collapsed: Collapsed, collapsing: float, k: int, *, seconds: float, highs: float) -> Measured:
    """Solve one instance for one k."""
    limits, ends = Limits(most=k), time.monotonic() + seconds
    answer, solving = _timed(lambda: _solve(collapsed, limits, ends))
    problem, _ = compacted(collapsed, collapsed.actions, Rules.of(limits, collapsed.actions))
    every, _ = compacted(collapsed, collapsed.actions, Rules.of(Limits(), collapsed.actions))
    asked = (every, None) if len(collapsed.actions) <= ACTIONS else (problem, k)
    _, curve = _timed(lambda: best_sets(*asked, lambda: time.monotonic() > ends + seconds))
    chosen = greedy(problem, k, collapsed.bars)[-1]
    others = (chosen, swapped(problem, chosen, k, lambda: False), top_blockers(problem, list(collapsed.bars), k)[-1])
    best = answer.best(k)
    gaps = [f"{1 - problem.value(each) / max(best.unlocked, 1):.1%}" for each in others]
    return Measured(
        kind, len(collapsed.actions), k, len(collapsed.gain), collapsing, curve, solving, best.unlocked, best.bound, best.proven,
        *gaps, _highs(collapsed, k, highs, best.unlocked) if highs else "-",
    )  # fmt: skip


def _solve(collapsed: Collapsed, limits: Limits, ends: float) -> Answer:
    return solve(collapsed, limits, until=lambda: time.monotonic() > ends)


def _timed(work: Any) -> tuple[Any, float]:
    """Do something and say how many CPU milliseconds it took; what is quick is done five times, for the median."""
    spent: list[float] = []
    while not spent or (len(spent) < ROUNDS and max(spent) < QUICK):
        begun = time.process_time()
        result = work()
        spent.append((time.process_time() - begun) * 1000)
    return result, statistics.median(spent)


def _highs(collapsed: Collapsed, k: int, seconds: float, expected: int) -> str:
    """Ask HiGHS the same, where SciPy is there; where it proves, the answers must be equal."""
    try:
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - an optional peer
        from scipy.sparse import csr_array  # noqa: PLC0415
    except ImportError:
        return "not installed"
    gain, actions = collapsed.gain, len(collapsed.actions)
    sizes = np.bitwise_count(gain.needs).sum(axis=1)
    kept = np.flatnonzero(sizes <= k)
    pairs = [
        (number, gain.clauses[clause].bit_length() - 1)
        for number, row in enumerate(kept.tolist())
        for clause in bits_of(sum(int(word) << 64 * place for place, word in enumerate(gain.needs[row].tolist())))
    ]
    y, x = np.array(pairs, dtype=np.int64).T
    rows = np.concatenate([np.arange(len(y)), np.arange(len(y)), np.full(actions, len(y))])
    columns = np.concatenate([actions + y, x, np.arange(actions)])
    values = np.concatenate([np.ones(len(y)), -np.ones(len(y)), np.ones(actions)])
    matrix = csr_array((values, (rows, columns)), shape=(len(y) + 1, actions + len(kept)))
    costs = np.concatenate([np.zeros(actions), -gain.people[kept].astype(float)])
    above = np.concatenate([np.zeros(len(y)), [k]])
    found, spent = _timed(
        lambda: milp(
            costs, integrality=np.ones_like(costs), bounds=Bounds(0, 1), options={"time_limit": seconds},
            constraints=LinearConstraint(matrix, -np.inf, above),
        )
    )  # fmt: skip
    if found.status != 0:
        return f"not proven in {spent:,.0f} ms"
    if round(-found.fun) != expected:
        raise SystemExit(f"HiGHS proves {round(-found.fun)}, simplify {expected}: one of them is wrong.")
    return f"{spent:,.0f} ms"


def growth(sizes: tuple[int, ...], tell: Callable[[str], None]) -> Iterator[Grown]:
    """Propose, collapse and answer for every k, for more and more of the people of `bench/people.py`."""
    _, in_force = versions()
    base = 0.0
    for size in sizes:
        tell(f"growth: inventing {size:,} people")
        people = caseload(size)
        tell(f"growth: proposing, collapsing and solving for {size:,} people")
        proposed, proposing = _timed(lambda people=people: propose(people, in_force))
        actions = [each.action for each in proposed]
        collapsed, collapsing = _timed(lambda people=people, actions=actions: collapse(people, in_force, actions))
        _, solving = _timed(lambda collapsed=collapsed: solve(collapsed))
        each = (proposing + collapsing + solving) / size
        base = base or each
        yield Grown(size, len(collapsed.gain), proposing, collapsing, solving, each / base)
