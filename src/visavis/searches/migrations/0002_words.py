import django.db.models.deletion
from django.db import migrations, models

from visavis.searches.index import words


def create(apps, editor):
    for statement in words.CREATE[editor.connection.vendor]:
        editor.execute(statement)


def drop(apps, editor):
    for statement in words.DROP[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [("searches", "0001_alerts"), ("vacancies", "0006_found_by_change")]

    operations = [
        migrations.CreateModel(
            name="Indexed",
            fields=[
                (
                    "vacancy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="vacancies.vacancy",
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("tags", models.BigIntegerField()),
            ],
            options={"verbose_name_plural": "indexed"},
        ),
        migrations.RunPython(create, drop),
    ]
