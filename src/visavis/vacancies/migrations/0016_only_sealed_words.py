from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0015_seal_words")]

    operations = [
        migrations.AddConstraint(
            model_name='hiding',
            constraint=models.CheckConstraint(condition=models.Q(('words__sealed', True)), name='words_of_a_hiding_are_sealed'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('words__sealed', True)), name='words_of_a_report_are_sealed'),
        ),
    ]
