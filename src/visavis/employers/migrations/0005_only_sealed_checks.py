from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employers", "0004_seal_checks")]

    operations = [
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('phone__sealed', True), ('words__sealed', True)), name='words_of_an_account_are_sealed'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(('details__sealed', True), ('number__sealed', True), ('spoken_to__sealed', True)), name='words_of_a_check_are_sealed'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('before__sealed', True)), name='what_an_account_was_is_sealed'),
        ),
    ]
