from django.db import migrations

import visavis.vault.fields
import visavis.vault.numbers


class Migration(migrations.Migration):
    dependencies = [("jobseekers", "0004_found_by_change"), ("vault", "0001_initial")]

    operations = [
        migrations.AlterField("jobseeker", "id", visavis.vault.numbers.NumberedField(primary_key=True, serialize=False)),
        migrations.AlterField(
            "jobseeker",
            "about",
            visavis.vault.fields.EncryptedText(
                blank=True, max_length=5000, person="user_id", verbose_name="In her own words"
            ),
        ),
    ]
