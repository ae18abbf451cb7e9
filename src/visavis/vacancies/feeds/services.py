"""Bring a feed's vacancies in: once each, changed when they change, closed when they disappear."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import batched
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.progress import Report, silent
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.vacancies import changes
from visavis.vacancies.feeds import catalogued, files, france_travail
from visavis.vacancies.feeds.vacancy import Kind, Note, Places, Read, VacancyRead
from visavis.vacancies.feeds.writing import Writer
from visavis.vacancies.models import Feed, FeedRun, FeedRunNote, Vacancy

type Reader = Callable[[Any, Places, dt.datetime], Read]

BATCH = 200
FORMATS: dict[str, Reader] = {
    france_travail.FORMAT: lambda record, places, now: france_travail.read_found(
        record, places=places, now=now
    )
}


class UnknownFormat(Refused):
    """Nobody here reads this format."""


@dataclass(frozen=True)
class Source:
    """What to read: under which name, in which format, from which files; `is_partial` closes nothing."""

    name: str
    format: str
    files: Sequence[Path]
    is_partial: bool = False


def read_feed(*, source: Source, by: User | None, report: Report = silent) -> FeedRun:
    """Read the files of a feed as one whole, and return the run with its counts and notes.

    Guarantees: nothing is written when a file cannot be read at all; a second reading of the same
    files changes nothing; a vacancy is closed only when whole files no longer hold it. Raises
    UnknownFormat and files.FileRefused.
    """
    if source.format not in FORMATS:
        raise UnknownFormat(
            _("This format is not known: %(format)s. Known: %(known)s.")
            % {"format": source.format, "known": ", ".join(FORMATS)}
        )
    opened = [files.open_feed(path) for path in source.files]
    run = _start(source, opened, by)
    seen: set[str] = set()
    total, done = sum(file.count for file in opened), 0
    writer = Writer(run)
    for reads in batched(_reads(source, opened), BATCH, strict=False):
        with transaction.atomic():
            _take(run, writer, reads, seen)
        done += len(reads)
        report(done, total)
    _finish(run, source, opened, seen)
    if run.created or run.changed or run.closed:
        changes.tell_of_feed()
    return run


def _start(source: Source, opened: list[files.FeedFile], by: User | None) -> FeedRun:
    digest = hashlib.sha256("".join(file.digest for file in opened).encode()).hexdigest()
    with transaction.atomic():
        feed, _new = Feed.objects.get_or_create(name=source.name[:80], defaults={"format": source.format})
        run = FeedRun.objects.create(feed=feed, file_digest=digest)
        journal.record(journal.Act(Entry.Action.RAN, "feed_run", run.pk), by=by.pk if by else None)
    return run


def _reads(source: Source, opened: list[files.FeedFile]) -> Iterator[Read]:
    places, now, reader = catalogued.places(), clock.now(), FORMATS[source.format]
    for file in opened:
        for record in file.records():
            yield reader(record, places, now)


def _take(run: FeedRun, writer: Writer, reads: Iterable[Read], seen: set[str]) -> None:
    """Write one batch: the vacancies that are new or changed, and every note."""
    kept: dict[str, Read] = {}
    notes: list[tuple[str, Note]] = []
    for read in reads:
        run.read += 1
        if read.key and read.key in seen:
            notes.append((read.key, Note("id", "twice_in_file", read.key, Kind.REFUSED)))
            continue
        seen.add(read.key)
        notes += [(read.key, note) for note in read.notes]
        if read.vacancy is not None:
            kept[read.key] = read
    run.refused += sum(1 for _key, note in notes if note.kind == Kind.REFUSED)
    notes += writer.write(
        {key: (read.vacancy, content_digest(read.vacancy)) for key, read in kept.items() if read.vacancy}
    )
    note(run, notes)
    run.save()


def content_digest(vacancy: VacancyRead) -> str:
    """Return the SHA-256 of all that was understood."""
    return hashlib.sha256(json.dumps(asdict(vacancy), sort_keys=True, default=str).encode()).hexdigest()


def note(run: FeedRun, notes: Iterable[tuple[str, Note]]) -> None:
    FeedRunNote.objects.bulk_create(
        FeedRunNote(
            run=run,
            kind=note.kind.value,
            key=key[:80],
            field=note.field[:60],
            reason=note.reason,
            value=note.value[:250],
        )
        for key, note in notes
    )


def _finish(run: FeedRun, source: Source, opened: list[files.FeedFile], seen: set[str]) -> None:
    """Close what disappeared, if the files are whole, and say why when nothing could be closed."""
    reasons = [
        ("", Note(file.path.name, "file_cut", str(file.cut_at))) for file in opened if file.cut_at is not None
    ]
    if not any(seen):
        reasons.append(("", Note("file", "nothing_in_file")))
    elif "" in seen and not source.is_partial:
        reasons.append(("", Note("file", "unread_records")))
    with transaction.atomic():
        run.is_whole = not reasons and not source.is_partial
        note(run, reasons)
        if run.is_whole:
            run.closed = _close_others(run.feed, seen)
        run.ended_at = clock.now()
        run.save()


def _close_others(feed: Feed, seen: set[str]) -> int:
    """Close the open vacancies of the feed that were not seen."""
    there = Vacancy.objects.filter(feed=feed, state=Vacancy.State.OPEN).values_list("pk", "feed_key")
    gone = [pk for pk, key in there.iterator() if key not in seen]
    for part in batched(gone, BATCH, strict=False):
        Vacancy.objects.filter(pk__in=part).update(state=Vacancy.State.CLOSED, changed_at=clock.now())
    return len(gone)
