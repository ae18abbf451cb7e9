from django.conf import settings
from django.db import migrations

import visavis.vault.fields
import visavis.vault.numbers


class Migration(migrations.Migration):
    dependencies = [
        ('employers', '0002_accounts_of_before'),
        ('vacancies', '0012_newest_of_ours'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='account',
            name='id',
            field=visavis.vault.numbers.NumberedField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='account',
            name='phone',
            field=visavis.vault.fields.EncryptedText(blank=True, max_length=20, person=''),
        ),
        migrations.AlterField(
            model_name='account',
            name='words',
            field=visavis.vault.fields.EncryptedText(blank=True, max_length=300, person=''),
        ),
        migrations.AlterField(
            model_name='check',
            name='details',
            field=visavis.vault.fields.EncryptedText(blank=True, max_length=200, person=''),
        ),
        migrations.AlterField(
            model_name='check',
            name='id',
            field=visavis.vault.numbers.NumberedField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='check',
            name='number',
            field=visavis.vault.fields.EncryptedText(blank=True, max_length=20, person=''),
        ),
        migrations.AlterField(
            model_name='check',
            name='spoken_to',
            field=visavis.vault.fields.EncryptedText(max_length=120, person=''),
        ),
        migrations.AlterField(
            model_name='step',
            name='before',
            field=visavis.vault.fields.EncryptedJSON(blank=True, default=dict, person=''),
        ),
        migrations.AlterField(
            model_name='step',
            name='id',
            field=visavis.vault.numbers.NumberedField(primary_key=True, serialize=False),
        ),
    ]
