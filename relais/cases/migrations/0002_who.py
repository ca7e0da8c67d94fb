"""Who someone is for counting, and whether they were forgotten, beside each of their cases."""

from django.db import migrations, models
from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat


def fill(apps, schema_editor):
    """Write on the cases there are what services write on new ones."""
    words = []
    for name in ("sex", "status", "disability", "language", "territory", "birth_year", "household"):
        words += [Coalesce(Cast(name, CharField()), Value(""), output_field=CharField()), Value("|")]
    word = Concat(*words[:-1], output_field=CharField())
    people = apps.get_model("people", "Person").objects.filter(pk=OuterRef("person"))
    cases = apps.get_model("cases", "Case").objects
    cases.update(who=Subquery(people.annotate(word=word).values("word")))
    cases.filter(person__erased_at__isnull=False).update(forgotten=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.AddField(
            "case",
            "who",
            models.CharField("who the person is, for counting", max_length=200, default=""),
            preserve_default=False,
        ),
        migrations.AddField("case", "forgotten", models.BooleanField("the person was forgotten", default=False)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint("case", models.CheckConstraint(name="case_says_who", condition=~Q(who=""))),
    ]
