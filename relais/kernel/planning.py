"""What the database must know of itself to choose well among its indexes."""

from django.db import connection


def learn_sizes() -> None:
    """Let SQLite count what changed much in its tables and indexes, in a tenth of a second; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize=0x10002")  # every table, and only those whose size moved
