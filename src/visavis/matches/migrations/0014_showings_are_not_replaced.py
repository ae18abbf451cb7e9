"""What was shown cannot be replaced either: on SQLite INSERT OR REPLACE deletes without asking a trigger."""

from django.db import migrations

from visavis.journal.append_only import never_replaced


class Migration(migrations.Migration):
    dependencies = [("matches", "0013_tiers")]
    operations = [never_replaced("matches_showing", keys=["id"])]
