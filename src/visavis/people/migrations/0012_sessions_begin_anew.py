from typing import Any

from django.db import migrations


def forget(apps: Any, editor: Any) -> None:
    """Sessions of before rest under their own keys, in plain: who is signed in signs in once more."""
    apps.get_model("sessions", "Session").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0011_linked_identities"), ("sessions", "0001_initial")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
