"""What every table promises: where it points, which of its columns are private, and that it changes whole or not at all."""

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import SET_NULL

FLOORS = [
    {"journal"},
    {"accounts"},
    {"places"},
    {"organisations"},
    {"programmes"},
    {"people", "procedures", "directory", "questionnaires"},
    {"cases", "missions", "supplies"},
    {"barriers"},
    {"roundtables"},
    {"reports"},
    {"library"},
    {"packs"},
    {"api", "field", "web"},
]
FLOOR = {app: number for number, apps_on_it in enumerate(FLOORS) for app in apps_on_it}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("relais.")]


def columns(model):
    return [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_open_personal_or_secret(model):
    privacy = model.Privacy
    classed = [*privacy.open, *privacy.personal, *privacy.secret]
    assert sorted(classed) == sorted(field.name for field in columns(model))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model):
    here = model._meta.app_label
    there = {field.related_model._meta.app_label for field in columns(model) if field.related_model} - {here}
    assert [app for app in there if FLOOR.get(app, -1) >= FLOOR[here]] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_table_and_field_has_a_name_in_plain_lower_case(model):
    names = [field.verbose_name for field in model._meta.local_concrete_fields if field.name != "id"]
    plain = [str(name) for name in [*names, model._meta.verbose_name] if not isinstance(name, str)]
    assert len(plain) == len(names) + 1, "a verbose name is translated with gettext_lazy"
    assert [name for name in plain if name[:1].isupper() and not name[1:2].isupper()] == []


def test_the_journal_points_at_nothing():
    models = apps.get_app_config("journal").get_models()
    assert [field for model in models for field in columns(model) if field.related_model] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_who_and_when_are_kept_together(model):
    """`closed_at` and `closed_by` are empty together, by a constraint; unless an erased account leaves only the hour."""
    names = {field.name: field for field in columns(model)}
    pairs = [name[:-3] for name in names if name.endswith("_at") and f"{name[:-3]}_by" in names]
    pairs = [pair for pair in pairs if names[f"{pair}_by"].remote_field.on_delete is not SET_NULL]
    held = " ".join(
        str(constraint.condition) for constraint in model._meta.constraints if hasattr(constraint, "condition")
    )
    loose = [pair for pair in pairs if names[f"{pair}_at"].null and f"{pair}_at" not in held]
    assert loose == []


def gives_up(_apps, _editor):
    raise RuntimeError("the disk is full")


class HalfDone(migrations.Migration):
    operations = [
        migrations.CreateModel("HalfDone", fields=[("id", models.AutoField(primary_key=True))]),
        migrations.RunPython(gives_up),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_fails_leaves_the_database_as_it_was():
    before, migration = connection.introspection.table_names(), HalfDone("half_done", "cases")
    with pytest.raises(RuntimeError, match="disk is full"), connection.schema_editor(atomic=migration.atomic) as editor:
        migration.apply(ProjectState(), editor)
    assert connection.introspection.table_names() == before


def test_every_migration_is_done_whole_or_not_at_all():
    ours = [each for (app, _name), each in MigrationLoader(None).disk_migrations.items() if app in FLOOR]
    assert ours
    assert all(each.atomic for each in ours)
