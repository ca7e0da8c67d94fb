import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relais.kernel.paging import page_of
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
