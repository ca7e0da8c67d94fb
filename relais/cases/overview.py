"""What a page shows of one case or of many: who, where they stand, what comes next; each in a constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from relais.access.lock import Actor, filter_for
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases.assessing import assess_cases, versions_of
from relais.cases.models import Case, CaseEvidence, Dossier
from relais.cases.next_steps import NextStep, next_step
from relais.people.models import Person
from relais.people.services import reveal_many
from relais.procedures.assess import Assessment, Finding, Reason
from relais.procedures.describe import list_words, proof_words
from relais.procedures.gate import may_advise
from relais.procedures.models import EvidenceType, ProcedureVersion
from relais.procedures.rows import terms_of
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
    """One requirement for this person: where it stands, the ways to meet it in words, and whether it comes first."""

    reason: Reason
    ways: list[str]
    papers: list[Paper]
    first: bool = False

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


def last_dossier(case: Case) -> Dossier | None:
    """Give the same of one case fetched `with_file()`."""
    kept = (row for row in case.dossiers.all() if row.state != Dossier.State.WITHDRAWN)
    return max(kept, key=lambda row: row.pk, default=None)


@dataclass(frozen=True, slots=True)
class Place:
    """What one step asks of this person: what is missing, and what is settled."""

    name: str
    missing: list[Asked]
    settled: list[Asked]


@dataclass(frozen=True, slots=True)
class Papers:
    """Every proof of a case by the step that asks for it, each once; then those no step asks of this person today."""

    places: list[Place]
    beside: list[Paper]
    drafts: list[Paper]


def papers_of(case: Case, version: Version, found: Assessment, drafts: Iterable[Version] = ()) -> Papers:
    """Group the proofs by step, what is missing first; a draft's own proofs may be told before it is adopted."""
    papers = _papers(case, [version, *drafts])
    free = dict(papers)
    names = {step.key: str(step) for step in case.version.steps.all()}
    places = []
    for step in version.steps:
        reasons = [each for each in found.reasons if each.step == step and each.finding != Finding.NOT_APPLICABLE]
        reasons.sort(key=lambda reason: reason.finding == Finding.MET)
        asked = [_asked(reason, version, free) for reason in reasons]
        missing, settled = ([each for each in asked if (each.state == "met") is met] for met in (False, True))
        if missing and not any(place.missing for place in places):
            missing[0] = replace(missing[0], first=True)
        if asked:
            places.append(Place(names[step.key], missing, settled))
    drafted = [paper for key, paper in free.items() if key not in _keys(version)]
    return Papers(places, [paper for key, paper in free.items() if key in _keys(version)], drafted)


def read_versions(case: Case, reader: Actor) -> tuple[Version, list[Version]]:
    """Fetch the version of a case with everything, and give it with the drafts of the procedure the reader may know of."""
    drafts = Q(procedure=case.procedure_id, state="draft") & filter_for(reader, Verb.PROCEDURE_READ, ProcedureVersion)
    rows = ProcedureVersion.objects.filter(Q(pk=case.version_id) | drafts).with_everything().order_by("number")
    found = {row.pk: row for row in rows}
    case.version = found.pop(case.version_id)
    return terms_of(case.version), [terms_of(draft) for draft in found.values()]


def is_accepted(case: Case, paper: EvidenceType) -> bool:
    """Say whether the version of the case accepts a proof; if not, only a draft or an earlier version speaks of it."""
    return bool(paper.lists.filter(requirement__step__version=case.version_id).exists())


def _keys(version: Version) -> list[str]:
    return list(dict.fromkeys(key for _step, asked in version.asked() for ways in asked.lists for key in sorted(ways)))


def _papers(case: Case, versions: Iterable[Version]) -> dict[str, Paper]:
    known = {row.evidence_type_id: row for row in case.evidence.all()}
    types = {each.key: each for each in case.version.procedure.evidence_types.all()}
    return {
        key: Paper(types[key], known.get(types[key].pk), proof_words(version.evidence[key], version.currency))
        for version in reversed(list(versions))
        for key in _keys(version)
    }


def _asked(reason: Reason, version: Version, free: dict[str, Paper]) -> Asked:
    """Say a requirement with its proofs, what nobody asked about yet first; a proof already shown above is not repeated."""
    keys = dict.fromkeys(key for ways in reason.requirement.lists for key in sorted(ways))
    papers = [free.pop(key) for key in keys if key in free]
    papers.sort(key=lambda paper: paper.state)
    return Asked(reason, [list_words(ways, version) for ways in reason.requirement.lists], papers)


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
