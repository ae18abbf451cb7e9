"""The log of rankings shown only grows; a row is kept six months at least (AI Act, art. 26)."""

from django.db import migrations

from visavis.journal.append_only import only_grows


class Migration(migrations.Migration):
    dependencies = [("matches", "0001_initial")]
    operations = [only_grows("matches_showing", months=6)]
