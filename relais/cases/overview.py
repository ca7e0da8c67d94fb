"""What a page shows of one case or of many: who, where they stand, what comes next; each in a constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from relais.access.lock import Actor
from relais.accounts.models import User
from relais.cases.assessing import assess_cases, versions_of
from relais.cases.models import Case, CaseEvidence, Dossier
from relais.cases.next_steps import NextStep, next_step
from relais.people.models import Person
from relais.people.services import reveal_many
from relais.procedures.assess import Assessment, Finding, Reason
from relais.procedures.describe import list_words, proof_words
from relais.procedures.gate import may_advise
from relais.procedures.terms import Version


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list: what the reader may call the person, and what comes next."""

    case: Case
    called: str
    next: NextStep
    dossier: Dossier | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of proof in a case."""

    type: Any
    row: CaseEvidence | None
    takes: str

    @property
    def state(self) -> int:
        """Give what is known of it."""
        return self.row.state if self.row else CaseEvidence.State.UNKNOWN


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement for this person: where it stands, and the ways to meet it in words."""

    reason: Reason
    ways: list[str]

    @property
    def state(self) -> str:
        """Name the finding, for the template."""
        return self.reason.finding.value


def called_by(people: Iterable[Person], reader: Actor, why: str) -> dict[UUID, str]:
    """Open what people are called, for who may know it; the journal keeps that they read it."""
    return {pk: facts.called for pk, facts in reveal_many(people=people, by=reader, why=why).items()}


def last_dossiers(cases: Iterable[Case]) -> dict[UUID, Dossier]:
    """Give the newest dossier of each case that was not taken back."""
    rows = Dossier.objects.filter(case__in=list(cases)).exclude(state=Dossier.State.WITHDRAWN)
    return {row.case_id: row for row in rows.select_related("batch", "requirement", "authority").order_by("pk")}


def lines_of(cases: Iterable[Case], reader: User, today: date, *, leads: bool = False) -> list[Line]:
    """Say of each case on a page who it is about and what comes next; who leads reads what their volunteers will do."""
    cases = list(cases)
    versions = versions_of(case.version_id for case in cases)
    found = assess_cases(cases, today, versions)
    dossiers = last_dossiers(cases)
    names = called_by([case.person for case in cases], reader, "cases")
    trained = {case.version_id: case.version for case in cases}
    may = {pk: leads or may_advise(reader, version, today) for pk, version in trained.items()}
    return [
        Line(
            case,
            names.get(case.person_id, ""),
            next_step(
                case,
                found[case.pk],
                versions[case.version_id],
                dossiers.get(case.pk),
                trained=may[case.version_id],
            ),
            dossiers.get(case.pk),
        )
        for case in cases
    ]


def papers_of(case: Case, version: Version) -> list[Paper]:
    """List the proofs the version speaks of, in the order they are asked."""
    known = {row.evidence_type_id: row for row in CaseEvidence.objects.filter(case=case)}
    types = {each.key: each for each in case.procedure.evidence_types.all()}
    keys = [key for _step, asked in version.asked() for ways in asked.lists for key in sorted(ways)]
    return [
        Paper(types[key], known.get(types[key].pk), proof_words(version.evidence[key], version.currency))
        for key in dict.fromkeys(keys)
    ]


def asked_of(found: Assessment, version: Version) -> list[Asked]:
    """List what is asked of this person, with every way to meet it."""
    return [
        Asked(reason, [list_words(ways, version) for ways in reason.requirement.lists])
        for reason in found.reasons
        if reason.finding != Finding.NOT_APPLICABLE
    ]


def stations_of(case: Case, version: Version, done: set[str], found: Assessment) -> list[Mapping[str, Any]]:
    """Give the steps as stations of one journey: done, here, blocked, ahead."""
    blocked = {reason.step.key for reason in found.blocked_by}
    rows = {step.key: step for step in case.version.steps.all()}
    stations, here = [], False
    for step in version.steps:
        state = "done" if step.key in done else "blocked" if step.key in blocked else "ahead" if here else "here"
        here = here or state in ("here", "blocked")
        stations.append({"name": str(rows[step.key]), "state": state, "row": rows[step.key], "takes": step})
    return stations
