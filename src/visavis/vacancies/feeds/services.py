"""Bring a feed's vacancies in: once each, changed when they change, closed when they disappear."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import batched
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.progress import Report, silent
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.vacancies import ads, changes, falls
from visavis.vacancies.feeds import catalogued, formats, mapping, merging
from visavis.vacancies.feeds.records import csv_rows
from visavis.vacancies.feeds.records.vacancy import Kind, Note, Read, VacancyRead
from visavis.vacancies.feeds.splitting import csv_files, files
from visavis.vacancies.feeds.writing import Writer
from visavis.vacancies.models import Feed, FeedRun, FeedRunNote, Vacancy
from visavis.vacancies.models.vacancy import VacancyQuerySet

BATCH = 500

type Placed = tuple[str, Read]


class WrongSource(Refused):
    """A source of this name is read in another format."""


class NoColumns(Refused):
    """Nobody said which column of this source holds what."""


class ColumnsChanged(Refused):
    """Columns that hold something are gone."""


@dataclass(frozen=True)
class Source:
    """What to read: under which name, in which format, from which files; `is_partial` closes nothing.

    `columns` says what each column of a CSV holds; those kept for the source by default. With `may_shrink` somebody
    knows that the source lost much: nothing waits for a yes.
    """

    name: str
    format: str
    files: Sequence[Path]
    is_partial: bool = False
    columns: Mapping[str, str] | None = None
    may_shrink: bool = False


def read_feed(
    *,
    source: Source,
    by: User | None,
    report: Report = silent,
    started: Callable[[FeedRun], object] = lambda run: None,
) -> FeedRun:
    """Read the files of a feed as one whole, and return the run with its counts and notes.

    `started` is told the run as soon as there is one.

    Guarantees: nothing is written when a file cannot be read at all; a second reading of the same
    files changes nothing; a vacancy is closed only when whole files no longer hold it, and where half of the source
    is gone only after a yes (`falls`). Raises what `look_through` raises.
    """
    opened = look_through(source)
    run = _start(source, opened, by)
    started(run)
    seen: set[str] = set()
    total, done = run.expected, 0
    writer = Writer(run)
    for reads in batched(_reads(source, opened), BATCH, strict=False):
        with transaction.atomic():
            _take(run, writer, reads, seen)
        done += len(reads)
        report(done, max(done, total))
    _finish(run, source, opened, seen)
    merged = merging.merge_all()
    _say_merged(run)
    if run.created or run.changed or run.closed or merged:
        changes.AFTER_FEED.call()
    return run


def look_through(source: Source) -> list[files.LookedThrough]:
    """Open every file before anything is written.

    Raises formats.UnknownFormat, formats.WrongFormat and files.FileRefused; WrongSource when the name is taken
    by a feed of another format; of a CSV, NoColumns and ColumnsChanged.
    """
    known = formats.named(source.format)
    feed = check_source(source.name, source.format)
    columns = source.columns if source.columns is not None else dict(feed.columns) if feed else {}
    for path in source.files:
        formats.check(path, source.format)
        if source.format == csv_rows.FORMAT:
            check_columns(path, columns, source.name)
    return [known.open(path, columns) for path in source.files]


def check_source(name: str, code: str) -> Feed | None:
    """Return the feed of this name, if there is one. Raises WrongSource when it is read in another format."""
    feed = Feed.objects.filter(name=name[:80]).first()
    if feed and feed.format != code:
        raise WrongSource(
            _("The source “%(name)s” is read in another format: %(format)s. Choose another name.")
            % {"name": feed.name, "format": formats.label(feed.format)}
        )
    return feed


def check_columns(path: Path, columns: Mapping[str, str], name: str) -> None:
    """Raise NoColumns when no column holds a title, ColumnsChanged when one that holds something is gone."""
    found = csv_files.layout_of(path).columns
    if not {"title", "occupation"} & set(columns.values()):
        raise NoColumns(
            _(
                "Say first which column of “%(name)s” holds what, the title at least: upload the file on the page "
                "of the feeds, or give --column title=NAME. Its columns: %(columns)s."
            )
            % {"name": name, "columns": ", ".join(found)[:300]}
        )
    difference = mapping.compare(columns, found)
    if difference.missing:
        raise ColumnsChanged(
            _(
                "The columns of the file %(file)s changed. Missing: %(missing)s. New: %(new)s. Say again which "
                "column holds what: what you chose for the others is kept, and nothing was changed."
            )
            % {
                "file": path.name,
                "missing": ", ".join(difference.missing)[:200],
                "new": ", ".join(difference.unknown)[:200] or "–",
            }
        )


def _start(source: Source, opened: list[files.LookedThrough], by: User | None) -> FeedRun:
    digest = hashlib.sha256("".join(file.digest for file in opened).encode()).hexdigest()
    with transaction.atomic():
        feed, _new = Feed.objects.get_or_create(name=source.name[:80], defaults={"format": source.format})
        if source.columns is not None and source.columns != feed.columns:
            feed.columns = dict(source.columns)
            feed.save(update_fields=["columns"])
        expected = sum(file.count for file in opened)
        run = FeedRun.objects.create(feed=feed, file_digest=digest, expected=expected)
        note(run, _unknown_columns(feed, opened))
        journal.record(journal.Act(Entry.Action.RAN, "feed_run", run.pk), by=by.pk if by else None)
    return run


def _unknown_columns(feed: Feed, opened: list[files.LookedThrough]) -> Iterator[tuple[str, str, Note]]:
    for file in opened:
        if isinstance(file, csv_files.CsvFile):
            for name in mapping.compare(feed.columns, file.layout.columns).unknown:
                yield file.path.name, "", Note(name, "columns_unknown", name)


def _reads(source: Source, opened: list[files.LookedThrough]) -> Iterator[Placed]:
    places, now, read = catalogued.places(), clock.now(), formats.named(source.format).read
    for file in opened:
        for number, record in file.numbered():
            yield f"{file.path.name[:100]}:{number}", read(record, places, now)


def _take(run: FeedRun, writer: Writer, reads: Iterable[Placed], seen: set[str]) -> None:
    """Write one batch: the vacancies that are new or changed, those that are over, and every note."""
    kept: dict[str, VacancyRead] = {}
    over: list[str] = []
    where: dict[str, str] = {}
    notes: list[tuple[str, str, Note]] = []
    for position, read in reads:
        run.read += 1
        if read.key and read.key in seen:
            notes.append((position, read.key, Note("id", "twice_in_file", read.key, Kind.REFUSED)))
            continue
        seen.add(read.key)
        where[read.key] = position
        notes += [(position, read.key, note) for note in read.notes]
        if read.vacancy is not None:
            kept[read.key] = read.vacancy
        elif read.is_closed:
            over.append(read.key)
    run.refused += sum(1 for _position, _key, note in notes if note.kind == Kind.REFUSED)
    said = writer.write({key: (vacancy, content_digest(vacancy)) for key, vacancy in kept.items()})
    notes += [(where[key], key, one) for key, one in said]
    run.closed += _close(Vacancy.objects.filter(feed=run.feed, feed_key__in=over))
    note(run, notes)
    run.save()


def content_digest(vacancy: VacancyRead) -> str:
    """Return the SHA-256 of all that the feed gave, and of how it is read: the text is read only when this changes."""
    given = json.dumps([ads.EDITION, asdict(vacancy)], sort_keys=True, default=str)
    return hashlib.sha256(given.encode()).hexdigest()


def note(run: FeedRun, notes: Iterable[tuple[str, str, Note]]) -> None:
    """Keep notes, each with its position and its key."""
    FeedRunNote.objects.bulk_create(
        FeedRunNote(
            run=run,
            kind=note.kind.value,
            position=position[:120],
            key=key[:80],
            field=note.field[:60],
            reason=note.reason,
            value=note.value[:250],
        )
        for position, key, note in notes
    )


def _finish(run: FeedRun, source: Source, opened: list[files.LookedThrough], seen: set[str]) -> None:
    """Close what disappeared, if the files are whole, and say why when nothing could be closed."""
    reasons = [
        (file.path.name, "", Note(file.path.name, file.cut_reason, str(file.cut_at)))
        for file in opened
        if file.cut_at is not None
    ]
    is_cut = bool(reasons)
    if not any(seen):
        reasons.append(("", "", Note("file", "nothing_in_file")))
    elif "" in seen and not source.is_partial:
        reasons.append(("", "", Note("file", "unread_records")))
    is_empty = not run.read and not is_cut
    with transaction.atomic():
        run.is_whole = not reasons and not source.is_partial
        note(run, reasons)
        if run.is_whole or (is_empty and not source.is_partial):
            falls.end_former(run.feed, run)
            _close_others(run, seen, must_ask=not source.may_shrink)
        run.ended_at = clock.now()
        run.save()


def _close_others(run: FeedRun, seen: set[str], *, must_ask: bool) -> None:
    """Close the open vacancies of the feed that were not seen; where they are half of it, ask first."""
    there = list(
        Vacancy.objects.filter(feed=run.feed, state=Vacancy.State.OPEN).values_list("pk", "feed_key")
    )
    gone = [pk for pk, key in there if key not in seen]
    if must_ask and gone and (not seen or falls.is_fall(len(there), len(gone))):
        falls.ask(run, before=len(there), gone=gone)
    else:
        run.closed += falls.close(gone)


def _close(vacancies: VacancyQuerySet) -> int:
    return vacancies.filter(state=Vacancy.State.OPEN).update(
        state=Vacancy.State.CLOSED, changed_at=clock.now()
    )


def _say_merged(run: FeedRun) -> None:
    """Say which vacancies of the run another source brings too."""
    copies = Vacancy.objects.filter(feed=run.feed, same_as__isnull=False)
    rows = copies.values_list("feed_key", "same_as_id", "same_as__feed__name").order_by("pk")
    for part in batched(rows.iterator(), BATCH, strict=False):
        run.merged += len(part)
        said = [
            ("", key, Note("same_as", "same_as_other", " ".join(filter(None, (name, str(other))))))
            for key, other, name in part
        ]
        note(run, said)
    run.save(update_fields=["merged"])
