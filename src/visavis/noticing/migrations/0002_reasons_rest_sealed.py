from django.conf import settings
from django.db import migrations

import visavis.vault.fields
import visavis.vault.numbers


class Migration(migrations.Migration):
    dependencies = [
        ('noticing', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reason',
            name='id',
            field=visavis.vault.numbers.NumberedField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='reason',
            name='words',
            field=visavis.vault.fields.EncryptedText(max_length=200, person='by_id', verbose_name='Why do you need these files?'),
        ),
    ]
