from django.conf import settings
from django.db import migrations

import visavis.vault.fields
import visavis.vault.numbers


class Migration(migrations.Migration):
    dependencies = [
        ('cvs', '0001_cv_reading'),
        ('jobseekers', '0008_by_who_follows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='cvreading',
            name='added',
            field=visavis.vault.fields.EncryptedJSON(blank=True, default=dict, person='jobseeker.user_id'),
        ),
        migrations.AlterField(
            model_name='cvreading',
            name='facts',
            field=visavis.vault.fields.EncryptedJSON(blank=True, default=list, person='jobseeker.user_id'),
        ),
        migrations.AlterField(
            model_name='cvreading',
            name='id',
            field=visavis.vault.numbers.NumberedField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='cvreading',
            name='left',
            field=visavis.vault.fields.EncryptedJSON(blank=True, default=list, person='jobseeker.user_id'),
        ),
    ]
