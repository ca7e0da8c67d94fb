"""PostgreSQL keeps snapshots as they are: they hardly shrink, and trying costs half a second for a million people."""

from django.db import migrations


def set_storage(kind):
    """Say how the content of snapshots is kept, where one may say so."""

    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE programmes_snapshot ALTER content SET STORAGE {kind}")

    return run


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]

    operations = [migrations.RunPython(set_storage("EXTERNAL"), set_storage("EXTENDED"))]
