"""What cases show on a person's own page and on the page volunteers keep of them; and who stands beside someone."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from relais.access.lock import Actor, filter_for
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases.assessing import assess_cases, versions_of
from relais.cases.models import Appointment, Case
from relais.cases.next_steps import next_step
from relais.cases.overview import last_dossiers
from relais.kernel import clock
from relais.people.companions import companion_source
from relais.people.legal import status_source
from relais.people.models import Person
from relais.people.status import Section, person_section, status_section
from relais.procedures.models import Procedure
from relais.programmes.models import Programme


@companion_source
def companions(people: Iterable[UUID]) -> Mapping[UUID, User]:
    """Say who carries the newest open case of each person."""
    rows = Case.objects.open().filter(person__in=list(people)).select_related("companion").order_by("opened_on", "pk")
    return {row.person_id: row.companion for row in rows}


@status_source
def statuses(programme: Programme) -> Mapping[str, Mapping[str, str]]:
    """Say which legal statuses the procedures of a programme ask about."""
    asked = Procedure.objects.filter(programme=programme).order_by("key").values_list("attributes", flat=True)
    return {key: names for one in asked for key, names in one.get("status", {}).get("values", {}).items()}


@status_section(order=20)
def own_cases(person: Person) -> Section | None:
    """Tell a person where their case stands, what comes next, and where their dossier is."""
    cases = list(Case.objects.filter(person=person).for_lists())
    if not cases:
        return None
    versions = versions_of(case.version_id for case in cases)
    found, dossiers = assess_cases(cases, clock.today(), versions), last_dossiers(cases)
    steps = [next_step(case, found[case.pk], versions[case.version_id], dossiers.get(case.pk)) for case in cases]
    lines = [(case, step, dossiers.get(case.pk)) for case, step in zip(cases, steps, strict=True)]
    return Section("cases/_own_cases.html", {"lines": lines})


@status_section(order=30)
def own_appointments(person: Person) -> Section | None:
    """Tell a person where to be and when, and who comes along."""
    planned = Appointment.objects.planned().filter(case__person=person, at__gte=clock.now())
    rows = list(planned.select_related("step", "office", "accompanied_by"))
    return Section("cases/_own_appointments.html", {"appointments": rows}) if rows else None


@person_section(order=20)
def cases_of(person: Person, by: Actor) -> Section | None:
    """Show a volunteer the cases of a person within their reach, and let them open one."""
    cases = list(Case.objects.filter(person=person).reachable_by(by, Verb.CASE_READ).for_lists())
    may_open = Person.objects.filter(filter_for(by, Verb.CASE_OPEN, Person), pk=person.pk).exists()
    if not cases and not may_open:
        return None
    return Section("cases/_person_cases.html", {"cases": cases, "person": person, "may_open": may_open})
