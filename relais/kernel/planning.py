"""What the database must know of itself to choose well among its indexes."""

from django.db import connection

ROWS_LOOKED_AT = 10_000
"""Of each index: enough to tell one companion's people from those of their organisation."""


def learn_sizes() -> None:
    """Let SQLite look at a part of each table and index, in some tenths of a second; PostgreSQL does so by itself.

    `PRAGMA optimize` would do less: the SQLite of a stable system only looks at what the same connection asked of before.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")
