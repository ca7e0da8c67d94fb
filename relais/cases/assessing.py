"""Where cases stand: rows of the database put to `procedures.assess`, many cases in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from relais.cases.models import Case, CaseEvidence, CaseStep
from relais.cases.rules import in_digits, known_of
from relais.people.models import Person
from relais.procedures import terms
from relais.procedures.assess import Assessment, Situation, assess
from relais.procedures.models import ProcedureVersion
from relais.procedures.rows import terms_of
from relais.procedures.terms import Held, Value
from relais.procedures.way import Leg, path


def assess_case(case: Case, today: date) -> Assessment:
    """Say where one case stands in its version, what to do next, and what is left after the steps already done."""
    return assess_cases([case], today, done=steps_done([case.pk]))[case.pk]


def assess_cases(
    cases: Iterable[Case],
    today: date,
    versions: dict[UUID, terms.Version] | None = None,
    done: dict[UUID, set[str]] | None = None,
) -> dict[UUID, Assessment]:
    """Say where cases stand; `for_lists()` brings the people they are about, so that nothing is asked twice.

    Whoever already read the versions, to say them in words, gives them. The steps already done only shorten what is
    left, so that lists do without.
    """
    cases = list(cases)
    versions = versions_of(case.version_id for case in cases) if versions is None else versions
    evidence = evidence_of(case.pk for case in cases)
    done = done or {}
    return {
        case.pk: assess(
            versions[case.version_id],
            Situation(evidence[case.pk], known_of_person(case.person, today)),
            done.get(case.pk, ()),
        )
        for case in cases
    }


def assess_file(case: Case, version: terms.Version, today: date) -> Assessment:
    """Say the same of one case fetched `with_file()`; nothing is asked of the database."""
    evidence = {row.evidence_type.key: Held(row.state) for row in case.evidence.all()}
    return assess(version, Situation(evidence, known_of_person(case.person, today)), done_in(case))


def way_left(case: Case, version: terms.Version, today: date) -> tuple[Leg, ...]:
    """Follow one case fetched `with_file()` along the cheapest way left to it, one thing after the other."""
    evidence = {row.evidence_type.key: Held(row.state) for row in case.evidence.all()}
    return path(version, Situation(evidence, known_of_person(case.person, today)), done_in(case))


def done_in(case: Case) -> set[str]:
    """Give the steps a case fetched `with_file()` has behind it."""
    return {row.step.key for row in case.steps.all()}


def known_of_person(person: Person, today: date) -> dict[str, Value]:
    """Give what conditions may ask about a person."""
    return known_of(
        day=today,
        sex=person.sex,
        birth_year=person.birth_year,
        status=person.status,
        disability=person.disability,
        household=person.household,
        language=person.language,
        territory_path=person.territory.path if person.territory else "",
    )


def versions_of(ids: Iterable[UUID]) -> dict[UUID, terms.Version]:
    """Read versions of procedures as the library knows them."""
    rows = ProcedureVersion.objects.filter(pk__in=set(ids)).with_everything()
    return {version.pk: terms_of(version) for version in rows}


def evidence_of(cases: Iterable[UUID]) -> dict[UUID, dict[str, Held]]:
    """Give what each case knows of each kind of evidence."""
    found: dict[UUID, dict[str, Held]] = defaultdict(dict)
    rows = CaseEvidence.objects.filter(case__in=list(cases)).values_list("case", "evidence_type__key", "state")
    for case, key, state in rows:
        found[case][key] = Held(state)
    return found


def digits_of(cases: Iterable[UUID]) -> dict[UUID, str]:
    """Give what each case knows of its proofs as digits, as `Case.known` keeps it."""
    found: dict[UUID, dict[int, int]] = defaultdict(dict)
    rows = CaseEvidence.objects.filter(case__in=list(cases)).values_list("case", "evidence_type__number", "state")
    for case, number, state in rows:
        found[case][number] = state
    digits: dict[UUID, str] = defaultdict(str)
    return digits | {case: in_digits(states) for case, states in found.items()}


def steps_done(cases: Iterable[UUID]) -> dict[UUID, set[str]]:
    """Give the steps each case has behind it; what was done in an earlier version counts under the same key."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for case, key in CaseStep.objects.filter(case__in=list(cases)).values_list("case", "step__key"):
        found[case].add(key)
    return found
