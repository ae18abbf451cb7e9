"""A file put on the page of the feeds: kept for a day, its columns chosen, looked at, then read by a job."""

import datetime as dt
import logging
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.tasks import task
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.vacancies.ads import values
from visavis.vacancies.feeds import catalogued, formats, guessing, mapping, services
from visavis.vacancies.feeds.records import csv_rows
from visavis.vacancies.feeds.records.vacancy import Read, VacancyRead
from visavis.vacancies.feeds.services import Source
from visavis.vacancies.feeds.splitting import csv_files
from visavis.vacancies.feeds.splitting.files import Broken
from visavis.vacancies.models import Feed, FeedRun, FeedUpload

log = logging.getLogger(__name__)

KEPT_FOR = dt.timedelta(days=1)
# A reading that has not moved for this long belongs to a worker that died.
STUCK_AFTER = dt.timedelta(hours=2)
ROWS_LOOKED_AT = 5
VALUES_SHOWN = 3
MOST_SHOWN = 60


class AlreadyAsked(Refused):
    """The file is being read, or was."""


@dataclass
class Preview:
    """The first records as understood; of a table, its columns with their first values."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    values: list[list[str]] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""


def keep(*, name: str, file: File[bytes], said: str, by: User) -> FeedUpload:
    """Keep a file that was sent, find its format and guess its columns.

    Raises what `formats` and `guessing` raise; nothing is kept then.
    """
    upload = FeedUpload(name=name[:80], file_name=safe_name(file.name or ""))
    upload.file.save(f"{secrets.token_urlsafe(12)}/{upload.file_name}", file, save=False)
    try:
        path = Path(upload.file.path)
        feed = Feed.objects.filter(name=upload.name).first()
        upload.format = said or guessing.guess(path)
        known = dict(feed.columns) if feed and feed.format == upload.format else {}
        services.check_source(upload.name, upload.format)
        formats.check(path, upload.format)
        if upload.format == csv_rows.FORMAT:
            layout = csv_files.layout_of(path)
            upload.columns = mapping.guess(layout.columns, first_rows(path, layout), known)
        opened = formats.named(upload.format).open(path, upload.columns)
        upload.count = opened.count
        upload.preview = asdict(look(upload))
        with transaction.atomic():
            upload.save()
            journal.record(journal.Act(Entry.Action.CREATED, "feed_upload", upload.pk), by=by.pk)
    except BaseException:
        throw_file(upload)
        raise
    return upload


def safe_name(name: str) -> str:
    """Return a name of a file without anything that a path or a page could take ill."""
    stem, dot, ending = Path(name).name.rpartition(".")
    kept = re.sub(r"[^\w.-]+", "_", stem if dot else ending)[:80].strip("._") or "file"
    return f"{kept}.{re.sub(r'[^A-Za-z0-9]', '', ending)[:8] or 'txt'}" if dot else kept


def first_rows(path: Path, layout: csv_files.Layout) -> list[list[str]]:
    file = csv_files.CsvFile(path, "", 0, layout)
    rows = (row for _line, row in file.rows() if not isinstance(row, Broken))
    return list(islice(rows, ROWS_LOOKED_AT * 4))


def look(upload: FeedUpload) -> Preview:
    """Read the first records without writing anything. Raises FileRefused."""
    path, known = Path(upload.file.path), formats.named(upload.format)
    preview = Preview()
    columns: Mapping[str, str] = upload.columns
    if upload.format == csv_rows.FORMAT:
        layout = csv_files.layout_of(path)
        rows = first_rows(path, layout)
        preview.columns, preview.encoding, preview.delimiter = (
            list(layout.columns),
            layout.encoding,
            layout.delimiter,
        )
        preview.values = [
            [row[place][:MOST_SHOWN] for row in rows[:VALUES_SHOWN] if place < len(row)]
            for place in range(len(layout.columns))
        ]
        opened: Any = csv_files.CsvFile(path, "", 0, layout, columns)
    else:
        opened = known.open(path, columns)
    places, now = catalogued.places(), clock.now()
    for number, record in islice(opened.numbered(), ROWS_LOOKED_AT):
        preview.rows.append(shown(number, known.read(record, places, now)))
    return preview


def shown(number: int, read: Read) -> dict[str, Any]:
    """Return what the page shows of a record, as codes and data: its words are the reader's."""
    row: dict[str, Any] = {"number": number, "reasons": [note.reason for note in read.notes]}
    found = read.vacancy
    if found is None:
        return {**row, "is_refused": not read.is_closed}
    return {**row, **asdict_of(found)}


def asdict_of(found: VacancyRead) -> dict[str, Any]:
    said = values.columns(found.understood(clock.now()))
    return {
        "title": found.title,
        "employer": found.employer.name,
        "place": found.place.label or found.place.commune if found.place else "",
        "contract": said["contract"],
        "pay": [said["pay_min_hour"], said["pay_max_hour"]],
        "hours": [said["hours_min"], said["hours_max"]],
        "words": len(found.description.split()),
    }


def choose(*, upload: FeedUpload, columns: Mapping[str, str]) -> FeedUpload:
    """Keep what a person says of the columns, and read the first rows again."""
    upload.columns = {name: columns.get(name, "") for name in upload.preview["columns"]}
    upload.preview = asdict(look(upload))
    upload.save(update_fields=["columns", "preview"])
    return upload


def source_of(upload: FeedUpload) -> Source:
    columns = upload.columns if upload.format == csv_rows.FORMAT else None
    return Source(upload.name, upload.format, [Path(upload.file.path)], upload.is_partial, columns)


def ask(*, upload: FeedUpload, is_partial: bool, by: User) -> None:
    """Have the file read by a job, once the present transaction is kept.

    Raises AlreadyAsked, and what services.look_through raises: the person hears it now.
    """
    upload.is_partial = is_partial
    services.look_through(source_of(upload))
    with transaction.atomic():
        claimed = FeedUpload.objects.filter(pk=upload.pk, asked_at__isnull=True)
        if not claimed.update(asked_at=clock.now(), is_partial=is_partial, refusal=""):
            raise AlreadyAsked(_("This file is being read already."))
        number, actor = upload.pk, by.pk
        transaction.on_commit(lambda: read_upload.enqueue(number, actor))


@task
def read_upload(upload_id: int, by_id: int | None) -> None:
    """Read a file that was asked for, whoever else tries: the row is claimed in one statement."""
    waiting = FeedUpload.objects.filter(pk=upload_id, asked_at__isnull=False, started_at__isnull=True)
    if not waiting.update(started_at=clock.now()):
        return
    upload = FeedUpload.objects.get(pk=upload_id)
    by = User.objects.filter(pk=by_id).first() if by_id else None

    def started(run: FeedRun) -> None:
        FeedUpload.objects.filter(pk=upload_id).update(run=run)

    try:
        services.read_feed(source=source_of(upload), by=by, started=started)
    except Refused as error:
        FeedUpload.objects.filter(pk=upload_id).update(refusal=str(error)[:500])
        return
    throw_file(upload)


def discard(*, upload: FeedUpload, by: User) -> None:
    """Throw a file away. Raises AlreadyAsked while it is being read."""
    if upload.started_at and not upload.refusal and not (upload.run and upload.run.ended_at):
        raise AlreadyAsked(_("This file is being read already."))
    number = upload.pk
    with transaction.atomic():
        upload.delete()
        journal.record(journal.Act(Entry.Action.DELETED, "feed_upload", number), by=by.pk)
    throw_file(upload)


def throw_file(upload: FeedUpload) -> None:
    """Delete the file and its folder, if they are still there."""
    with suppress(OSError, ValueError):
        path = Path(upload.file.path)
        path.unlink(missing_ok=True)
        path.parent.rmdir()


def sweep() -> int:
    """Start again what was asked for and is not done, throw away what is a day old; return how many were started."""
    now = clock.now()
    for upload in FeedUpload.objects.filter(uploaded_at__lt=now - KEPT_FOR):
        throw_file(upload)
        upload.delete()
    stuck = FeedUpload.objects.filter(
        started_at__lt=now - STUCK_AFTER, run__ended_at__isnull=True, refusal=""
    )
    stuck.update(started_at=None)
    due = FeedUpload.objects.filter(asked_at__lt=now - dt.timedelta(minutes=1), started_at__isnull=True)
    numbers = list(due.values_list("pk", flat=True))
    for number in numbers:
        read_upload.enqueue(number, None)
    return len(numbers)
