"""The database itself refuses to change the journal; only who may change its tables can take these guards away.

`relais journal verify` says when a guard is missing. Emptying the table whole (TRUNCATE, as tests do between two stories on
PostgreSQL) takes the rights of its owner, and leaves heads or checkpoints that tell.
"""

from django.db import migrations

REFUSAL = "The journal is append-only."

SQLITE = [
    f"""
    CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE ON journal_entry
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
    f"""
    CREATE TRIGGER journal_entry_kept BEFORE DELETE ON journal_entry
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above.
    """
    CREATE TRIGGER journal_entry_not_replaced BEFORE INSERT ON journal_entry
    WHEN EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id OR (lane = NEW.lane AND number = NEW.number))
    BEGIN SELECT RAISE(ABORT, 'The journal is append-only.'); END
    """,
    f"""
    CREATE TRIGGER journal_head_forward BEFORE UPDATE ON journal_head
    WHEN NEW.lane <> OLD.lane OR NEW.number <= OLD.number
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
    f"""
    CREATE TRIGGER journal_head_kept BEFORE DELETE ON journal_head
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
]

POSTGRESQL = [
    f"""
    CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_refuses()
    """,
    """
    CREATE TRIGGER journal_entry_kept BEFORE DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_refuses()
    """,
    """
    CREATE TRIGGER journal_head_forward BEFORE UPDATE ON journal_head
    FOR EACH ROW WHEN (NEW.lane <> OLD.lane OR NEW.number <= OLD.number) EXECUTE FUNCTION journal_refuses()
    """,
    """
    CREATE TRIGGER journal_head_kept BEFORE DELETE ON journal_head
    FOR EACH ROW EXECUTE FUNCTION journal_refuses()
    """,
]


class OnlyOn(migrations.RunSQL):
    """SQL for one kind of database, nothing on the others."""

    def __init__(self, vendor, sql, reverse_sql):
        self.vendor = vendor
        super().__init__(sql, reverse_sql)

    def deconstruct(self):
        return (type(self).__name__, [self.vendor, self.sql, self.reverse_sql], {})

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)


def names(statements):
    """Give each trigger these make, with its table."""
    words = [one.split() for one in statements]
    return [(each[2], each[each.index("ON") + 1]) for each in words if each[1] == "TRIGGER"]


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        OnlyOn("sqlite", SQLITE, [f"DROP TRIGGER {name}" for name, _table in names(SQLITE)]),
        OnlyOn(
            "postgresql",
            POSTGRESQL,
            [f"DROP TRIGGER {name} ON {table}" for name, table in names(POSTGRESQL)]
            + ["DROP FUNCTION journal_refuses()"],
        ),
    ]
