"""Scans past their time: a month after they came, once nothing of them waits."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from visavis.scans.enums import PartState, Purpose, ScanState
from visavis.scans.models import Cover, Part, Scan, SheetReading
from visavis.vault import keys

# Who still holds an old sheet is told that its day is past, and whose it was is still known then.
AFTERWARDS = dt.timedelta(days=180)


def over(now: dt.datetime) -> QuerySet[Scan]:
    """Find the scans of a month ago of which nothing waits to be sorted, and no sheet of cards to be entered."""
    to_enter = Q(purpose=Purpose.CARDS, state=PartState.FILED, thing_id__isnull=True, person__isnull=False)
    waits = Part.objects.filter(Q(state=PartState.TO_SORT) | to_enter, scan=OuterRef("pk")).order_by()
    rows = Scan.objects.filter(at__lt=now - Scan.KEPT).exclude(state=ScanState.RECEIVED)
    return rows.exclude(state=ScanState.STOPPED, seen_at__isnull=True).exclude(Exists(waits))


def forget(row: Scan) -> int:
    """Delete a scan, and its key: its pages are nothing any more."""
    keys.erase(row.own_key)
    return row.delete()[1].get(Scan._meta.label, 0)


def covers_over(now: dt.datetime) -> QuerySet[Cover]:
    """Find the sheets whose day is long past."""
    return Cover.objects.filter(until__lt=(now - AFTERWARDS).date())


def readings_over(now: dt.datetime) -> QuerySet[SheetReading]:
    """Find what was read on sheets that no longer wait to be entered."""
    return SheetReading.objects.exclude(part__in=Part.objects.unentered().order_by().values("pk"))
