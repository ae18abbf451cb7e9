from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0005_entry_counter_id'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='token_id',
            field=models.BigIntegerField(null=True),
        ),
    ]
