from django.db import migrations, models
from django.db.models import Q

import visavis.vault.fields


class Migration(migrations.Migration):
    dependencies = [("people", "0006_seal_contacts")]

    operations = [
        migrations.AddConstraint(
            "user",
            models.UniqueConstraint(visavis.vault.fields.MarkOf("email"), name="an_email_opens_one_account"),
        ),
        migrations.AddConstraint(
            "user",
            models.UniqueConstraint(visavis.vault.fields.MarkOf("phone"), name="a_phone_opens_one_account"),
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=Q(("email__isnull", True)) | Q(("email__sealed", True)),
                name="email_is_absent_or_sealed",
            ),
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=Q(("phone__isnull", True)) | Q(("phone__sealed", True)),
                name="phone_is_absent_or_sealed",
            ),
        ),
    ]
