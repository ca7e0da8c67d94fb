"""What the table sees of people holds still until enough of them changed, and then moves at once."""

import pytest
from hypothesis import given

from relais.cases import index, services
from relais.cases.index import settled
from relais.cases.index.columns import Columns
from relais.cases.index.comparing import people_changed
from relais.cases.index.gathering import gather, nobody
from relais.programmes.models import Snapshot
from tests.cases.factories import CANNOT, HELD, CaseFactory, in_same_place, paper, today
from tests.cases.index.test_columns import KINDS, rows, worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(at):
    at("2026-11-15 09:00")
    first = CaseFactory(papers={"photo": HELD})
    return [first, *(in_same_place(first, papers={"photo": HELD}) for _number in range(11))]


def lose(cases):
    for case in cases:
        photo = paper(case.procedure, "photo")
        services.set_evidence(case=case, evidence_type=photo, state=CANNOT, why="fee", by=case.companion)


def without_photo(procedure):
    found = index.settled_caseload(procedure).people
    return sum(int(word).bit_count() for word in found.evidence("photo").false)


def in_order_of(people, numbers):
    return gather([rows({number: people[number] for number in numbers})], KINDS)


def test_whoever_stands_elsewhere_is_looked_up_be_they_two_or_all():
    before = dict.fromkeys(range(300), ("1", (None,) * 5, (1990, None)))
    after = before | {7: ("2", (None,) * 5, (1990, None))}
    two_changed_places = [*range(7), 299, *range(8, 299), 7]
    for numbers in (two_changed_places, reversed(range(300))):
        assert people_changed(in_order_of(before, range(300)), in_order_of(after, numbers)) == 1


def test_nine_people_who_change_move_nothing_and_the_tenth_moves_all(cases):
    procedure = cases[0].procedure
    assert without_photo(procedure) == 0
    lose(cases[:9])
    assert without_photo(procedure) == 0
    lose(cases[9:10])
    assert without_photo(procedure) == 10


def test_who_changes_and_changes_back_is_no_change(cases):
    procedure = cases[0].procedure
    index.settled_caseload(procedure)
    for case in cases:
        services.close_case(case=case, outcome="moved", closed_on=today(), by=case.companion)
        services.reopen_case(case=type(case).objects.get(pk=case.pk), by=case.companion)
    assert without_photo(procedure) == 0


def test_the_day_is_that_of_the_people(cases, at):
    procedure = cases[0].procedure
    first = index.settled_caseload(procedure)
    at("2027-01-02 09:00")
    lose(cases[:3])
    assert index.settled_caseload(procedure).on == first.on
    lose(cases[3:])
    assert index.settled_caseload(procedure).on.year == 2027


def test_another_process_sees_the_same_people(cases):
    procedure = cases[0].procedure
    index.settled_caseload(procedure)
    lose(cases[:5])
    settled._let_out.clear()
    assert without_photo(procedure) == 0


def test_what_cannot_be_read_any_more_is_let_out_anew(cases, settings):
    procedure = cases[0].procedure
    index.settled_caseload(procedure)
    Snapshot.objects.update(content=b"of another site")
    lose(cases[:1])
    settled._let_out.clear()
    assert without_photo(procedure) == 1


def test_the_same_look_twice_asks_few_questions(cases, django_assert_max_num_queries):
    procedure = cases[0].procedure
    index.settled_caseload(procedure)
    with django_assert_max_num_queries(6):
        index.settled_caseload(procedure)


def test_only_some_procedures_are_held_in_memory(cases, monkeypatch):
    monkeypatch.setattr(settled, "MOST_HELD", 1)
    for procedure in (cases[0].procedure, CaseFactory().procedure):
        index.settled_caseload(procedure)
    assert list(settled._let_out) == [procedure.pk]


@given(before=worlds, after=worlds)
def test_changes_are_counted_person_by_person(before, after):
    def gathered(world):
        return gather([rows(world)], KINDS) if world else Columns.empty().with_rows(nobody(), KINDS)

    def same(one, other):
        return one is not None and other is not None and (one[0].ljust(KINDS, "0"), *one[1:]) == (
            other[0].ljust(KINDS, "0"), *other[1:])  # fmt: skip

    changed = sum(not same(before.get(token), after.get(token)) for token in before.keys() | after.keys())
    assert people_changed(gathered(before), gathered(after)) == changed
    assert people_changed(gathered(after), gathered(before)) == changed
