import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import visavis.common.clock

# A list is kept in one row and read a row a place. Both databases say it in words of their own.
SIDES = (("jobseeker", "vacancy"), ("vacancy", "jobseeker"))
SQLITE = """
SELECT l.id * 65536 + CASE WHEN l.slots = '' THEN o.key + 1
       ELSE json_extract(l.slots, '$[' || o.key || ']') END AS id,
       l.edition_id, '{side}' AS side, {columns}, o.key + 1 AS rank, l.packed, l.told, l.engine_version, l.made_at
  FROM matches_matchlist l, json_each(l.others) o WHERE l.{side}_id IS NOT NULL
"""
POSTGRESQL = """
SELECT l.id * 65536 + CASE WHEN l.slots = '' THEN o.place
       ELSE (l.slots::json ->> (o.place - 1)::integer)::bigint END AS id,
       l.edition_id, '{side}'::varchar(10) AS side, {columns}, o.place::integer AS rank,
       l.packed, l.told, l.engine_version, l.made_at
  FROM matches_matchlist l
 CROSS JOIN LATERAL json_array_elements_text(l.others::json) WITH ORDINALITY AS o(value, place)
 WHERE l.{side}_id IS NOT NULL
"""


def make_view(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    is_postgresql = editor.connection.vendor == "postgresql"
    part, other = (POSTGRESQL, "o.value::bigint") if is_postgresql else (SQLITE, "o.value")
    parts = []
    for side, of in SIDES:
        columns = {side: f"l.{side}_id AS {side}_id", of: f"{other} AS {of}_id"}
        parts.append(part.format(side=side, columns=f"{columns['jobseeker']}, {columns['vacancy']}"))
    editor.execute("CREATE VIEW matches_match AS" + "UNION ALL".join(parts))


def drop_view(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP VIEW matches_match")


class Migration(migrations.Migration):
    """Lists of before are not taken over: the next night makes them anew, and whoever changes something before."""

    dependencies = [
        ("jobseekers", "0004_found_by_change"),
        ("vacancies", "0006_found_by_change"),
        ("matches", "0011_families_and_audits"),
    ]
    operations = [
        migrations.DeleteModel(name="Match"),
        migrations.CreateModel(
            name='Ground',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='matches.edition')),
                ('packed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='MatchList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('others', models.TextField(default='[]')),
                ('length', models.PositiveSmallIntegerField(default=0)),
                ('slots', models.TextField(blank=True, default='')),
                ('next_slot', models.PositiveIntegerField(default=1)),
                ('packed', models.BinaryField(default=b'')),
                ('told', models.BinaryField(default=b'')),
                ('facts', models.BinaryField(default=b'')),
                ('bar', models.FloatField(null=True)),
                ('holders', models.BinaryField(default=b'')),
                ('came', models.TextField(blank=True, default='')),
                ('shown', models.PositiveIntegerField(default=0)),
                ('kept', models.PositiveIntegerField(default=0)),
                ('engine_version', models.CharField(blank=True, max_length=20)),
                ('made_at', models.DateTimeField(default=visavis.common.clock.now)),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='matches.edition')),
                ('jobseeker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='jobseekers.jobseeker')),
                ('vacancy', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vacancies.vacancy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('jobseeker__isnull', False)), fields=('jobseeker', 'edition'), name='one_list_a_jobseeker_and_edition'), models.UniqueConstraint(condition=models.Q(('vacancy__isnull', False)), fields=('vacancy', 'edition'), name='one_list_a_vacancy_and_edition'), models.CheckConstraint(condition=models.Q(models.Q(('jobseeker__isnull', True), ('vacancy__isnull', False)), models.Q(('jobseeker__isnull', False), ('vacancy__isnull', True)), _connector='OR'), name='a_list_is_of_one_owner')],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("side", models.CharField(choices=[("jobseeker", "Jobseeker"), ("vacancy", "Vacancy")], max_length=10)),
                ("rank", models.PositiveSmallIntegerField()),
                ("packed", models.BinaryField(default=b"")),
                ("told", models.BinaryField(default=b"")),
                ("engine_version", models.CharField(max_length=20)),
                ("made_at", models.DateTimeField(default=visavis.common.clock.now)),
            ],
            options={"verbose_name_plural": "matches", "managed": False},
        ),
        migrations.RunPython(make_view, drop_view),
        migrations.AddField("run", "tries", models.PositiveSmallIntegerField(default=0)),
    ]
