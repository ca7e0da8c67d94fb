import pytest
from django.db import connection

from relais.kernel.planning import learn_sizes
from tests.cases.factories import CaseFactory


@pytest.mark.django_db
def test_sqlite_knows_the_size_of_its_tables_and_postgresql_needs_no_telling(django_assert_num_queries):
    CaseFactory()
    with django_assert_num_queries(2 if connection.vendor == "sqlite" else 0):
        learn_sizes()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'case_one_open_a_procedure'")
            assert cursor.fetchall() == [("1 1 1",)]
