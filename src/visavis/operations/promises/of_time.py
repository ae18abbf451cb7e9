"""What is promised of time: kept no longer than needed, and nothing of who was erased."""

import datetime as dt
import json
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Q

from visavis.common import clock, keeping
from visavis.common.keeping import Erased
from visavis.journal.models import Entry
from visavis.leaving.models import Hold
from visavis.mailboxes.models import Incoming
from visavis.operations.health import machine
from visavis.operations.promises.promise import Answer, Held, Promise, counted
from visavis.operations.saving import backup, stores
from visavis.people.models import User
from visavis.scans.models import Scan
from visavis.vault import keys
from visavis.vault.models import PersonKey

# What became due last night may still be there.
NIGHTS = dt.timedelta(days=2)


def nothing_overdue() -> Answer:
    found = keeping.overdue(clock.now() - NIGHTS)
    late = {word: number for word, number in found.items() if number}
    told = "; ".join(f"{word}: {number}" for word, number in late.items()) or "none"
    return Answer(
        Held.BROKEN if late else Held.KEPT, f"rows past their time by two nights: {told} ({len(found)} kinds)"
    )


def erased_numbers() -> set[int]:
    """Return the numbers of who was erased, by the journal and by the file outside the database."""
    told = Entry.objects.filter(action=Entry.Action.DELETED, thing="account").values_list(
        "person_id", flat=True
    )
    numbers = {number for number in told if number is not None}
    path = Path(settings.VISAVIS_ERASED)
    if path.exists():
        lines = path.read_text(encoding="ascii").splitlines()
        numbers |= {int(json.loads(line)["person"]) for line in lines if line}
    return numbers


def nothing_of_the_erased() -> Answer:
    numbers = erased_numbers()
    left = []
    for one in keeping.kept():
        if one.erased is Erased.BY_TIME:
            continue
        for rows in one.tables:
            if isinstance(rows.person, str) and rows.person:
                way = Q((f"{rows.person}__in", numbers))
                number = rows.model._base_manager.filter(way).count()
                left += [f"{rows.model._meta.label}: {number}"] if number else []
    return Answer(
        Held.BROKEN if left else Held.KEPT,
        f"rows of {len(numbers)} people erased: {'; '.join(left) or 'none'}",
    )


def no_key_without_a_person() -> Answer:
    """The house has one too, and each scan, and each message of which nobody has said yet whose it is."""
    waiting = Incoming.objects.filter(sealed_for__lt=keys.HOUSE).values("sealed_for")
    scans = [scan.own_key for scan in Scan.objects.only("pk")]
    drawn = PersonKey.objects.exclude(pk=keys.HOUSE).exclude(pk__in=waiting).exclude(pk__in=scans)
    return counted(drawn.exclude(pk__in=User.objects.values("pk")).count(), "keys of nobody", drawn.count())


def no_old_backup() -> Answer:
    if not settings.VISAVIS_BACKUP_TO:
        return Answer(Held.UNSEEN, "VISAVIS_BACKUP_TO says no folder: look where your backups are")
    try:
        whole, old = backup.lying(settings.VISAVIS_BACKUP_TO, clock.now() - NIGHTS)
    except stores.NoStore as refusal:
        return Answer(Held.UNSEEN, str(refusal))
    return counted(old, "backups older than 37 days or unfinished", whole)


def keys_leave_copies() -> Answer:
    """Ask whether the page says the days that copies of the database keep the key of who was erased."""
    days, is_ours = settings.VISAVIS_CONTINUOUS_DAYS, settings.VISAVIS_CONTINUOUS
    if not days:
        told = (
            f"the database's log is {'' if log_is_archived() else 'not '}archived, and the page says at once"
        )
        return Answer(Held.BROKEN if log_is_archived() else Held.KEPT, told)
    if not is_ours:
        return Answer(Held.UNSEEN, f"the page says {days} days: ask who makes the copies")
    made = machine.last("continuous")
    told = f"the page says {days} days; the last whole copy, which throws old ones away: {made or 'none'}"
    return Answer(Held.KEPT if made and clock.now() - made < NIGHTS else Held.BROKEN, told)


def log_is_archived() -> bool:
    """Say whether PostgreSQL keeps its log as it is written, whoever has set that up."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SHOW archive_mode")
        return bool(cursor.fetchone()[0] != "off")


def no_hold_for_ever() -> Answer:
    held = Hold.objects.in_force()
    long = held.filter(until__gt=clock.today() + Hold.LONGEST).count()
    return counted(long, "accounts held for more than a year", held.count())


PROMISES = (
    Promise("retention", "What is past its time is deleted every night.", "/privacy/kept/", nothing_overdue),
    Promise(
        "erased",
        "Of who is erased no row is left but the journal's number.",
        "/privacy/kept/",
        nothing_of_the_erased,
    ),
    Promise("keys", "Erasing a person erases her key.", "docs/security/at-rest.md", no_key_without_a_person),
    Promise("backups", "Backups are thrown away after 35 days.", "/privacy/kept/", no_old_backup),
    Promise(
        "copies",
        "An erased key leaves the copies of the database in the days told.",
        "/privacy/kept/",
        keys_leave_copies,
    ),
    Promise("holds", "An account is held a year at most.", "/privacy/kept/", no_hold_for_ever),
)
