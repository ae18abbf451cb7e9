from django.db import migrations

from visavis.vault.moving import seal_columns


class Migration(migrations.Migration):
    # In batches, each kept when it is done: killed, it goes on where it was.
    atomic = False
    dependencies = [("introductions", "0009_words_rest_sealed")]

    operations = [
        seal_columns("introductions.Introduction", "note", "meeting_address", "meeting_contact", "meeting_phone", "meeting_wish", with_rows=("jobseeker",)),
        seal_columns("introductions.Step", "before", with_rows=("introduction__jobseeker",)),
    ]
