from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consents", "0003_by_a_program"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="consent",
            name="a_consent_came_in_some_way",
        ),
        migrations.AlterField(
            model_name="consent",
            name="how",
            field=models.CharField(
                choices=[
                    ("web", "on this site"),
                    ("counter", "by voice, to the agency"),
                    ("post", "by post"),
                    ("paper", "on paper, by the words printed there"),
                    ("program", "by a program"),
                    ("before", "before we kept the words"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["web", "counter", "post", "paper", "program", "before"])),
                name="a_consent_came_in_some_way",
            ),
        ),
    ]
