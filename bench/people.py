"""Invented people and two versions of a procedure, like the programmes Relais is for: what is measured by `relais bench replay`.

24 kinds of evidence, of which 57 % are held, 23 % cannot be got and 20 % are not known, and these go together: four hidden causes
(displacement, poverty, distance, distrust) and how well a person is known. 12 requirements in 5 steps with conditions; six groupings
with 42 values. The first people are the same in a caseload of any size.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa

from relais.procedures.caseload import BLOCK, Caseload
from relais.procedures.gather import NUMBERS, gather
from relais.procedures.terms import Clause, EvidenceType, Op, Requirement, Step, Version

SEED = 20261122
PAPERS = tuple(f"paper-{number:02}" for number in range(24))
GROUPS = {
    "sex": ("woman", "man"),
    "age_band": ("0-11", "12-17", "18-24", "25-34", "35-44", "45-59", "60-69", "70+"),
    "status": ("citizen", "refugee", "stateless", "asylum-seeker", "migrant", "undetermined"),
    "disability": ("none", "some", "severe"),
    "territory": tuple(f"region-{number}" for number in range(14)),
    "language": tuple(f"language-{number}" for number in range(9)),
}
BANDS = (0, 12, 18, 25, 35, 45, 60, 70)
NOT_SAID = {"sex": 0.01, "age_band": 0.0, "status": 0.04, "disability": 0.15, "territory": 0.0, "language": 0.06}
WEIGHTS = {
    "sex": (0.52, 0.48),
    "status": (0.5, 0.18, 0.08, 0.12, 0.08, 0.04),
    "disability": (0.86, 0.10, 0.04),
    "language": (0.4, 0.2, 0.1, 0.08, 0.07, 0.05, 0.05, 0.03, 0.02),
}
AGED, STATUS = "age", "status"


def tables(people: int) -> Iterator[pa.Table]:
    """Make the people, a block at a time."""
    papers = np.random.default_rng(SEED)
    pulls = papers.normal(0, 0.35, (4, len(PAPERS)))
    levels = papers.normal(0.25, 0.35, len(PAPERS))
    for number, start in enumerate(range(0, max(1, people), BLOCK)):
        yield _block(np.random.default_rng((SEED, number)), pulls, levels).slice(0, min(BLOCK, people - start))


def caseload(people: int) -> Caseload:
    """Give the people as Relais replays them."""
    return gathered(tables(people))


def gathered(some: Iterable[pa.Table]) -> Caseload:
    """Give these people as Relais replays them."""
    return gather(some, PAPERS, {AGED: NUMBERS} | {name: frozenset(labels) for name, labels in GROUPS.items()})


def _block(rng: np.random.Generator, pulls: np.ndarray, levels: np.ndarray) -> pa.Table:
    """Make one block of people: always a whole one, so that the first of it do not depend on how many follow."""
    causes = rng.standard_normal((BLOCK, 4), dtype=np.float32)
    known = rng.beta(4, 1, BLOCK).astype(np.float32)
    ages = np.minimum(rng.gamma(2.2, 15, BLOCK), 100).astype(np.int8)
    columns: dict[str, pa.Array] = {}
    for place, paper in enumerate(PAPERS):
        reach = causes @ pulls[:, place].astype(np.float32) + rng.standard_normal(BLOCK, dtype=np.float32)
        state = np.where(reach > -levels[place] - 0.33, 1, 2).astype(np.int8)
        columns[paper] = pa.array(np.where(rng.random(BLOCK, dtype=np.float32) < known, state, 0), pa.int8())
    columns[AGED] = pa.array(ages)
    for name, labels in GROUPS.items():
        codes = rng.choice(len(labels), BLOCK, p=WEIGHTS.get(name)).astype(np.int8)
        if name == "age_band":
            codes = (np.searchsorted(BANDS, ages, side="right") - 1).astype(np.int8)
        missing = rng.random(BLOCK, dtype=np.float32) < NOT_SAID[name]
        columns[name] = pa.DictionaryArray.from_arrays(pa.array(codes, mask=missing), pa.array(labels))
    return pa.table(columns)


def versions() -> tuple[Version, Version]:
    """Give the draft and the version in force: the draft relaxes five requirements, and tightens one."""
    adult, minor = Clause(AGED, Op.GE, 18), Clause(AGED, Op.LT, 18)
    outsider = Clause(STATUS, Op.IN, frozenset({"refugee", "stateless", "asylum-seeker"}))
    woman, disabled = Clause("sex", Op.IS, "woman"), Clause("disability", Op.IS_NOT, "none")
    in_force = (
        ("identity", "apply", ([0], [1, 2]), ()),
        ("birth", "apply", ([3], [4, 5]), ()),
        ("residence", "apply", ([6], [7]), (adult,)),
        ("status", "check", ([8], [9, 10]), (outsider,)),
        ("guardian", "check", ([11], [12]), (minor,)),
        ("work", "check", ([13], [14], [15]), (adult, Clause(AGED, Op.LT, 60))),
        ("marriage", "check", ([16],), (woman, adult)),
        ("health", "examine", ([17], [18]), ()),
        ("disability", "examine", ([19], [18, 20]), (disabled,)),
        ("fee", "pay", ([21], [22]), ()),
        ("photo", "pay", ([2],), ()),
        ("oath", "collect", ([23], [0, 1]), (adult,)),
    )
    relaxed = {
        "identity": ([0], [1], [2]),
        "birth": ([3], [4], [5]),
        "status": ([8], [9], [10]),
        "marriage": ([16], [0]),
        "photo": ([2], [1]),
    }
    draft = tuple((key, step, relaxed.get(key, ways), when) for key, step, ways, when in in_force)
    draft = tuple((*each[:2], ([18],), each[3]) if each[0] == "health" else each for each in draft)
    return _version(draft, 2), _version(in_force, 1)


def _version(rules: tuple, number: int) -> Version:
    """Put rules together as a version."""
    steps: dict[str, list[Requirement]] = {}
    for key, step, ways, condition in rules:
        lists = tuple(frozenset(PAPERS[place] for place in way) for way in ways)
        steps.setdefault(step, []).append(Requirement(key=key, lists=lists, condition=condition))
    return Version(
        steps=tuple(Step(key=key, requirements=tuple(each)) for key, each in steps.items()),
        evidence_types=tuple(EvidenceType(key=key) for key in PAPERS),
        number=number,
    )
