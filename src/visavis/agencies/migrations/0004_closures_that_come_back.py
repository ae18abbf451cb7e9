from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_hours")]

    operations = [
        migrations.AddField("closure", "rule", models.CharField(blank=True, default="", max_length=60), False),
    ]
