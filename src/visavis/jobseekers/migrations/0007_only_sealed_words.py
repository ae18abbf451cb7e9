from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobseekers", "0006_seal_own_words")]

    operations = [
        migrations.AddConstraint(
            "jobseeker",
            models.CheckConstraint(condition=models.Q(("about__sealed", True)), name="own_words_are_sealed"),
        ),
    ]
