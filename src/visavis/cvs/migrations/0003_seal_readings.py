from django.db import migrations

from visavis.vault.moving import seal_columns


class Migration(migrations.Migration):
    # In batches, each kept when it is done: killed, it goes on where it was.
    atomic = False
    dependencies = [("cvs", "0002_readings_rest_sealed")]

    operations = [
        seal_columns("cvs.CvReading", "facts", "left", "added", with_rows=("jobseeker",)),
    ]
