from django.conf import settings
from django.db import migrations

import visavis.vault.fields
import visavis.vault.numbers


class Migration(migrations.Migration):
    dependencies = [
        ('searches', '0005_small_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='alert',
            name='id',
            field=visavis.vault.numbers.NumberedField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='alert',
            name='params',
            field=visavis.vault.fields.EncryptedJSON(blank=True, default=list, person='user_id'),
        ),
    ]
