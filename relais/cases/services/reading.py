"""What one reads of a case that is sealed: who it is about, and what was noted at visits; each reading is in the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from relais.access.lock import require
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.cases.models import Case, Visit
from relais.journal.services import Line, write_many
from relais.kernel import clock
from relais.kernel.vault import Aad, unseal
from relais.people.keys import Stored, facts_opened_with, keys_of
from relais.people.models import Person


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader may call the person, and the words of visits, by visit."""

    called: str
    visits: Mapping[UUID, str]


def read_case(*, case: Case, by: User) -> Read:
    """Open at one sitting what its page shows of a case fetched `with_file()`, and write down what was read."""
    person = Person.objects.filter(pk=OuterRef("person")).reachable_by(by, Verb.PERSON_IDENTIFY)
    reached = Case.objects.filter(pk=case.pk).reachable_by(by, Verb.CASE_READ).values_list(Exists(person), flat=True)
    knows_them = next(iter(reached), None)  # both locks in one question
    if knows_them is None:
        require(by, Verb.CASE_READ, case)  # refuses
    key = keys_of([case.person_id]).get(case.person_id)
    if key is None:
        return Read("", {})
    now, lines, called = clock.now(), [], ""
    if knows_them:
        called = facts_opened_with(key, case.person_id).called
        lines.append(Line("identity.read", case.person, by, now, case.person_id, {"why": "case"}))
    words = _opened(key, {visit.pk: visit.sealed for visit in case.visits.all()})
    if words:
        lines.append(_visits_read(case, by))
    write_many(lines)
    return Read(called, words)


def read_visits(*, case: Case, by: User) -> dict[UUID, str]:
    """Open the words of a case's visits for whoever works on it, and write down that they were read."""
    require(by, Verb.CASE_READ, case)
    sealed = dict(Visit.objects.filter(case=case, sealed__isnull=False).values_list("pk", "sealed"))
    key = keys_of([case.person_id]).get(case.person_id)
    if not sealed or key is None:
        return {}
    words = _opened(key, sealed)
    write_many([_visits_read(case, by)])
    return words


def _opened(key: bytes, sealed: Mapping[UUID, Stored | None]) -> dict[UUID, str]:
    return {
        pk: unseal(key, bytes(each), Aad("cases.visit", pk, "sealed")).decode() for pk, each in sealed.items() if each
    }


def _visits_read(case: Case, by: User) -> Line:
    return Line("case.visits_read", case, by, clock.now(), case.person_id)
