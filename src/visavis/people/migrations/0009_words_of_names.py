from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from visavis.people.names import folded, in_any_order, keep_words_in_step

AT_ONCE = 1_000


def fold_names(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Fold the names that are there; the database then writes their words."""
    model = apps.get_model("people", "User")
    rows = []
    for user in model.objects.only("pk", "name").iterator(AT_ONCE):
        user.folded_name, user.name_key = folded(user.name), in_any_order(user.name)
        rows.append(user)
    model.objects.bulk_update(rows, ["folded_name", "name_key"], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_folded_names'),
    ]

    operations = [
        keep_words_in_step(),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
    ]
