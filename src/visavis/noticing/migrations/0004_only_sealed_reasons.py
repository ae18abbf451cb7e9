from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("noticing", "0003_seal_reasons")]

    operations = [
        migrations.AddConstraint(
            model_name='reason',
            constraint=models.CheckConstraint(condition=models.Q(('words__sealed', True)), name='words_of_a_reason_are_sealed'),
        ),
    ]
