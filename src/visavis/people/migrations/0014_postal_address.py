from django.db import migrations, models

import visavis.vault.fields
from visavis.people.names import keep_words_in_step


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0013_letters'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='postal_address',
            field=visavis.vault.fields.EncryptedText(blank=True, default='', max_length=250, person='pk', verbose_name='Postal address'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('postal_address__sealed', True)), name='postal_address_is_sealed'),
        ),
        # SQLite made the table anew, and forgot its triggers.
        keep_words_in_step(),
    ]
