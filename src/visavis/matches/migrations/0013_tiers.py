"""What spreading took of people's best twenty, and what prices may take for each.

The view of places goes while its table is made anew, which is how SQLite adds a column.
"""

from importlib import import_module

from django.db import migrations, models

a_row_a_list = import_module("visavis.matches.migrations.0012_a_row_a_list")


class Migration(migrations.Migration):
    dependencies = [("matches", "0012_a_row_a_list")]

    operations = [
        migrations.RunPython(a_row_a_list.drop_view, a_row_a_list.make_view),
        migrations.AddField("edition", "lost", models.FloatField(default=0.0)),
        migrations.AddField("edition", "most_lost", models.FloatField(default=0.0)),
        migrations.AddField("matchlist", "allowed", models.FloatField(default=0.0)),
        migrations.RunPython(a_row_a_list.make_view, a_row_a_list.drop_view),
    ]
