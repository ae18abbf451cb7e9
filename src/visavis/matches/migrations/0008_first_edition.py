"""The lists there are become the first edition."""

from math import exp, log1p

from django.db import migrations


def gather(apps, schema_editor):
    """Put every match in one edition; what ranks it is its chance alone until the next night."""
    Match, Edition = apps.get_model("matches", "Match"), apps.get_model("matches", "Edition")
    if not Match.objects.exists():
        return
    first = Match.objects.order_by("made_at").values_list("made_at", flat=True)[0]
    edition = Edition.objects.create(is_served=True, served_at=first, began_at=first)
    some = []
    for match in Match.objects.only("pk", "side", "score").iterator(chunk_size=2_000):
        match.edition, match.worth = edition, -log1p(exp(-match.score)) if match.side == "jobseeker" else match.score
        some.append(match)
        if len(some) == 2_000:
            Match.objects.bulk_update(some, ["edition", "worth"])
            some = []
    Match.objects.bulk_update(some, ["edition", "worth"])


class Migration(migrations.Migration):
    dependencies = [("matches", "0007_editions")]
    operations = [migrations.RunPython(gather, migrations.RunPython.noop)]
