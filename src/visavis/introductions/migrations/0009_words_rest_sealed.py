from django.conf import settings
from django.db import migrations

import visavis.vault.fields
import visavis.vault.numbers


class Migration(migrations.Migration):
    dependencies = [
        ('introductions', '0008_delayed'),
        ('jobseekers', '0008_by_who_follows'),
        ('vacancies', '0012_newest_of_ours'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='introduction',
            name='id',
            field=visavis.vault.numbers.NumberedField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='introduction',
            name='meeting_address',
            field=visavis.vault.fields.EncryptedText(blank=True, max_length=200, person='jobseeker.user_id'),
        ),
        migrations.AlterField(
            model_name='introduction',
            name='meeting_contact',
            field=visavis.vault.fields.EncryptedText(blank=True, max_length=120, person='jobseeker.user_id'),
        ),
        migrations.AlterField(
            model_name='introduction',
            name='meeting_phone',
            field=visavis.vault.fields.EncryptedText(blank=True, max_length=20, person='jobseeker.user_id'),
        ),
        migrations.AlterField(
            model_name='introduction',
            name='meeting_wish',
            field=visavis.vault.fields.EncryptedText(blank=True, max_length=300, person='jobseeker.user_id'),
        ),
        migrations.AlterField(
            model_name='introduction',
            name='note',
            field=visavis.vault.fields.EncryptedText(blank=True, max_length=500, person='jobseeker.user_id'),
        ),
        migrations.AlterField(
            model_name='step',
            name='before',
            field=visavis.vault.fields.EncryptedJSON(blank=True, default=dict, person='introduction.jobseeker.user_id'),
        ),
        migrations.AlterField(
            model_name='step',
            name='id',
            field=visavis.vault.numbers.NumberedField(primary_key=True, serialize=False),
        ),
    ]
