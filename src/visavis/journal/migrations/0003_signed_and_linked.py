"""Entries are signed one by one and linked afterwards, so that nobody who writes waits for another.

What the former chain told is asked once more before it goes: a break in it becomes an entry.
"""

import hashlib
import json
from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from visavis.common import clock
from visavis.journal import keys
from visavis.journal.append_only import lowered, never_replaced, only_grows

NAMES = {"actor": "actor_id", "action": "action", "thing": "thing", "thing_id": "thing_id", "person": "person_id", "note": "note"}


def content(entry: Any) -> dict[str, Any]:
    return {"at": entry.at.isoformat(), **{name: getattr(entry, column) for name, column in NAMES.items()}}


def sign(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    entries = apps.get_model("journal", "Entry")
    broken: list[int] = []
    for some in batched(checked(entries, broken), 2000, strict=False):
        for entry in some:
            entry.digest = keys.digest(json.dumps(content(entry), sort_keys=True))
        entries.objects.bulk_update(some, ["digest"], batch_size=500)
    if broken:
        told = entries(at=clock.now(), action="ran", thing="journal", note=f"{len(broken)} broken, first {broken[0]}")
        told.digest = keys.digest(json.dumps(content(told), sort_keys=True))
        told.save()


def checked(entries: Any, broken: list[int]) -> Iterator[Any]:
    before = None
    for entry in entries.objects.order_by("pk").iterator(chunk_size=2000):
        written = json.dumps(content(entry) | {"before": entry.digest_before}, sort_keys=True)
        if entry.digest != hashlib.sha256(written.encode()).hexdigest() or before not in {None, entry.digest_before}:
            broken.append(entry.pk)
        before = entry.digest
        yield entry


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_only_grows")]
    operations = [
        lowered("journal_entry", months=12),
        migrations.RunPython(sign),
        migrations.RemoveConstraint("entry", "entry_follows_one_entry_only"),
        migrations.RemoveConstraint("entry", "entry_is_chained"),
        migrations.RemoveField("entry", "digest_before"),
        migrations.AddConstraint(
            "entry", models.CheckConstraint(condition=~models.Q(digest=""), name="entry_is_signed")
        ),
        migrations.AddIndex("entry", models.Index(fields=["at"], name="journal_by_time")),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry_id", models.BigIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        only_grows("journal_entry", months=12),
        never_replaced("journal_entry", keys=["id"]),
        only_grows("journal_link", months=12),
        never_replaced("journal_link", keys=["id", "entry_id"]),
    ]
