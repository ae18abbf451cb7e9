from django.db import migrations

from visavis.searches.index import words

# The rows of PostgreSQL's full text became small ones: the sweep writes the words anew.


def lay_anew(apps, editor):
    if editor.connection.vendor != "postgresql":
        return
    for statement in [*words.DROP["postgresql"], *words.CREATE["postgresql"]]:
        editor.execute(statement)
    apps.get_model("searches", "Indexed").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("searches", "0004_room_for_tags")]
    operations = [migrations.RunPython(lay_anew, migrations.RunPython.noop)]
