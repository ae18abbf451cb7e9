from django.db import migrations

from visavis.vault.moving import seal_columns


class Migration(migrations.Migration):
    # In batches, each kept when it is done: killed, it goes on where it was.
    atomic = False
    dependencies = [("searches", "0006_searches_rest_sealed")]

    operations = [
        seal_columns("searches.Alert", "params"),
    ]
