"""A source fetched by itself each day at its hour, from the address that a head gave; read like a file put here.

What is fetched whole is read and may close; where half would close, `falls` asks first. What could not be fetched or
read changes nothing, is tried again in an hour, and waits for the heads after a day.
"""

import datetime as dt
import logging
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q, QuerySet
from django.tasks import task
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.common import clock, outside
from visavis.common.errors import Refused
from visavis.common.outside import NotReached
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.vacancies.feeds import formats, guessing, services, uploads
from visavis.vacancies.models import Feed, FeedAddress

log = logging.getLogger(__name__)

# What may take half an hour has a queue and a thread of its own in `visavis work`: no list waits for it.
FEEDS = "feeds"
MOST_BYTES = 1_000_000_000
DEADLINE_S = 1800
AGAIN_AFTER = dt.timedelta(hours=1)
# A fetching that has not ended for this long belongs to a worker that died.
STUCK_AFTER = dt.timedelta(hours=3)
TOLD_AFTER = dt.timedelta(days=1)
MOST_ADDRESSES = 50

WHY: dict[str, str | Promise] = {
    "name": _("The name of the address leads nowhere: check how it is written."),
    "private": _("The address leads into a private network: the operator has to allow it."),
    "plain": _("The address is not https: ask the source for one that is."),
    "tls": _("The certificate of the source is not believed: tell the source."),
    "late": _("The source did not answer in time."),
    "silent": _("Nothing answers at this address: check it, or ask the source."),
    "redirect": _("The address leads elsewhere, and we do not follow: write the one it leads to."),
    "status": _("The source refuses to give the file: check the address and its key."),
    "big": _("The file is bigger than 1 GB: the operator has it read by import_feed."),
    "cut": _("The file stopped before its end: nothing was read."),
    "disk": _("No room is left on this machine: tell the operator."),
}


class TooMany(Refused):
    """More sources are fetched than a service needs."""

    words = _("Fifty sources are fetched already. Stop one first.")


class AlreadyFetched(Refused):
    """A source of this name is fetched from another address."""

    words = _("A source of this name is fetched already. Open it to change its address.")


def why(refusal: str) -> str:
    """Return why a source could not be fetched or read."""
    return str(WHY.get(refusal, refusal))


def make(*, name: str, address: str, hour: int, is_partial: bool, by: User) -> FeedAddress:
    """Have a source fetched each day, the first time at once. Raises AlreadyFetched, TooMany."""
    with transaction.atomic():
        if FeedAddress.objects.filter(name=name).exists():
            raise AlreadyFetched
        if FeedAddress.objects.count() >= MOST_ADDRESSES:
            raise TooMany
        row = FeedAddress.objects.create(
            name=name, address=address, hour=hour, is_partial=is_partial, due_at=clock.now()
        )
        journal.record(journal.Act(Entry.Action.CREATED, "feed_address", row.pk), by=by.pk)
    return row


def change(*, row: FeedAddress, address: str, hour: int, is_partial: bool, by: User) -> None:
    """Fetch it elsewhere, at another hour or as a part; another address is tried at once."""
    is_elsewhere = address != row.address
    row.address, row.hour, row.is_partial = address, hour, is_partial
    row.due_at = clock.now() if is_elsewhere else next_at(hour)
    with transaction.atomic():
        row.save(update_fields=["address", "hour", "is_partial", "due_at"])
        journal.record(journal.Act(Entry.Action.CHANGED, "feed_address", row.pk), by=by.pk)


def now(*, row: FeedAddress, by: User) -> None:
    """Have it fetched within the minute."""
    FeedAddress.objects.filter(pk=row.pk).update(due_at=clock.now())
    journal.record(journal.Act(Entry.Action.RAN, "feed_address", row.pk), by=by.pk)


def stop(*, row: FeedAddress, by: User) -> None:
    """Fetch it no more; what it brought stays as it is."""
    number = row.pk
    with transaction.atomic():
        row.delete()
        journal.record(journal.Act(Entry.Action.DELETED, "feed_address", number), by=by.pk)


def next_at(hour: int) -> dt.datetime:
    """Return the next moment at which the clock on the wall shows an hour."""
    today = timezone.localtime(clock.now())
    at = today.replace(hour=hour, minute=0, second=0, microsecond=0)
    if at <= today:
        at = timezone.make_aware(dt.datetime.combine(today.date() + dt.timedelta(days=1), dt.time(hour)))
    return at


def sweep() -> int:
    """Have what is due fetched, whoever else looks; return how many were asked for."""
    asked = 0
    for number in due().values_list("pk", flat=True):
        # Claimed in one statement: two workers ask once.
        if due().filter(pk=number).update(asked_at=clock.now()):
            fetch_address.enqueue(number)
            asked += 1
    return asked


def due() -> QuerySet[FeedAddress]:
    at = clock.now()
    return FeedAddress.objects.filter(
        Q(asked_at__isnull=True) | Q(asked_at__lt=at - STUCK_AFTER), due_at__lte=at
    )


def failing() -> QuerySet[FeedAddress]:
    """Find those that have not been read for more than a day."""
    return FeedAddress.objects.filter(failing_since__lt=clock.now() - TOLD_AFTER)


@task(queue_name=FEEDS)
def fetch_address(address_id: int) -> None:
    """Fetch a source and read it; what became of it stands in its row."""
    row = FeedAddress.objects.filter(pk=address_id, asked_at__isnull=False).first()
    if row is None:
        return
    try:
        with tempfile.TemporaryDirectory(prefix="feed-") as folder:
            read(row, fetched(row, Path(folder)))
    except NotReached as error:
        failed(row, error.why)
    except Refused as refusal:
        failed(row, str(refusal)[:500])
    else:
        FeedAddress.objects.filter(pk=row.pk).update(
            asked_at=None, fetched_at=clock.now(), failing_since=None, refusal="", due_at=next_at(row.hour)
        )


def fetched(row: FeedAddress, folder: Path) -> Path:
    """Bring the file here. Raises NotReached."""
    path = folder / uploads.safe_name(urlsplit(row.address).path.rpartition("/")[2] or "feed")
    with path.open("xb") as file:
        outside.fetch(row.address, file, most=MOST_BYTES, deadline_s=DEADLINE_S)
    return path


def read(row: FeedAddress, path: Path) -> None:
    """Read the file as its source's. Raises what services.read_feed raises."""
    feed = Feed.objects.filter(name=row.name).first()
    code = feed.format if feed and feed.format else guessing.guess(path)
    formats.check(path, code)
    services.read_feed(source=services.Source(row.name, code, [path], row.is_partial), by=None)


def failed(row: FeedAddress, refusal: str) -> None:
    """Keep why, and try again in an hour. The address itself gets into no log: it may hold a key."""
    log.warning("feed address %s: %s", row.pk, refusal if refusal in WHY else "not read")
    at = clock.now()
    FeedAddress.objects.filter(pk=row.pk).update(
        asked_at=None, failing_since=row.failing_since or at, refusal=refusal, due_at=at + AGAIN_AFTER
    )
