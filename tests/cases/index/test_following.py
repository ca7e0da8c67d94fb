"""Whatever volunteers do, in whatever order, the index says what an index built from nothing would say."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from relais.cases import index, services
from relais.cases.groupings import GROUPINGS
from relais.cases.index import current
from relais.cases.models import Case
from relais.people import services as people
from relais.people.identities import Facts
from relais.people.models import Person
from relais.procedures.replay import replay
from relais.procedures.rows import terms_of
from tests.cases.factories import CaseFactory, paper, today
from tests.cases.rows import caseload_of, indexed
from tests.organisations.factories import member
from tests.people.factories import PersonFactory

PAPERS = st.sampled_from(["birth-certificate", "two-witnesses", "photo"])
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "sex": st.sampled_from(["", "woman", "man"]),
        "birth_year": st.sampled_from([None, 1950, 2000, 2015]),
        "status": st.sampled_from(["", "refugee", "stateless"]),
        "household": st.sampled_from([None, 1, 300]),
        "language": st.sampled_from(["", "ru", "uz"]),
    },
)


class Volunteers(RuleBasedStateMachine):
    """A few people in one place, and everything that may happen to their cases; `any_` picks one of them."""

    def __init__(self):
        super().__init__()
        # Undone at the end: examples follow one another within one test.
        self.world = transaction.atomic()
        self.world.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)
        current._held.clear()

    @initialize()
    def a_place(self):
        self.first = CaseFactory()
        self.procedure, self.organisation = self.first.procedure, self.first.organisation
        self.coordinator = member("coordinator", self.organisation)
        self.version = terms_of(self.procedure.versions.with_everything().get())

    def any_case(self, number, **kept):
        cases = list(Case.objects.filter(procedure=self.procedure, person__erased_at=None, **kept).order_by("pk"))
        return cases[number % len(cases)] if cases else None

    @rule()
    def open(self):
        person = PersonFactory(
            organisation=self.organisation, programme=self.first.programme, registered_by=self.first.companion
        )
        services.open_case(person=person, procedure=self.procedure, opened_on=today(), by=self.first.companion)

    @rule(number=st.integers(0, 9), key=PAPERS, state=st.integers(0, 2), undone=st.booleans())
    def prove(self, number, key, state, undone):
        if case := self.any_case(number, closed_at=None):
            with transaction.atomic():
                services.set_evidence(
                    case=case,
                    evidence_type=paper(self.procedure, key),
                    state=state,
                    why="fee" if state == 2 else "",
                    by=case.companion,
                )
                indexed(self.procedure)
                transaction.set_rollback(undone)

    @rule(number=st.integers(0, 9), answers=ANSWERS)
    def correct(self, number, answers):
        if case := self.any_case(number):
            people.correct_identity(person=case.person, by=self.coordinator, facts=Facts("Амина"), **answers)

    @rule(number=st.integers(0, 9))
    def close(self, number):
        if case := self.any_case(number, closed_at=None):
            services.close_case(case=case, outcome="moved", closed_on=today(), by=case.companion)

    @rule(number=st.integers(0, 9))
    def reopen(self, number):
        if case := self.any_case(number, closed_at__isnull=False):
            services.reopen_case(case=case, by=case.companion)

    @rule(number=st.integers(0, 9))
    def forget(self, number):
        if case := self.any_case(number):
            people.forget_person(person=case.person, by=self.coordinator)

    @rule(number=st.integers(0, 9), other=st.integers(0, 9))
    def merge(self, number, other):
        one, two = self.any_case(number), self.any_case(other)
        if one and two and one.person_id != two.person_id and not (one.person.merged_into or two.person.merged_into):
            people.merge_people(kept=one.person, merged=two.person, by=self.coordinator)

    @rule()
    def part(self):
        if merged := Person.objects.filter(merged_into__isnull=False, erased_at=None).first():
            people.undo_merge(person=merged, by=self.coordinator)

    @rule()
    def begin_anew_in_another_process(self):
        current._held.clear()

    @rule()
    def write_down(self):
        index.build(self.procedure)

    @precondition(lambda self: hasattr(self, "procedure"))
    @invariant()
    def the_index_is_what_the_rows_say(self):
        now = today() + timedelta(days=400)
        ours, rows = indexed(self.procedure, now), caseload_of(self.procedure, today=now)
        draft = self.version.changing("birth", lists=())
        assert replay(ours, draft, self.version, by=GROUPINGS) == replay(rows, draft, self.version, by=GROUPINGS)
        assert index.check(self.procedure) == []


@pytest.mark.django_db
def test_any_sequence_of_what_services_do_is_followed():
    run_state_machine_as_test(Volunteers, settings=settings(max_examples=8, stateful_step_count=10, deadline=None))
