from django.db import migrations, models

# Bits of a number became bytes, as many as there are tags: the sweep reads the words anew.


def forget(apps, schema_editor):
    apps.get_model("searches", "Indexed").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("searches", "0003_read_anew")]
    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RemoveField("indexed", "tags"),
        migrations.AddField("indexed", "tags", models.BinaryField(default=b""), preserve_default=False),
    ]
