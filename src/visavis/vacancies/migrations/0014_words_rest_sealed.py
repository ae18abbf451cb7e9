from django.conf import settings
from django.db import migrations

import visavis.vault.fields
import visavis.vault.numbers


class Migration(migrations.Migration):
    dependencies = [
        ('vacancies', '0013_feed_falls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='hiding',
            name='id',
            field=visavis.vault.numbers.NumberedField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='hiding',
            name='words',
            field=visavis.vault.fields.EncryptedText(blank=True, max_length=500, person=''),
        ),
        migrations.AlterField(
            model_name='report',
            name='id',
            field=visavis.vault.numbers.NumberedField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='report',
            name='words',
            field=visavis.vault.fields.EncryptedText(blank=True, max_length=500, person=''),
        ),
    ]
