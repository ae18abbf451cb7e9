from django.db import migrations

import visavis.vault.fields
import visavis.vault.numbers


class Migration(migrations.Migration):
    dependencies = [("people", "0004_sign_outs"), ("vault", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("user", "email_is_absent_or_written"),
        migrations.RemoveConstraint("user", "email_is_in_lower_case"),
        migrations.RemoveConstraint("user", "phone_is_absent_or_written"),
        migrations.AlterField("user", "id", visavis.vault.numbers.NumberedField(primary_key=True, serialize=False)),
        migrations.AlterField(
            "user",
            "email",
            visavis.vault.fields.EncryptedContact(
                blank=True, max_length=254, null=True, person="pk", verbose_name="E-mail"
            ),
        ),
        migrations.AlterField(
            "user",
            "phone",
            visavis.vault.fields.EncryptedContact(
                blank=True, max_length=20, null=True, person="pk", verbose_name="Phone"
            ),
        ),
    ]
