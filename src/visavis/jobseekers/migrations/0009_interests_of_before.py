"""Interests that stood in files before the words of the yes were kept: asked again like all others."""

import datetime as dt

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Max
from django.utils import timezone

LIFE, AT_LEAST = dt.timedelta(days=365), dt.timedelta(days=60)


def keep(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    consents = apps.get_model("consents", "Consent")
    people = apps.get_model("jobseekers", "Jobseeker").objects.filter(interests__isnull=False)
    today = timezone.localdate()
    said = people.annotate(last=Max("interests__approved_at")).values_list("user", "last").order_by("user")
    rows = (
        consents(
            user_id=user,
            purpose="interests",
            language="fr",
            at=last,
            until=max(timezone.localdate(last) + LIFE, today + AT_LEAST),
            how="before",
            by_id=user,
        )
        for user, last in said.iterator(chunk_size=1000)
    )
    consents.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("jobseekers", "0008_by_who_follows"), ("consents", "0001_consents")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
