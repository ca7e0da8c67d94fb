"""Makes a demonstration as large as one likes, in minutes: invented people beside invented people, written in bulk.

    relais bench grow --cases 1000000

Each new person resembles someone of the demonstration who is on their way: the same office, companion, language, place; another
name, year of birth and household; and each proof once in ten drawn anew from everyone's. They have a sealed identity and a code,
so that lists, search and pages work; they have no contacts, consents, visits or journal of their own. Where each case stands
is worked out by the same replay that a draft uses.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import transaction
from stdnum import damm

from bench import bulk
from relais.cases.groupings import AGE_BANDS
from relais.cases.models import Case, CaseEvidence
from relais.cases.rules import region_of
from relais.cases.who import MARK
from relais.journal import services as journal
from relais.journal.models import Entry
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.refusals import Refusal
from relais.kernel.vault import new_key, wrap
from relais.people.identities import Facts
from relais.people.keys import facts_of_many, keyring, place_of_key, seal_field
from relais.people.models import Person
from relais.procedures.caseload import Caseload, Codes, Numbers
from relais.procedures.models import EvidenceType, Procedure
from relais.procedures.replay import standing
from relais.procedures.rows import terms_of

AT_ONCE = 50_000
DRAWN_ANEW = 0.1
STANDINGS = ("open", "passes", "blocked")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Like:
    """Someone of the demonstration whom new people may resemble."""

    case: UUID
    person: UUID
    organisation: UUID
    known: str
    who: str
    sex: str
    birth_year: int | None
    status: str
    disability: str
    language: str
    territory: str


def grow(cases: int, seed: int = 1999, progress: Progress = lambda _done, _total: None) -> int:
    """Add invented people until so many cases are open; refuse a database that is not a demonstration's."""
    if not Entry.objects.filter(verb="demo.played").exists():
        raise Refusal(
            "This database is not that of a demonstration.",
            why="Invented people are never mixed with real ones.",
            next="Make one first: relais demo --no-serve --data FOLDER.",
        )
    missing = cases - Case.objects.open().count()
    if missing <= 0:
        return 0
    grower = Grower(random.Random(seed), missing)
    with bulk.loading(Person, Case, CaseEvidence) as load:
        for start in range(0, missing, AT_ONCE):
            rows = grower.people(min(AT_ONCE, missing - start))
            with transaction.atomic():
                load.write(rows, grower.procedure.pk, grower.reasons)
                # Whoever follows the journal learns from this line that anything may have changed.
                journal.write("cases.grown", grower.procedure, by=None, cases=len(rows))
            progress(start + len(rows), missing)
    return missing


class Grower:
    """Draws people like those of the demonstration."""

    def __init__(self, draw: random.Random, total: int) -> None:
        self.draw = draw
        self.alike = list(_alike())
        ((chosen, _count),) = Counter(Case.objects.open().values_list("procedure", flat=True)).most_common(1)
        self.procedure = Procedure.objects.get(pk=chosen)
        self.version = terms_of(self.procedure.versions.with_everything().in_force().get())
        self.kinds = dict(EvidenceType.objects.filter(procedure=chosen).values_list("number", "key"))
        self.width = 1 + max(self.kinds)
        self.reasons = _reasons(self.procedure)
        taken = set(Person.objects.values_list("code", flat=True))
        drawn = draw.sample(range(10_000_000, 100_000_000), total + len(taken))
        self.codes = (code for code in map(_checked, drawn) if code not in taken)
        self.keys = {like.organisation: keyring().create(like.organisation) for like in self.alike}
        self.given, self.families = _names(self.alike)
        everyone = "".join(like.known.ljust(self.width, "0") for like in self.alike)
        self.columns = [everyone[number :: self.width] for number in range(self.width)]

    def people(self, count: int) -> list[bulk.Grown]:
        """Draw some people, and say where each stands."""
        drawn = [self._one() for _ in range(count)]
        caseload = self._caseload(drawn)
        for row, found in zip(drawn, standing(caseload, self.version).tolist(), strict=True):
            row.standing = STANDINGS[found]
        return drawn

    def _one(self) -> bulk.Grown:
        draw = self.draw
        like = draw.choice(self.alike)
        case, person = uuid7(), uuid7()
        known = [
            draw.choice(column) if draw.random() < DRAWN_ANEW else digit
            for digit, column in zip(like.known.ljust(self.width, "0"), self.columns, strict=True)
        ]
        version, above = self.keys[like.organisation]
        key = new_key()
        birth_year, household = like.birth_year and like.birth_year + draw.randint(-3, 3), draw.randint(1, 9)
        called = f"{draw.choice(self.given[like.sex])} {draw.choice(self.families[like.sex])}"
        return bulk.Grown(
            case=case,
            person=person,
            like=like,
            code=next(self.codes),
            birth_year=birth_year,
            household=household,
            known="".join(known).rstrip("0"),
            who=MARK.join([*like.who.split(MARK)[:-2], str(birth_year or ""), str(household)]),
            wrapped=wrap(above, key, place_of_key(person, version)),
            key_version=version,
            sealed=seal_field(key, "identity", person, "sealed", Facts(called=called).as_json()),
        )

    def _caseload(self, drawn: list[bulk.Grown]) -> Caseload:
        digits = "".join(row.known.ljust(self.width, "0") for row in drawn).encode()
        states = np.frombuffer(digits, dtype=np.uint8).reshape(len(drawn), self.width) - ord("0")
        evidence = {key: states[:, number].astype(np.int8) for number, key in self.kinds.items()}
        this_year = clock.today().year
        ages = Numbers.of([None if row.birth_year is None else max(0, this_year - row.birth_year) for row in drawn])
        words = {
            name: Codes.of([getattr(row.like, name) or None for row in drawn])
            for name in ("sex", "status", "disability", "language", "territory")
        }
        bands = ages.banded(list(AGE_BANDS.values()), list(AGE_BANDS))
        household = Numbers.of([row.household for row in drawn])
        return Caseload.of(evidence, words | {"age": ages, "age_band": bands, "household": household}, len(drawn))


def _alike() -> Iterator[Like]:
    """Give everyone on their way whom the demonstration played."""
    people = ("sex", "birth_year", "status", "disability", "language", "territory__path")
    rows = Case.objects.open().filter(person__erased_at=None, person__merged_into=None).order_by("pk")
    rows = rows.values_list(
        "pk", "person", "person__organisation", "known", "who", *(f"person__{name}" for name in people)
    )
    for *facts, path in rows[:20_000]:
        yield Like(*facts, region_of(path or ""))


def _names(alike: list[Like]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Take the names apart, to put them together anew."""
    given, families = defaultdict(list), defaultdict(list)
    facts = facts_of_many(like.person for like in alike[:5_000])
    for like in alike[:5_000]:
        first, _space, last = facts[like.person].called.partition(" ")
        given[like.sex].append(first)
        families[like.sex].append(last)
    return given, families


def _reasons(procedure: Procedure) -> dict[UUID, str]:
    """Give what most often stands in the way of each proof."""
    rows = CaseEvidence.objects.filter(evidence_type__procedure=procedure, state=CaseEvidence.State.CANNOT_GET)
    found = defaultdict(Counter)
    for kind, why in rows.values_list("evidence_type", "why")[:200_000]:
        found[kind][why] += 1
    return {kind: counts.most_common(1)[0][0] for kind, counts in found.items()}


def _checked(drawn: int) -> str:
    return f"{drawn}{damm.calc_check_digit(str(drawn))}"
