from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("searches", "0007_seal_searches")]

    operations = [
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('params__sealed', True)), name='what_is_searched_is_sealed'),
        ),
    ]
