import pytest
from django.db import connection

from relais.kernel.planning import learn_sizes


@pytest.mark.django_db
def test_sqlite_knows_the_size_of_its_tables_and_postgresql_needs_no_telling():
    with connection.execute_wrapper(_only_on_sqlite):
        learn_sizes()


def _only_on_sqlite(execute, sql, params, many, context):
    assert connection.vendor == "sqlite"
    assert sql.startswith("PRAGMA optimize")
    return execute(sql, params, many, context)
