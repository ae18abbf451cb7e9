"""Read a feed of vacancies: scripts/manage import_feed [--format FORMAT] [--source NAME] FILE …"""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from rich.console import Console
from rich.table import Table

from visavis.common.errors import Refused
from visavis.common.progress import bar
from visavis.vacancies.feeds import formats, guessing, mapping, reasons, services
from visavis.vacancies.models import Feed, FeedFall, FeedRun

# What the command exits with where it did what it could: see docs/operations.md.
NOT_WHOLE, WAITS = 3, 4


class Command(BaseCommand):
    help = (
        "Read a feed of vacancies. The files together are the whole feed: what they no longer hold is closed, "
        "unless --partial. Reading them again changes nothing. A file cut in the middle gives the records "
        "before the cut and closes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = ", ".join(formats.FORMATS)
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help=f"files, or folders of files; the first word may be the format ({known})",
        )
        parser.add_argument("--format", help=f"{known}; seen from the first file by default")
        parser.add_argument(
            "--source", "--feed", dest="source", help="the source's name; the format's name by default"
        )
        parser.add_argument("--partial", action="store_true", help="the files are only a part: close nothing")
        parser.add_argument(
            "--column",
            action="append",
            metavar="FIELD=NAME",
            help=f"of a CSV: which column holds a field ({', '.join(mapping.FIELDS)}); kept for the source",
        )

        parser.add_argument(
            "--may-shrink",
            action="store_true",
            help="the source did lose much: close it without waiting for a yes on the page",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        code, words = options["format"], options["files"]
        if not code and words[0] in formats.FORMATS:
            code, words = words[0], words[1:]
        paths = files_of(words)
        try:
            code = code or guessing.guess(paths[0])
            source = self._source(code, paths, options)
            with bar(_("Reading vacancies")) as report:
                run = services.read_feed(source=source, by=None, report=report)
        except Refused as error:
            raise CommandError(str(error)) from error
        except PermissionError as error:
            raise CommandError(f"{error.filename}: the account of the site may not read it.") from error
        console = Console(file=self.stdout, width=100, highlight=False)  # type: ignore[arg-type]
        console.print(counts(run))
        console.print(notes(run))
        if FeedFall.objects.filter(run=run).exists():
            words = _(
                "The source fell by half or more: nothing is closed before somebody says yes under %(page)s."
            )
            page = reverse("vacancies:feed_fall", kwargs={"run_id": run.pk})
            raise CommandError(words % {"page": page}, returncode=WAITS)
        if not run.is_whole and not source.is_partial:
            raise CommandError(_("The source was not read whole: nothing was closed."), returncode=NOT_WHOLE)

    def _source(self, code: str, paths: list[Path], options: dict[str, Any]) -> services.Source:
        name = options["source"] or code
        columns = None
        if options["column"]:
            feed = Feed.objects.filter(name=name[:80]).first()
            columns = {**(feed.columns if feed else {}), **columns_of(options["column"])}
        return services.Source(name, code, paths, options["partial"], columns, options["may_shrink"])


def files_of(words: Sequence[str]) -> list[Path]:
    """Return the files that are named, those of a folder in the order of their names."""
    found: list[Path] = []
    for word in words:
        path = Path(word)
        found += sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    if not found:
        raise CommandError(_("Name at least one file to read."))
    return found


def columns_of(given: Sequence[str]) -> dict[str, str]:
    """Read "title=Intitulé" as the column Intitulé that holds the title."""
    columns = {}
    for words in given:
        field, sign, name = words.partition("=")
        if not sign or field not in mapping.FIELDS or not name.strip():
            raise CommandError(
                _("--column says FIELD=NAME, for example title=Intitulé. Fields: %(fields)s.")
                % {"fields": ", ".join(mapping.FIELDS)}
            )
        columns[name.strip()] = field
    return columns


def counts(run: FeedRun) -> Table:
    """Return what the run did."""
    table = Table(title=_("Feed %(name)s, run %(number)s") % {"name": run.feed.name, "number": run.pk})
    for name in (
        pgettext("feed", "Read"),
        pgettext("feed", "Created"),
        pgettext("feed", "Changed"),
        pgettext("feed", "Unchanged"),
        pgettext("feed", "Closed"),
        pgettext("feed", "Refused"),
        pgettext("feed", "Shown once"),
    ):
        table.add_column(name, justify="right")
    done = (run.read, run.created, run.changed, run.unchanged, run.closed, run.refused, run.merged)
    table.add_row(*map(str, done))
    return table


def notes(run: FeedRun) -> Table:
    """Return how many things fell back or were refused, by reason."""
    table = Table(title=_("What fell back or was refused"))
    table.add_column(_("Number"), justify="right")
    table.add_column(_("Reason"))
    for row in run.notes.values("reason").annotate(n=Count("pk")).order_by("-n", "reason"):
        table.add_row(str(row["n"]), reasons.sentence(row["reason"]))
    for cut in run.notes.filter(reason__in=("file_cut", "file_cut_line")):
        table.add_row(cut.value, cut.field)
    return table
