import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relais.kernel import paging
from relais.kernel.paging import first_of, page_of
from relais.people.models import Person
from tests.people.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    for _number in range(5):
        PersonFactory()
    return Person.objects.for_lists().order_by("-code")


def test_each_page_holds_its_rows_in_the_order_of_the_list(people):
    pages = [list(page_of(people, number, 2)) for number in ("1", "2", "3")]
    assert [person for page in pages for person in page] == list(people)
    assert [len(page) for page in pages] == [2, 2, 1]


def test_a_number_beyond_the_last_page_leads_to_it(people):
    assert list(page_of(people, "9", 2)) == list(people)[4:]


def test_a_list_of_nobody_has_one_empty_page():
    assert list(page_of(Person.objects.order_by("pk"), None, 2)) == []


def test_what_a_line_shows_is_joined_for_the_rows_of_the_page_alone(people):
    with CaptureQueriesContext(connection) as asked:
        list(page_of(people, "1", 2))
    count, keys, rows = (each["sql"] for each in asked)
    assert "JOIN" not in count
    assert "JOIN" not in keys
    assert "JOIN" in rows


def test_a_list_is_counted_no_further_than_anyone_leafs_through(people, monkeypatch):
    monkeypatch.setattr(paging, "MOST_LISTED", 4)
    page = page_of(people, "2", 2)
    assert page.paginator.is_cut
    assert (page.paginator.count, page.paginator.num_pages) == (4, 2)
    assert list(page) == list(people)[2:4]
    assert not page.has_next()


def test_a_list_that_just_fits_is_whole(people, monkeypatch):
    monkeypatch.setattr(paging, "MOST_LISTED", 5)
    page = page_of(people, "1", 2)
    assert not page.paginator.is_cut
    assert page.paginator.count == 5


def test_a_count_stops_in_the_database(people):
    with CaptureQueriesContext(connection) as asked:
        assert page_of(people, "1", 2).paginator.count == 5
    assert "LIMIT 10001" in asked[0]["sql"]


def test_the_first_of_a_list_are_found_before_anything_is_joined(people):
    with CaptureQueriesContext(connection) as asked:
        assert list(first_of(people, 3)) == list(people)[:3]
    assert "JOIN" not in asked[0]["sql"]
