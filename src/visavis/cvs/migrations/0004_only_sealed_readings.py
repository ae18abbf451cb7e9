from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cvs", "0003_seal_readings")]

    operations = [
        migrations.AddConstraint(
            model_name='cvreading',
            constraint=models.CheckConstraint(condition=models.Q(('added__sealed', True), ('facts__sealed', True), ('left__sealed', True)), name='what_was_read_is_sealed'),
        ),
    ]
