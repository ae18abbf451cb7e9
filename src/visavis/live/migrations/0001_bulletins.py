from django.db import migrations, models

import visavis.common.clock
from visavis.live.numbering import at_the_commit


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=64)),
                ("for_user", models.BigIntegerField(blank=True, null=True)),
                ("body", models.JSONField()),
                ("key", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("at", models.DateTimeField(default=visavis.common.clock.now)),
            ],
            options={"indexes": [models.Index(fields=["topic", "id"], name="bulletin_by_topic")]},
        ),
        at_the_commit(),
    ]
