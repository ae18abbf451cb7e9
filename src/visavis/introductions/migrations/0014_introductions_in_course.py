from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("introductions", "0013_meetings_that_stand")]

    operations = [
        migrations.AddIndex(
            model_name="introduction",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["jobseeker", "closed_at"],
                name="introduction_in_course",
            ),
        ),
    ]
