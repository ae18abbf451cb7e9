from typing import Any

from django.db import migrations, models
from django.db.models import Max, OuterRef, Subquery


def keep(apps: Any, _editor: Any) -> None:
    """Keep of each introduction when the person last acted on it, as her steps say."""
    introductions, steps = (apps.get_model("introductions", name) for name in ("Introduction", "Step"))
    hers = steps.objects.filter(introduction=OuterRef("pk"), side="jobseeker").order_by()
    latest = hers.values("introduction").annotate(latest=Max("at")).values("latest")
    introductions.objects.update(heard_at=Subquery(latest))


class Migration(migrations.Migration):
    dependencies = [("introductions", "0014_introductions_in_course")]

    operations = [
        migrations.AddField(
            model_name="introduction",
            name="heard_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="introduction",
            index=models.Index(
                condition=models.Q(("heard_at__isnull", False)),
                fields=["jobseeker", "heard_at"],
                name="introduction_heard",
            ),
        ),
        migrations.RemoveIndex(model_name="step", name="step_by_side"),
    ]
