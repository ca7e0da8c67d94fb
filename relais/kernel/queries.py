"""What only the database can do for everyone at once."""

from uuid import UUID

from django.db import connection


def one_at_a_time(id: UUID) -> None:
    """Let one transaction at a time go on with this id; the others wait until it ends.

    SQLite lets one transaction write at a time anyway (IMMEDIATE); PostgreSQL is asked for an advisory lock of the transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [id.int % (1 << 63)])
