import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matches", "0008_first_edition")]
    operations = [
        migrations.AlterField(
            model_name="match",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="matches.edition"
            ),
        )
    ]
