"""The journal only grows; a row is kept twelve months (docs/operations.md, retention)."""

from django.db import migrations

from visavis.journal.append_only import only_grows


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [only_grows("journal_entry", months=12)]
