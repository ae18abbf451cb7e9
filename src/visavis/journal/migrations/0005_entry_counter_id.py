from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0004_entry_mandate_id'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='counter_id',
            field=models.BigIntegerField(null=True),
        ),
    ]
