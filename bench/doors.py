"""Which pages the desk has, and what to open them with: a list as it stands, a page about one thing with real things."""

import random
from collections.abc import Callable, Iterator
from typing import Any

from relais.access.lock import organisations_where
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.barriers.models import Barrier, NeedsAssessment
from relais.cases.models import Batch, Case, Dossier
from relais.directory.models import Office
from relais.missions.models import Course
from relais.organisations.models import Membership, Organisation
from relais.people.models import Person
from relais.people.services import reveal_many
from relais.procedures.models import Procedure, ProcedureVersion
from relais.programmes.models import Partner, Programme
from relais.roundtables.models import Consultation, Decision, Meeting

SPREAD = 8
Things = Callable[
    [User], Iterator[tuple[list[Any], Any]]
]  # the arguments of the address, and what is posted if anything


def a_list(_user: User) -> Iterator[tuple[list[Any], Any]]:
    """Open it as it stands."""
    yield [], None


def each(model: Any, verb: Verb, value: str = "pk", **kept: Any) -> Things:
    """Open it with things within reach, taken evenly from the first to the last."""

    def things(user: User) -> Iterator[tuple[list[Any], Any]]:
        keys = list(model.objects.reachable_by(user, verb).filter(**kept).order_by("pk").values_list(value, flat=True))
        apart = max(1, len(keys) // SPREAD)
        yield from (([key], None) for key in keys[::apart])

    return things


def misspelt_names(user: User) -> Iterator[tuple[list[Any], Any]]:
    """Look for people there are, by names heard wrongly: two letters change places, and one is lost."""
    draw = random.Random(7)
    where = Partner.objects.filter(organisation__in=organisations_where(user, Verb.PERSON_REGISTER)).first()
    people = Person.objects.reachable_by(user, Verb.PERSON_IDENTIFY).order_by("pk")[:SPREAD]
    for facts in reveal_many(people=people, by=user, why="check").values():
        at = draw.randrange(1, len(facts.called) - 2)
        called = facts.called[:at] + facts.called[at + 1] + facts.called[at] + facts.called[at + 3 :]
        yield [], {"called": called, "where": where.pk}


ALL = {
    "web:home": a_list,
    "barriers:list": a_list,
    "barriers:detail": each(Barrier, Verb.BARRIER_READ),
    "roundtables:list": a_list,
    "roundtables:detail": each(Meeting, Verb.TABLE_READ),
    "roundtables:decisions": a_list,
    "roundtables:decision": each(Decision, Verb.TABLE_READ),
    "roundtables:commitments": a_list,
    "roundtables:consultations": a_list,
    "roundtables:consultation": each(Consultation, Verb.TABLE_READ),
    "roundtables:notices": a_list,
    "roundtables:reported": a_list,
    "roundtables:calendar": a_list,
    "procedures:list": a_list,
    "procedures:detail": each(Procedure, Verb.PROCEDURE_READ),
    "procedures:version": each(ProcedureVersion, Verb.PROCEDURE_READ),
    "procedures:changes": each(ProcedureVersion, Verb.PROCEDURE_READ),
    "missions:courses": a_list,
    "missions:course": each(Course, Verb.COURSE_READ),
    "directory:list": a_list,
    "directory:detail": each(Office, Verb.OFFICE_READ),
    "programmes:list": a_list,
    "programmes:detail": each(Programme, Verb.PROGRAMME_READ, "slug"),
    "organisations:list": a_list,
    "organisations:detail": each(Organisation, Verb.ORGANISATION_READ),
    "accounts:detail": a_list,
}
BESIDE_PEOPLE = {
    "cases:list": a_list,
    "cases:detail": each(Case, Verb.CASE_READ),
    "cases:visit": each(Case, Verb.CASE_WORK, closed_at=None),
    "cases:appointment": each(Case, Verb.CASE_WORK, closed_at=None),
    "cases:refer": each(Case, Verb.REFERRAL_OFFER, closed_at=None),
    "cases:close": each(Case, Verb.CASE_CLOSE, closed_at=None),
    "cases:open": each(Person, Verb.CASE_OPEN),
    "cases:follow_ups": a_list,
    "people:list": a_list,
    "people:search": misspelt_names,
    "people:detail": each(Person, Verb.PERSON_READ),
    "people:correct": each(Person, Verb.PERSON_CORRECT),
    "people:consent_give": each(Person, Verb.CONSENT_GIVE),
    "people:messages": each(Person, Verb.MESSAGE_SEND),
    "people:inbox": a_list,
    "barriers:record": a_list,
    "barriers:record_case": each(Case, Verb.BARRIER_RECORD, closed_at=None),
    "barriers:approve": a_list,
}
AT_A_DESK = {
    "cases:dossiers": a_list,
    "cases:dossier": each(Dossier, Verb.DOSSIER_READ),
    "cases:batches": a_list,
    "cases:batch": each(Batch, Verb.DOSSIER_READ),
    "cases:referrals": a_list,
    "barriers:counts": a_list,
    "barriers:needs": a_list,
    "barriers:needs_detail": each(NeedsAssessment, Verb.NEEDS_READ),
    "roundtables:draft": each(ProcedureVersion, Verb.PROCEDURE_DRAFT),
    "roundtables:decide": each(Meeting, Verb.TABLE_DECIDE),
    "reports:list": a_list,
    "reports:programme": each(Programme, Verb.REPORT_READ, "slug"),
    "reports:figure": each(Programme, Verb.REPORT_READ, "slug"),
}
PAGES: dict[str, dict[str, Things]] = {
    "coordinator": {
        **ALL,
        **BESIDE_PEOPLE,
        **AT_A_DESK,
        "cases:carry": each(Case, Verb.CASE_HAND_OVER, closed_at=None),
        "cases:hand_over": a_list,
        "people:duplicates": a_list,
        "people:complaints": a_list,
        "barriers:share": a_list,
        "barriers:check": each(Barrier, Verb.BARRIER_SHARE, shared_at=None),
        "barriers:groups": a_list,
        "missions:trained": a_list,
        "missions:record": a_list,
        "organisations:members": each(Organisation, Verb.ORGANISATION_MANAGE),
        "organisations:member": each(Membership, Verb.MEMBER_READ),
        "journal:list": a_list,
    },
    "authority": {
        **ALL,
        **AT_A_DESK,
        "people:list": a_list,
        "people:detail": each(Person, Verb.PERSON_READ),
        "procedures:step_add": each(ProcedureVersion, Verb.PROCEDURE_DRAFT),
    },
    "companion": {
        **ALL,
        **BESIDE_PEOPLE,
    },
}
