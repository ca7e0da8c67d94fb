"""The index says what the rows say, whatever happened to them, to its file, or in another process."""

import os
from datetime import date

import pytest
from django.db import transaction

from relais.cases import index, services
from relais.cases.groupings import GROUPINGS
from relais.cases.index import current, files
from relais.cases.models import Case, CaseEvidence
from relais.places.models import Territory
from relais.places.services import load_country
from relais.procedures.replay import replay
from relais.procedures.rows import terms_of
from tests.cases.factories import CANNOT, EVERYTHING, HELD, CaseFactory, in_same_place, known, paper, today
from tests.cases.rows import caseload_of, indexed

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return known(CaseFactory(papers={"photo": HELD}), sex="woman", birth_year=1980)


@pytest.fixture
def procedure(case):
    known(in_same_place(case, papers={"birth-certificate": CANNOT}), language="ru", household=4)
    known(in_same_place(case, papers=EVERYTHING), disability="some", status="stateless", territory=kant())
    return case.procedure


def kant():
    """Put a village on the map."""
    load_country(code="KG")
    return Territory.objects.get(code="KG-C")


def prove(case, key, state, **more):
    services.set_evidence(case=case, evidence_type=paper(case.procedure, key), state=state, by=case.companion, **more)


def figures(procedure, people):
    version = terms_of(procedure.versions.with_everything().get(number=1))
    draft = version.changing("birth", lists=(frozenset({"photo"}),))
    return replay(people, draft, version, by=GROUPINGS)


def same(procedure, day=None):
    """Say whether the index answers as the rows do."""
    ours, rows = indexed(procedure, day), caseload_of(procedure, today=day)
    return figures(procedure, ours) == figures(procedure, rows) and index.check(procedure) == []


def test_the_index_answers_as_the_rows_do(procedure):
    assert same(procedure)
    assert len(indexed(procedure)) == 3


def test_what_services_do_is_seen_at_once(case, procedure):
    assert same(procedure)
    prove(case, "birth-certificate", HELD)
    assert indexed(procedure).evidence("birth-certificate").true.any()
    assert same(procedure)


def test_who_ends_leaves_and_who_comes_back_is_counted_again(case, procedure):
    indexed(procedure)
    services.close_case(case=case, outcome="moved", closed_on=today(), by=case.companion)
    assert len(indexed(procedure)) == 2
    assert same(procedure)
    services.reopen_case(case=Case.objects.get(pk=case.pk), by=case.companion)
    assert len(indexed(procedure)) == 3
    assert same(procedure)


def test_a_year_later_everyone_is_a_year_older(procedure):
    indexed(procedure, date(2039, 12, 31))
    assert same(procedure, date(2039, 12, 31))
    assert same(procedure, date(2040, 1, 1))
    young, old = (indexed(procedure, date(year, 6, 1)).groups("age_band")["60+"] for year in (2039, 2040))
    assert not young.any()
    assert old.any()


def test_what_was_undone_was_never_counted(case, procedure):
    indexed(procedure)
    with transaction.atomic():
        prove(case, "birth-certificate", HELD)
        assert indexed(procedure).evidence("birth-certificate").true.any()
        transaction.set_rollback(True)
    assert same(procedure)


def test_a_warm_answer_asks_the_database_three_things(procedure, django_assert_max_num_queries):
    indexed(procedure)
    with django_assert_max_num_queries(3):
        indexed(procedure)


def test_another_process_finds_the_file_and_reads_what_changed_since(case, procedure, monkeypatch):
    index.build(procedure)
    prove(case, "birth-certificate", CANNOT, why="fee")
    forget_memory()
    monkeypatch.setattr(current, "gather", None)  # it would build
    assert indexed(procedure).evidence("birth-certificate").false.any()


@pytest.mark.parametrize("damage", ["cut", "changed", "foreign", "emptied", "of another procedure", "garbage"])
def test_a_file_that_cannot_be_trusted_is_replaced_without_a_word(procedure, settings, damage):
    index.build(procedure)
    file = files.place(procedure.pk)
    data = bytearray(file.read_bytes())
    match damage:
        case "cut":
            data = data[:-70]
        case "changed":
            data[-100] ^= 1
        case "foreign":
            settings.SECRET_KEY = "another site altogether"
        case "emptied":
            data = bytearray()
        case "of another procedure":
            other = CaseFactory().procedure
            index.build(other)
            data = bytearray(files.place(other.pk).read_bytes())
        case "garbage":
            data = bytearray(os.urandom(500))
    # As a copy, because the file is mapped: what is mapped is never written to.
    file.unlink()
    file.write_bytes(data)
    forget_memory()
    assert files.read(procedure.pk) is None
    assert same(procedure)


def test_a_file_older_than_the_journal_of_another_database_is_not_used(case, procedure):
    """A restored backup stands where it stood; what was written since the file was made is not in it."""
    prove(case, "photo", CANNOT, why="fee")
    with transaction.atomic():
        prove(case, "birth-certificate", HELD)
        index.build(procedure)
        transaction.set_rollback(True)
    forget_memory()
    prove(case, "birth-certificate", CANNOT, why="fee")
    prove(case, "two-witnesses", HELD)
    assert same(procedure)


def test_a_disk_that_refuses_costs_time_and_nothing_else(procedure, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings.DATA = blocked
    assert len(indexed(procedure)) == 3
    assert index.build(procedure) == 3
    assert index.size_of(procedure) == 0


def test_the_file_names_no_case_and_nobody(case, procedure):
    index.build(procedure)
    data = files.place(procedure.pk).read_bytes()
    for id in (case.pk, case.person_id):
        assert id.bytes not in data
        assert id.hex.encode() not in data
        assert str(id).encode() not in data
    assert case.person.code.encode() not in data


def test_dropping_the_index_loses_nothing(procedure):
    index.build(procedure)
    assert index.size_of(procedure) > 0
    assert index.drop(procedure)
    assert not index.drop(procedure)
    assert same(procedure)


def test_check_tells_a_proof_changed_behind_the_services(case, procedure):
    indexed(procedure)
    CaseEvidence.objects.filter(case=case, evidence_type__key="photo").update(state=2)
    assert index.check(procedure)


def test_a_new_kind_of_evidence_is_known_of_nobody_yet(case, procedure):
    indexed(procedure)
    kind = procedure.evidence_types.create(key="card", number=7, names={"en": "Card"})
    assert same(procedure)
    services.set_evidence(case=case, evidence_type=kind, state=HELD, by=case.companion)
    assert same(procedure)
    assert indexed(procedure).evidence("card").true.any()


def test_so_much_news_that_reading_all_is_quicker_is_read_all(case, procedure, monkeypatch):
    indexed(procedure)
    monkeypatch.setattr(current.reading, "FEWEST_TO_READ_ALL", 0)
    prove(case, "birth-certificate", HELD)
    monkeypatch.setattr(current.reading, "read_some", None)
    assert same(procedure)


def test_only_a_few_procedures_are_held_at_once(procedure, monkeypatch):
    monkeypatch.setattr(current, "MOST_HELD", 1)
    other = CaseFactory().procedure
    for each in (procedure, other, procedure):
        assert same(each)
    assert len(current._held) == 1


def forget_memory():
    """Do as if this process had just begun."""
    current._held.clear()
