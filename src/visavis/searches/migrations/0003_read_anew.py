from django.db import migrations

# Words are cut and read otherwise since: the sweep writes them anew.


def forget(apps, schema_editor):
    apps.get_model("searches", "Indexed").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("searches", "0002_words")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
